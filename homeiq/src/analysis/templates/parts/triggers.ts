import type { Bound, Trigger } from "#home/automation/automation.ts";

interface Lasting {
  /** It must have lasted so long. Milliseconds. */
  readonly for?: number;
  /** What conditions call it. */
  readonly id?: string;
}

const lasting = ({ for: ms, id }: Lasting) => ({
  ...(ms !== undefined && ms > 0 && { for: { ms } }),
  ...(id !== undefined && { id }),
});

type Ids = string | readonly string[];
const list = (ids: Ids): readonly string[] => (typeof ids === "string" ? [ids] : ids);

/** Back after a restart or a flat battery is no change of what it says. */
const NOT_HEARD = ["unavailable", "unknown"];

/** One of them changes to this state. */
export const becomes = (ids: Ids, to: Ids, when: Lasting = {}): Trigger => ({
  kind: "state",
  entityIds: list(ids),
  to: list(to),
  ...lasting(when),
});

/** One of them changes to this state from one that it really had. */
export const turns = (ids: Ids, to: Ids, when: Lasting = {}): Trigger => ({
  kind: "state",
  entityIds: list(ids),
  to: list(to),
  notFrom: NOT_HEARD,
  ...lasting(when),
});

/** Something happened: the state of an event is the moment of the last one. */
export const happens = (id: string): Trigger => ({
  kind: "state",
  entityIds: [id],
  notTo: NOT_HEARD,
  notFrom: NOT_HEARD,
});

interface Number extends Lasting {
  readonly attribute?: string;
}

export const above = (ids: Ids, bound: Bound, { attribute, ...when }: Number = {}): Trigger => ({
  kind: "numeric_state",
  entityIds: list(ids),
  above: bound,
  ...(attribute !== undefined && { attribute }),
  ...lasting(when),
});

export const below = (ids: Ids, bound: Bound, { attribute, ...when }: Number = {}): Trigger => ({
  kind: "numeric_state",
  entityIds: list(ids),
  below: bound,
  ...(attribute !== undefined && { attribute }),
  ...lasting(when),
});

/** Milliseconds after midnight. */
export const at = (ms: number, id?: string): Trigger => ({
  kind: "time",
  at: [{ ms }],
  ...(id !== undefined && { id }),
});

/** `offset` in milliseconds; negative is before. */
export const sun = (event: "sunrise" | "sunset", offset = 0, id?: string): Trigger => ({
  kind: "sun",
  event,
  ...(offset !== 0 && { offset: { ms: offset } }),
  ...(id !== undefined && { id }),
});

const HOME = "zone.home"; // its state is how many people are there

export const everybodyLeaves = (when: Lasting = {}): Trigger => below(HOME, 1, when);
export const somebodyComes = (when: Lasting = {}): Trigger => above(HOME, 0, when);

/** States of a weather entity. */
export const RAINING = ["rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"];

/** Of a weather entity, of a sensor that feels rain, or of one that measures it. */
export function rainBegins(id: string): Trigger {
  if (id.startsWith("weather.")) return becomes(id, RAINING);
  return id.startsWith("binary_sensor.") ? becomes(id, "on") : above(id, 0);
}

/** The attribute that holds the temperature; a sensor's is its state. */
export const temperatureOf = (id: string): { attribute?: string } =>
  id.startsWith("weather.") ? { attribute: "temperature" } : {};

/** Somebody rings: a doorbell is an event or a button that is pressed. */
export const rings = (id: string): Trigger =>
  id.startsWith("event.") ? happens(id) : turns(id, "on");
