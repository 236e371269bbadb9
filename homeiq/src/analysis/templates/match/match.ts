import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { AutomationTemplate } from "../template.ts";
import { type Already, type Existing, knowExisting } from "./already.ts";
import { draftOf, type Match } from "./draft.ts";
import { type FilledSlots, fill } from "./fill.ts";
import { type Look, lookThrough } from "./look.ts";

export { type Already, type Existing, knowExisting } from "./already.ts";
export { draftOf, type Match, type TextOf, toChoose, type Words } from "./draft.ts";
export type { FilledSlot, FilledSlots } from "./fill.ts";
export { type Look, lookThrough } from "./look.ts";

export interface MatchOptions {
  /** Of one template. */
  readonly mostOfOne?: number;
  readonly most?: number;
}

interface Asked extends MatchOptions {
  readonly home: HomeSnapshot;
  readonly existing: Existing;
}

const MOST_OF_ONE = 12; // rooms of a large house; the same idea more often is a list, not a suggestion
const MOST = 80; // a person looks through a few of these at a time

/** The templates that fit a home, and at which places in it. */
export function matchAll(
  templates: readonly AutomationTemplate[],
  { home, existing, mostOfOne = MOST_OF_ONE, most = MOST }: Asked,
): Match[] {
  const around = { look: lookThrough(home), already: knowExisting(home, existing) };
  const taken = new Set<string>();
  const byTemplate = templates.map((template) => {
    const found: Match[] = [];
    for (const anchors of placesOf(template, around.look)) {
      if (found.length >= mostOfOne) break;
      const place = `${template.family} ${anchors[0]?.areaId}`;
      if (template.family !== undefined && taken.has(place)) continue;
      const match = matchAt(template, anchors, around);
      if (match === undefined) continue;
      if (template.family !== undefined) taken.add(place);
      if (match !== "done") found.push(match);
    }
    return found;
  });
  const rounds = Array.from({ length: mostOfOne }, (_, round) =>
    byTemplate.flatMap((found) => found[round] ?? []),
  );
  return rounds.flat().slice(0, most);
}

/** What the first slot would hold at each place where the template may be proposed. */
function placesOf({ slots, per }: AutomationTemplate, look: Look): readonly HomeEntity[][] {
  const [first] = Object.values(slots);
  if (first?.kind !== "entity") return [];
  const all = look.find(first.of);
  if (per === "entity") return all.map((entity) => [entity]);
  if (per === "home") return all.length > 0 ? [[...all]] : [];
  const groups = Map.groupBy(all, ({ areaId, deviceId, entityId }) =>
    per === "area" ? areaId : (deviceId ?? entityId),
  );
  groups.delete(undefined);
  return [...groups.values()];
}

interface Around {
  readonly look: Look;
  readonly already: Already;
}

/** `done`: an automation of the home does it. */
function matchAt(
  template: AutomationTemplate,
  anchors: readonly HomeEntity[],
  around: Around,
): Match | "done" | undefined {
  const match = toMatch(template, anchors, around);
  if (!match) return undefined;
  const asked = Object.entries(match.slots).find(
    ([, { kind, value, optional }]) => kind === "entity" && value === undefined && !optional,
  );
  if (asked) return withoutDoneChoices(match, asked[0], around.already);
  if (!isDone(match, around.already)) return match;
  // Some of those that it watches may be watched by nothing yet.
  if (template.per !== "home" || anchors.length === 1 || !tellsOnly(template)) return "done";
  const left = anchors.filter((anchor) => {
    const alone = toMatch(template, [anchor], around);
    return alone !== undefined && !isDone(alone, around.already);
  });
  return left.length > 0 ? toMatch(template, left, around) : "done";
}

/** It watches its first slot and sends a message: each of what it watches counts by itself. */
const tellsOnly = ({ slots }: AutomationTemplate): boolean => {
  const [first, ...rest] = Object.values(slots);
  const watchesMany = first?.kind === "entity" && first.many;
  const tells = rest.some(({ kind }) => kind === "notify");
  return watchesMany && tells && rest.every(({ kind }) => kind !== "entity");
};

function toMatch(
  template: AutomationTemplate,
  anchors: readonly HomeEntity[],
  { look }: Around,
): Match | undefined {
  const slots = fill(template, anchors, look);
  if (!slots) return undefined;
  const { id, per } = template;
  const [anchor] = anchors;
  const areaId = per === "home" ? undefined : anchor?.areaId;
  const places = {
    home: "home",
    area: areaId,
    device: anchor?.deviceId ?? anchor?.entityId,
    entity: anchor?.entityId,
  };
  return {
    key: `${id} ${places[per]}`,
    template,
    ...(areaId !== undefined && { areaId }),
    slots,
    names: namesOf(slots, { anchor, home: look.home }),
  };
}

const isDone = (match: Match, already: Already, chosen = {}): boolean =>
  already.does(draftOf(match, { textOf: ({ key }) => key, chosen }), {
    byDevice: match.template.category === "appliances",
  });

/** Of those that a person could choose only the ones for which nothing does it yet. */
function withoutDoneChoices(match: Match, name: string, already: Already): Match | "done" {
  const slot = match.slots[name];
  const wanted = match.template.slots[name];
  if (!slot?.choices || wanted?.kind !== "entity") return match;
  const choices = slot.choices.filter((choice) => {
    const value = wanted.many && typeof choice === "string" ? [choice] : choice;
    return !isDone(match, already, { [name]: value });
  });
  if (choices.length === 0) return "done";
  return { ...match, slots: { ...match.slots, [name]: { ...slot, choices } } };
}

/** The area as `area`, the first slot's device as `device`, and each single entity by its slot. */
function namesOf(
  slots: FilledSlots,
  { anchor, home }: { anchor: HomeEntity | undefined; home: HomeSnapshot },
): Record<string, string> {
  const singles = Object.entries(slots).flatMap(([name, { value }]) => {
    const entity = typeof value === "string" ? home.entities.get(value) : undefined;
    return entity ? [[name, entity.name] as const] : [];
  });
  const area = home.areas.get(anchor?.areaId ?? "")?.name;
  const device = home.devices.get(anchor?.deviceId ?? "")?.name ?? anchor?.name;
  return {
    ...(area !== undefined && { area }),
    ...(device !== undefined && { device }),
    ...Object.fromEntries(singles),
  };
}
