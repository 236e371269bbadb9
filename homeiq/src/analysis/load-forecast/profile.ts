import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";

/** Energy of equal stretches. What is missing is left out, never filled in. */
export interface LoadSlot {
  readonly start: number;
  readonly kwh: number;
}

/** One slot of the past as the days of the house see it. */
export interface PastSlot extends LoadSlot {
  readonly day: number;
  readonly msOfDay: number;
  readonly weekday: number;
  readonly isFree: boolean;
}

export interface Calendar {
  readonly days: LocalDays;
  /** Days since 1970 on which people are at home as on a Sunday. */
  readonly isHoliday?: (day: number) => boolean;
}

export interface Weighted {
  readonly kwh: number;
  readonly weight: number;
}

const SATURDAY = 5;
const HALF_LIFE_DAYS = 10; // habits and seasons drift within weeks
const SMOOTH_MS = 25 * MINUTE_MS; // people are not that punctual
const REACH_MS = HOUR_MS;
const SAME_WEEKDAY = 1.5;
const OTHER_KIND = 0.35; // a workday says something of a Sunday, too: when the refrigerator runs
const KINDS_KNOWN_DAYS = 14; // before, a difference between workdays and Sundays may be chance
const MOST_DAYS = 56;

export function toPast(slots: readonly LoadSlot[], calendar: Calendar): PastSlot[] {
  return slots
    .filter(({ kwh }) => Number.isFinite(kwh))
    .map((slot) => ({ ...slot, ...placeOf(slot.start, calendar) }))
    .sort((one, other) => one.start - other.start);
}

export function placeOf(start: number, { days, isHoliday }: Calendar) {
  const { day, msOfDay, weekday } = days.wallTime(start);
  return { day, msOfDay, weekday, isFree: weekday >= SATURDAY || (isHoliday?.(day) ?? false) };
}

/** The past by time of day, to be asked for what is like a moment to come. */
export function createProfile(past: readonly PastSlot[], slotMs: number) {
  const perDay = Math.round(DAY_MS / slotMs);
  const placeIn = (msOfDay: number) => Math.floor(msOfDay / slotMs);
  const byTime = Map.groupBy(past, ({ msOfDay }) => placeIn(msOfDay));
  const knowsKinds = Math.min(1, past.length / perDay / KINDS_KNOWN_DAYS);
  const otherKind = OTHER_KIND ** knowsKinds;
  const sameWeekday = SAME_WEEKDAY ** knowsKinds;
  const reach = Math.max(0, Math.floor(REACH_MS / slotMs));

  /** What was at about this time of day, and how much it says; days after `before` are not asked. */
  return function alike(
    { day, msOfDay, weekday, isFree }: Omit<PastSlot, keyof LoadSlot>,
    before: number,
  ): Weighted[] {
    const found: Weighted[] = [];
    for (let away = -reach; away <= reach; away += 1) {
      const near = Math.exp(-0.5 * ((away * slotMs) / SMOOTH_MS) ** 2);
      const place = (placeIn(msOfDay) + away + perDay) % perDay;
      for (const one of byTime.get(place) ?? []) {
        const age = day - one.day;
        if (one.start >= before || age > MOST_DAYS) continue;
        let weight = near * 0.5 ** (age / HALF_LIFE_DAYS);
        if (one.isFree !== isFree) weight *= otherKind;
        else if (one.weekday === weekday) weight *= sameWeekday;
        found.push({ kwh: one.kwh, weight });
      }
    }
    return found;
  };
}

/** Between the middles of the weights; NaN for none. */
export function quantileOfWeighted(sorted: readonly Weighted[], share: number): number {
  const total = sorted.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  let [lastAt, last] = [0, sorted[0]?.kwh ?? Number.NaN];
  for (const { kwh, weight } of sorted) {
    const at = (sum + weight / 2) / total;
    if (at >= share)
      return at === lastAt ? kwh : last + ((kwh - last) * (share - lastAt)) / (at - lastAt);
    [lastAt, last] = [at, kwh];
    sum += weight;
  }
  return last;
}

export const meanOfWeighted = (some: readonly Weighted[]): number =>
  some.reduce((sum, { kwh, weight }) => sum + kwh * weight, 0) /
  some.reduce((sum, { weight }) => sum + weight, 0);
