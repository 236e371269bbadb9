import type { Signal } from "../pattern.ts";

/** What an entity tells of the people of a house. */
export type Role =
  | { readonly is: "operated"; readonly toAct: ToAct; readonly keepsChanges: boolean }
  | { readonly is: "trace"; readonly states: ReadonlySet<string> }
  | { readonly is: "signal"; readonly of: Signal["of"] };

/** What a person brought it to, by its new state; `undefined`: no person does that. */
type ToAct = (state: string) => string | undefined;

const only =
  (...states: readonly string[]): ToAct =>
  (state) =>
    states.includes(state) ? state : undefined;

const named =
  (names: Readonly<Record<string, string>>): ToAct =>
  (state) =>
    names[state];

/** A choice of many: modes, sources, scenes of an input. A number or a moment is no choice. */
const chosen: ToAct = (state) =>
  LOST.has(state) || state === "" || !Number.isNaN(Date.parse(state)) || Number.isFinite(+state)
    ? undefined
    : state;

const pressed: ToAct = (state) => (LOST.has(state) || state === "" ? undefined : "pressed");

export const LOST = new Set(["unavailable", "unknown"]);

/** What people operate; what a device does by itself on the way, as opening or buffering, is no act of its own. */
const OPERATED: Readonly<Record<string, ToAct>> = {
  light: only("on", "off"),
  switch: only("on", "off"),
  fan: only("on", "off"),
  input_boolean: only("on", "off"),
  humidifier: only("on", "off"),
  siren: only("on", "off"),
  cover: named({ opening: "open", open: "open", closing: "closed", closed: "closed" }),
  valve: named({ opening: "open", open: "open", closing: "closed", closed: "closed" }),
  lock: named({
    ...{ locking: "locked", locked: "locked" },
    ...{ unlocking: "unlocked", unlocked: "unlocked", open: "open" },
  }),
  media_player: only("on", "off", "playing", "paused"),
  vacuum: named({ cleaning: "cleaning", paused: "paused", returning: "docked" }),
  lawn_mower: named({ mowing: "mowing", paused: "paused", returning: "docked" }),
  climate: chosen,
  water_heater: chosen,
  alarm_control_panel: named({
    ...{ disarmed: "disarmed", armed_away: "armed_away", armed_home: "armed_home" },
    ...{ armed_night: "armed_night", armed_vacation: "armed_vacation" },
  }),
  input_select: chosen,
  select: chosen,
  scene: pressed,
  button: pressed,
  input_button: pressed,
  script: only("on"),
};

/** Nobody leaves a button or a script on. */
const MOMENTARY = new Set(["scene", "button", "input_button", "script", "input_select", "select"]);

const SEES_PEOPLE = new Set(["motion", "occupancy", "presence"]);
const OPENS = new Set(["door", "window", "opening", "garage_door", "lock"]);

const SIGNALS: Readonly<Record<string, Signal["of"]>> = {
  person: "presence",
  weather: "weather",
  calendar: "calendar",
};
const OWN_SIGNALS: Readonly<Record<string, Signal["of"]>> = {
  "homeiq.outdoor_temperature": "weather",
  "homeiq.electricity_price": "price",
};

/** Absent: it says nothing of what people do. */
export function roleOf(
  entityId: string,
  domain: string,
  deviceClass: string | undefined,
): Role | undefined {
  const toAct = OPERATED[domain];
  if (toAct) return { is: "operated", toAct, keepsChanges: !MOMENTARY.has(domain) };
  // A button in the house is pressed by those who live there; a doorbell by those who do not.
  if (domain === "event" && deviceClass !== "doorbell" && deviceClass !== "motion") {
    return { is: "operated", toAct: pressed, keepsChanges: false };
  }
  if (domain === "binary_sensor" && deviceClass !== undefined) {
    if (SEES_PEOPLE.has(deviceClass)) return { is: "trace", states: new Set(["on"]) };
    if (OPENS.has(deviceClass)) return { is: "trace", states: new Set(["on", "off"]) };
  }
  const of = SIGNALS[domain] ?? OWN_SIGNALS[entityId];
  return of === undefined ? undefined : { is: "signal", of };
}
