import type { EntityState } from "#home/states/states.ts";
import type { Facts } from "./facts.ts";

export const domainOf = (entityId: string) => entityId.slice(0, entityId.indexOf("."));
export const classOf = ({ attributes }: EntityState) => String(attributes.device_class ?? "");
const isGroup = ({ attributes }: EntityState) => Array.isArray(attributes.entity_id);

export const all = ({ states }: Facts, isIt: (state: EntityState) => boolean) =>
  [...states.values()].filter(isIt);

/** Since when nobody is home; absent while somebody is, or nobody can be told of. */
export function nobodySince(facts: Facts): number | undefined {
  const persons = all(
    facts,
    ({ entityId, state }) =>
      domainOf(entityId) === "person" && state !== "unknown" && state !== "unavailable",
  );
  if (persons.length === 0 || persons.some(({ state }) => state === "home")) return undefined;
  return Math.max(...persons.map(({ lastChangedAt }) => lastChangedAt));
}

/** Windows in the roof or the wall, also those with a motor. */
export const isOpenWindow = (one: EntityState) =>
  (domainOf(one.entityId) === "binary_sensor" && classOf(one) === "window" && one.state === "on") ||
  (domainOf(one.entityId) === "cover" && classOf(one) === "window" && isOpen(one));

export const isOpen = ({ state }: EntityState) => state === "open" || state === "opening";

const DOORS = new Set(["door", "garage_door", "garage", "gate"]);
/** What lets people in: doors, garages, gates and locks. */
export const isOpenDoor = (one: EntityState) => {
  const domain = domainOf(one.entityId);
  if (domain === "lock") return one.state === "unlocked" || isOpen(one);
  if (!DOORS.has(classOf(one))) return false;
  return domain === "cover" ? isOpen(one) : domain === "binary_sensor" && one.state === "on";
};

/** What people turn off when they go. */
export const isLeftOn =
  ({ forgotten }: Facts) =>
  (one: EntityState): boolean => {
    const domain = domainOf(one.entityId);
    if (isGroup(one)) return false;
    if (domain === "light" || domain === "fan") return one.state === "on";
    if (domain === "media_player") return one.state === "playing";
    return domain === "switch" && one.state === "on" && forgotten.has(one.entityId);
  };

/** Calls that turn these off, one for each domain. */
export function turnOff(entityIds: readonly string[]) {
  const byDomain = Map.groupBy(entityIds, domainOf);
  return [...byDomain].map(([domain, ids]) => ({ service: `${domain}.turn_off`, entityIds: ids }));
}
