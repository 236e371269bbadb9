import type { Done } from "#ai/texts/texts.ts";
import { parts } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Action, Condition, Trigger } from "#home/automation/automation.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";

const DAY_MINUTES = 1_440;
const DAY_BEGINS_MINUTE = 240; // habits' days begin at 04:00
const STEP_MINUTES = 5; // nobody says 06:43
const ROUND_DAY_MINUTES = 22 * 60; // what holds for longer is no time of day
const BRIEF_S = 60; // who waits for less does not wait

/** A minute of a habit's day as one of the clock, to five minutes. */
export const toClockMinute = (minute: number): number =>
  (Math.round(minute / STEP_MINUTES) * STEP_MINUTES + DAY_BEGINS_MINUTE) % DAY_MINUTES;

export const timeTrigger = (minute: number): Trigger => parts.at(toClockMinute(minute) * MINUTE_MS);

interface Hours {
  readonly hours?: { readonly start: number; readonly end: number };
}

export function hourConditions({ hours }: Hours): Condition[] {
  if (!hours || hours.end - hours.start >= ROUND_DAY_MINUTES) return [];
  return [
    parts.between(toClockMinute(hours.start) * MINUTE_MS, toClockMinute(hours.end) * MINUTE_MS),
  ];
}

/** Whether Home Assistant knows who is at home. */
export function knowsPresence(home: HomeSnapshot): boolean {
  const people = [...home.entities.values()].filter(({ domain }) => domain === "person");
  return home.entities.has("zone.home") && people.length > 0;
}

/** Of a user, or by the id of the person itself. */
export const personOf = (id: string, { entities }: HomeSnapshot): HomeEntity | undefined =>
  [...entities.values()].find(
    ({ domain, entityId, attributes }) =>
      domain === "person" && (entityId === id || attributes.user_id === id),
  );

/** Nothing is turned on in an empty house, and what is one person's only while that person is there. */
export function presenceConditions(
  acts: readonly Done[],
  home: HomeSnapshot,
  personId?: string,
): Condition[] {
  const isForNobody = acts.every(({ to }) => to === "off" || to === "closed" || to === "locked");
  if (isForNobody) return [];
  const person = personId === undefined ? undefined : personOf(personId, home);
  if (person) return [parts.is(person.entityId, "home")];
  return knowsPresence(home) ? [parts.SOMEBODY_HOME] : [];
}

const HAPPENS = new Set(["event", "button", "input_button", "scene"]);
const CHANGES = new Set([
  ...["light", "switch", "fan", "input_boolean", "humidifier", "cover", "valve", "lock"],
  ...["media_player", "vacuum", "lawn_mower", "climate", "water_heater", "script"],
  ...["input_select", "select", "binary_sensor", "alarm_control_panel", "siren"],
]);

/** When this is done or seen; `undefined`: the house has no such thing. */
export function triggerOf({ entityId, to }: Done, home: HomeSnapshot): Trigger | undefined {
  const entity = home.entities.get(entityId);
  if (!entity || entity.state === undefined) return undefined;
  if (HAPPENS.has(entity.domain)) return parts.happens(entityId);
  return CHANGES.has(entity.domain) ? parts.turns(entityId, to) : undefined;
}

/** A wait, where there is one that one would notice; to five seconds, over ten minutes to whole ones. */
export function waitOf(seconds: number): Action[] {
  if (seconds < BRIEF_S) return [];
  const step = seconds > 600 ? 60 : 5;
  return [parts.delay(Math.round(seconds / step) * step * 1_000)];
}
