import type { Done, TextKey } from "#ai/texts/texts.ts";
import { parts } from "#analysis/templates/templates.ts";
import type { Action, JsonMap } from "#home/automation/automation.ts";
import { canDo } from "#home/capability/capability.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";

/** The action that brings an entity to a state, and why a person should look at it more closely. */
export interface ActCall {
  readonly action: Action;
  readonly caution?: TextKey;
}

interface Called {
  readonly name: string;
  readonly data?: JsonMap;
}

const called = (names: Readonly<Record<string, string>>) => (to: string) => {
  const name = names[to];
  return name === undefined ? undefined : { name };
};
const turned = called({ on: "turn_on", off: "turn_off" });

/** Only what is safe to happen while nobody looks: nothing here opens a way into the house, lets water run or disarms. */
const CALLS: Readonly<Record<string, (to: string) => Called | undefined>> = {
  light: turned,
  switch: turned,
  fan: turned,
  input_boolean: turned,
  humidifier: turned,
  cover: called({ open: "open_cover", closed: "close_cover" }),
  valve: called({ closed: "close_valve" }),
  lock: called({ locked: "lock" }),
  media_player: called({
    ...{ on: "turn_on", off: "turn_off" },
    ...{ playing: "media_play", paused: "media_pause" },
  }),
  vacuum: called({ cleaning: "start", paused: "pause", docked: "return_to_base" }),
  lawn_mower: called({ docked: "dock" }),
  climate: (to) => ({ name: "set_hvac_mode", data: { hvac_mode: to } }),
  water_heater: (to) =>
    to === "off"
      ? { name: "turn_off" }
      : { name: "set_operation_mode", data: { operation_mode: to } },
  input_select: (to) => ({ name: "select_option", data: { option: to } }),
  select: (to) => ({ name: "select_option", data: { option: to } }),
  scene: called({ pressed: "turn_on" }),
  script: called({ on: "turn_on" }),
};

const WAYS_IN = new Set(["garage", "gate", "door"]);
const HOT =
  /heat|oven|stove|iron|kettle|boiler|sauna|toaster|grill|fryer|heiz|ofen|herd|b[uü]gel|wasserkocher/i;
const ENDS = new Set(["off", "closed", "locked", "docked", "paused"]);

/** `undefined`: it cannot be done, or must not be done by itself. */
export function toCall({ entityId, to }: Done, home: HomeSnapshot): ActCall | undefined {
  const entity = home.entities.get(entityId);
  if (!entity || entity.state === undefined || entity.disabledBy !== undefined) return undefined;
  const asked = CALLS[entity.domain]?.(to);
  if (!asked) return undefined;
  const deviceClass = String(entity.attributes.device_class ?? "");
  const isWayIn = entity.domain === "cover" && WAYS_IN.has(deviceClass);
  if (isWayIn && to === "open") return undefined;
  const action = `${entity.domain}.${asked.name}`;
  const { data = {} } = asked;
  const obstacles = canDo(entity, { action, data }).filter(({ code }) => code !== AWAY);
  if (obstacles.length > 0) return undefined;
  const caution = cautionOf(entity, to, isWayIn);
  return {
    action: parts.call(action, entityId, asked.data),
    ...(caution === undefined ? {} : { caution }),
  };
}

const AWAY = "capability.unavailable"; // for now; what it can do is known

function cautionOf(entity: HomeEntity, to: string, isWayIn: boolean): TextKey | undefined {
  const { domain, name } = entity;
  if (isWayIn) return "caution.closes";
  if (domain === "cover" || domain === "vacuum") return "caution.moves";
  if (ENDS.has(to)) return undefined;
  const isHeater = domain === "climate" || domain === "water_heater";
  if (isHeater || HOT.test(`${name} ${entity.entityId}`)) return "caution.heats";
  return domain === "script" || domain === "scene" ? "caution.many" : undefined;
}

const OPPOSITES: Readonly<Record<string, string>> = {
  on: "off",
  open: "closed",
  playing: "off",
  unlocked: "locked",
  heat: "off",
  cool: "off",
  auto: "off",
  heat_cool: "off",
};

/** What ends a state; `undefined`: nothing does that one would do by itself. */
export const oppositeOf = ({ entityId, to }: Done): Done | undefined => {
  const ended = OPPOSITES[to];
  return ended === undefined ? undefined : { entityId, to: ended };
};

/** Whether it is turned off, closed, locked: harmless while nobody is there. */
export const isEnding = ({ to }: Done): boolean => ENDS.has(to);
