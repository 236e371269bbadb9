import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Estimate } from "./correlate.ts";
import type { Device } from "./devices.ts";
import { heldIn, medianOf, type PowerSeries, quantileOf, quantileOfHeld } from "./series.ts";

/** What a house draws when nobody uses anything. */
export interface BaseLoad {
  /** The least of a night, the middle of all nights; low and high hold half of the nights. */
  readonly watts: Estimate;
  readonly nights: number;
  /** Of that, what devices with their own sensors draw on standby. */
  readonly explainedW: number;
  readonly unexplainedW: number;
}

export interface Standby {
  readonly entityId: string;
  readonly watts: number;
  /** Hours in which it was off and its sensor said something. */
  readonly hours: number;
}

const NIGHT_START_HOUR = 0;
const NIGHT_END_HOUR = 5;
const LEAST_NIGHTS = 3;
const LEAST_COVERED = 0.6;
const NIGHT_SHARE = 0.1; // between two runs of the refrigerator
const LEAST_OFF_HOURS = 2;
const SETTLE_MS = 120_000; // sensors tell of the end of a run late

/** By the house's meter at night; absent when there are fewer than three nights. */
export function baseLoadOf(
  meter: PowerSeries,
  days: LocalDays,
  standby: readonly Standby[],
): BaseLoad | undefined {
  const [first, last] = [meter.at[0], meter.at.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const nights: number[] = [];
  for (let day = days.wallTime(first).day; day <= days.wallTime(last).day; day += 1) {
    const start = days.momentsOf(day, NIGHT_START_HOUR * HOUR_MS)[0] ?? day * DAY_MS;
    const end = days.momentsOf(day, NIGHT_END_HOUR * HOUR_MS)[0] ?? start + 5 * HOUR_MS;
    const held = heldIn(meter, start, end);
    const covered = held.reduce((sum, { heldMs }) => sum + heldMs, 0);
    if (covered > LEAST_COVERED * (end - start)) nights.push(quantileOfHeld(held, NIGHT_SHARE));
  }
  if (nights.length < LEAST_NIGHTS) return undefined;
  const value = medianOf(nights);
  const watts = { value, low: quantileOf(nights, 0.25), high: quantileOf(nights, 0.75) };
  const explainedW = standby.reduce((sum, one) => sum + one.watts, 0);
  const unexplainedW = Math.max(0, value - explainedW);
  return { watts, nights: nights.length, explainedW, unexplainedW };
}

/** What a device draws while it is off: only its own sensor can tell. */
export function standbyOf(
  { entityId, changes, ownPower }: Device,
  until: number,
): Standby | undefined {
  if (!ownPower) return undefined;
  const held = changes.flatMap((change, index) => {
    const end = changes[index + 1]?.at ?? until;
    return change.isOn ? [] : heldIn(ownPower, change.at + SETTLE_MS, end);
  });
  const hours = held.reduce((sum, { heldMs }) => sum + heldMs, 0) / HOUR_MS;
  if (hours < LEAST_OFF_HOURS) return undefined;
  return { entityId, watts: Math.max(0, quantileOfHeld(held, 0.5)), hours };
}
