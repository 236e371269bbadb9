import {
  type Already,
  type Existing,
  knowExisting,
  type Look,
  lookThrough,
} from "#analysis/templates/templates.ts";
import { canDo } from "#home/capability/capability.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { type Joined, joinedIn } from "./joined.ts";
import type { Deed } from "./synergy.ts";

/** A home, as synergies look at it. Made once for all types. */
export interface HomeLook {
  readonly home: HomeSnapshot;
  readonly look: Look;
  readonly already: Already;
  readonly joined: Joined;
  readonly existing: Existing;
}

export const lookAt = (home: HomeSnapshot, existing: Existing): HomeLook => ({
  ...{ home, existing },
  look: lookThrough(home),
  already: knowExisting(home, existing),
  joined: joinedIn(home, existing),
});

/** A call that brings an entity to a state. */
export interface Call {
  readonly action: string;
  readonly data?: Readonly<Record<string, string>>;
}

const SWITCHED = new Set([
  ...["light", "switch", "fan", "humidifier", "input_boolean", "media_player", "climate"],
  ...["water_heater"],
]);
/** What must not open, unlock or start by itself is not in here. */
const CALLS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cover: { open: "open_cover", closed: "close_cover" },
  valve: { closed: "close_valve" },
  lock: { locked: "lock" },
  vacuum: { cleaning: "start", docked: "return_to_base", returning: "return_to_base" },
};
/** What people could be hurt or shut in by, or could come in through. */
const NEVER_OPENED = new Set(["garage", "gate", "door"]);
const PLAYS = new Set(["on", "playing", "idle", "paused"]);

/** What would have to be called for it; `undefined`: it cannot do that, or should not by itself. */
export function callFor({ entityId, to }: Deed, home: HomeSnapshot): Call | undefined {
  const entity = home.entities.get(entityId);
  if (!entity || entity.state === undefined || entity.disabledBy !== undefined) return undefined;
  const call = wishedCall(entity, to);
  if (!call) return undefined;
  const obstacles = canDo(entity, call);
  return obstacles.every(({ code }) => code === "capability.unavailable") ? call : undefined;
}

function wishedCall({ domain, attributes }: HomeEntity, to: string): Call | undefined {
  if (SWITCHED.has(domain)) {
    if (to === "off") return { action: `${domain}.turn_off` };
    if (domain === "climate") {
      return { action: "climate.set_hvac_mode", data: { hvac_mode: to } };
    }
    const isOn = to === "on" || (domain === "media_player" && PLAYS.has(to));
    return isOn ? { action: `${domain}.turn_on` } : undefined;
  }
  if (to === "open" && NEVER_OPENED.has(String(attributes.device_class ?? ""))) return undefined;
  const name = CALLS[domain]?.[to];
  return name === undefined ? undefined : { action: `${domain}.${name}` };
}

/** Parts of one device, or a group and what is in it: what the one does the other does anyway. */
export function isSame(one: string, other: string, home: HomeSnapshot): boolean {
  if (one === other) return true;
  const [a, b] = [home.entities.get(one), home.entities.get(other)];
  if (a?.deviceId !== undefined && a.deviceId === b?.deviceId) return true;
  return membersOf(a).includes(other) || membersOf(b).includes(one);
}

const membersOf = (entity: HomeEntity | undefined): readonly unknown[] =>
  Array.isArray(entity?.attributes.entity_id) ? entity.attributes.entity_id : [];

/** Whether it is there at all, and is no leftover. */
export function isThere(entityId: string, home: HomeSnapshot): boolean {
  const entity = home.entities.get(entityId);
  return entity?.state !== undefined && entity.disabledBy === undefined;
}

export const areaOf = (entityId: string, home: HomeSnapshot): string | undefined =>
  home.entities.get(entityId)?.areaId;

/** Modes that a climate entity has, `off` left out. */
export const modesOf = (entity: HomeEntity): readonly string[] =>
  Array.isArray(entity.attributes.hvac_modes)
    ? entity.attributes.hvac_modes.map(String).filter((mode) => mode !== "off")
    : [];
