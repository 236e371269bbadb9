import type { JsonMap, Target } from "#home/automation/automation.ts";
import type { HouseEntity } from "../past/past.ts";
import { isFailure, type Stage, type Variables } from "../stage/stage.ts";

interface Wanted {
  readonly stage: Stage;
  readonly variables?: Variables;
  /** Entities of a device or an area that only configure or diagnose it are not meant. */
  readonly primaryOnly?: boolean;
  /** Of these domains, when the target names an area or a device. */
  readonly domain?: string;
  /** Whether a group means its members, as for actions; absent: it does. */
  readonly expandsGroups?: boolean;
}

const NO_VARIABLES: Variables = {};

/** The entity ids that a target means, each once, in order. */
export function entitiesOf(target: Target | undefined, wanted: Wanted): readonly string[] {
  if (!target) return [];
  const { stage, variables = NO_VARIABLES, primaryOnly = true, domain } = wanted;
  const { expandsGroups = true } = wanted;
  const { house } = stage;
  const found = new Set<string>();
  const ids = (values: Target["entityIds"]): string[] =>
    values.flatMap((value) => {
      if (typeof value === "string") return [value];
      return toIds(stage.texts.render(value.template, variables));
    });
  const addAll = (entities: readonly HouseEntity[], label?: string) => {
    for (const { entityId, category, isHidden, labels } of entities) {
      const isNamed = label !== undefined && labels?.includes(label);
      if (isHidden || (primaryOnly && category !== undefined && !isNamed)) continue;
      if (domain !== undefined && !entityId.startsWith(`${domain}.`)) continue;
      found.add(entityId);
    }
  };
  for (const id of ids(target.entityIds)) {
    if (id === "all") for (const one of stage.world.entityIds(domain)) found.add(one);
    else if (id !== "none") found.add(house.toEntityId(id));
  }
  if (target.template !== undefined) {
    for (const id of toIds(stage.texts.render(target.template, variables))) found.add(id);
  }
  for (const id of ids(target.deviceIds)) addAll(house.ofDevice(id));
  for (const id of ids(target.areaIds)) addAll(house.ofArea(id));
  for (const id of ids(target.floorIds)) addAll(house.ofFloor(id));
  for (const id of ids(target.labelIds)) addAll(house.ofLabel(id), id);
  const all = expandsGroups ? expandGroups([...found], stage) : [...found];
  if (!target.exclude) return all;
  const left = new Set(entitiesOf(toTarget(target.exclude), { ...wanted, primaryOnly: false }));
  return all.filter((id) => !left.has(id));
}

/** What is left out of a target, which is written with the same keys. */
function toTarget(exclude: JsonMap): Target {
  const ids = (name: string) => toIds(exclude[name]);
  return {
    ...{ entityIds: ids("entity_id"), deviceIds: ids("device_id"), areaIds: ids("area_id") },
    ...{ floorIds: ids("floor_id"), labelIds: ids("label_id") },
  };
}

/** A group stands for its members, as for Home Assistant when it is the target of an action. */
function expandGroups(ids: readonly string[], stage: Stage): readonly string[] {
  if (!ids.some((id) => id.startsWith("group."))) return ids;
  return [
    ...new Set(
      ids.flatMap((id) => {
        const members = id.startsWith("group.") && stage.world.state(id)?.attributes.entity_id;
        return Array.isArray(members) ? (members as string[]) : [id];
      }),
    ),
  ];
}

export function toIds(value: unknown): string[] {
  if (isFailure(value)) return [];
  if (typeof value === "string") {
    return value
      .split(",")
      .map((one) => one.trim().toLowerCase())
      .filter((one) => one !== "");
  }
  if (Array.isArray(value)) return value.flatMap(toIds);
  if (typeof value === "object" && value !== null && "entity_id" in value) {
    return toIds(value.entity_id);
  }
  return [];
}
