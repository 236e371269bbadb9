import { type Definitions, toText, truthy } from "../python/python.ts";
import { notSupported, type Run } from "../run.ts";
import { nameOf } from "../state.ts";
import type { TemplateWorld } from "../world.ts";
import type { Family } from "./family.ts";

type LookUps = Omit<TemplateWorld, "now" | "timeZone" | "state" | "entityIds">;
type Found = string | undefined | readonly string[];

/** Asks the world; fails as not supported when it was made without this look-up. */
function ask(run: Run, lookUp: keyof LookUps, ...args: readonly string[]): Found {
  const { world } = run;
  const found = world[lookUp] as ((...args: readonly string[]) => Found) | undefined;
  if (found === undefined) throw notSupported(lookUp);
  return found.apply(world, [...args]);
}

const one = (lookUp: keyof LookUps): Definitions["x"] => [
  "lookup_value",
  (run, [value]) => ask(run, lookUp, toText(value)) ?? null,
];

/** Of an id, or else of a name that stands for one. */
const members = (
  lookUp: keyof LookUps,
  { name, idOf }: { readonly name: keyof LookUps; readonly idOf: keyof LookUps },
): Definitions["x"] => [
  "id_or_name",
  (run, [value]) => {
    const given = toText(value);
    const isId = ask(run, name, given) !== undefined;
    const id = isId ? given : ask(run, idOf, given);
    return typeof id === "string" ? [...(ask(run, lookUp, id) ?? [])] : [];
  },
];

const list = (lookUp: keyof LookUps): Definitions["x"] => [
  "",
  (run) => [...(ask(run, lookUp) ?? [])],
];

const AREA = { name: "areaName", idOf: "areaOf" } as const;
const FLOOR = { name: "floorName", idOf: "floorOf" } as const;
const LABEL = { name: "labelName", idOf: "labelOf" } as const;

/** The name of what has the id, or of what the thing with the id is in. */
const nameIn = ({ name, idOf }: typeof AREA | typeof FLOOR): Definitions["x"] => [
  "lookup_value",
  (run, [value]) => {
    const given = toText(value);
    const direct = ask(run, name, given);
    if (direct !== undefined) return direct;
    const id = ask(run, idOf, given);
    return typeof id === "string" ? (ask(run, name, id) ?? null) : null;
  },
];

function deviceName(run: Run, value: unknown): Found | null {
  const direct = ask(run, "deviceName", toText(value));
  if (direct !== undefined) return direct;
  const id = ask(run, "deviceOf", toText(value));
  return typeof id === "string" ? (ask(run, "deviceName", id) ?? null) : null;
}

function entityName(run: Run, value: unknown): Found | null {
  const named = ask(run, "entityName", toText(value));
  if (named !== undefined) return named;
  const state = run.world.state(toText(value));
  return state === undefined ? null : nameOf(state);
}

/** Areas, devices, floors and labels. */
export const registry: Family = {
  globals: { areas: list("areas"), floors: list("floors") },
  both: {
    area_id: one("areaOf"),
    area_name: nameIn(AREA),
    area_entities: members("areaEntities", AREA),
    area_devices: members("areaDevices", AREA),
    device_id: one("deviceOf"),
    device_name: ["lookup_value", (run, [value]) => deviceName(run, value)],
    device_entities: [
      "device_id",
      (run, [value]) => [...(ask(run, "deviceEntities", toText(value)) ?? [])],
    ],
    entity_name: ["entity_id fallback?", (run, [value]) => entityName(run, value)],
    floor_id: one("floorOf"),
    floor_name: nameIn(FLOOR),
    floor_areas: members("floorAreas", FLOOR),
    floor_entities: members("floorEntities", FLOOR),
    label_id: one("labelOf"),
    label_name: one("labelName"),
    labels: [
      "lookup_value?",
      (run, [value]) => {
        const isAsked = value !== undefined && truthy(value);
        return [...((isAsked ? ask(run, "labels", toText(value)) : ask(run, "labels")) ?? [])];
      },
    ],
    label_areas: members("labelAreas", LABEL),
    label_devices: members("labelDevices", LABEL),
    label_entities: members("labelEntities", LABEL),
  },
};
