import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { present } from "#foundation/absent.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import {
  type Calendar,
  createProfile,
  type LoadSlot,
  meanOfWeighted,
  type PastSlot,
  placeOf,
  quantileOfWeighted,
  toPast,
} from "./profile.ts";

export interface ForecastQuestion {
  /** The past, in slots of `slotMs`; what is missing is missing. */
  readonly past: readonly LoadSlot[];
  readonly slotMs: number;
  /** The first slot to come. */
  readonly from: number;
  readonly timeZone: string;
  readonly hours?: number;
  /** Days since 1970 that are like Sundays. */
  readonly isHoliday?: (day: number) => boolean;
}

export interface ForecastSlot {
  readonly start: number;
  readonly end: number;
  /** As likely above as below: what to compare with what came. */
  readonly kwh: number;
  /** For sums over many slots: rare large loads count in it. */
  readonly meanKwh: number;
  /** In about eight of ten cases it lies between. */
  readonly lowKwh: number;
  readonly highKwh: number;
  /** Seasonal-naive: the same time a week ago, or a day ago. Absent where that was not measured. */
  readonly lastWeekKwh?: number;
  readonly lastDayKwh?: number;
}

export type Forecast =
  | { readonly verdict: "forecast"; readonly days: number; readonly slots: readonly ForecastSlot[] }
  | { readonly verdict: "too_little"; readonly days: number; readonly neededDays: number };

const HOURS = 48;
const NEEDED_DAYS = 3;
const HIGH = 0.9;
const INDEPENDENT_A_DAY = 6; // so many quarter hours count about as much as the one that is asked for
const LEVEL_DAYS = 2;
const LEVEL_TRUST = 0.35; // half of a deviation of two days is gone on the third
const MOST_LEVEL = 1.5;
const RECENT_MS = HOUR_MS;
const RECENT_TRUST = 0.4;
const RECENT_LASTS_MS = 2 * HOUR_MS;

/**
 * The household's load of the next 48 hours from its own past.
 *
 * What was at about the same time of similar days, the recent ones more, as a distribution: its middle is the forecast
 * and its tenths the interval. The last two days' level and the last hour's deviation move it, by a part.
 */
export function forecastLoad(question: ForecastQuestion): Forecast {
  const { slotMs, from, timeZone, hours = HOURS, isHoliday } = question;
  const calendar: Calendar = {
    days: createLocalDays(timeZone),
    ...present("isHoliday", isHoliday),
  };
  const past = toPast(question.past, calendar).filter(({ start }) => start < from);
  const days = (past.length * slotMs) / DAY_MS;
  if (days < NEEDED_DAYS) return { verdict: "too_little", days, neededDays: NEEDED_DAYS };
  const alike = createProfile(past, slotMs);
  const known = new Map(past.map(({ start, kwh }) => [start, kwh]));
  const level = levelOf(past, alike, from);
  const outer = outerShares(days);
  const lately = deviationOf(past, alike, { from, level });
  const slots = Array.from({ length: Math.round((hours * HOUR_MS) / slotMs) }, (_, index) => {
    const start = from + index * slotMs;
    const some = alike(placeOf(start, calendar), from).toSorted(
      (one, other) => one.kwh - other.kwh,
    );
    const moved = lately * Math.exp(-(start - from) / RECENT_LASTS_MS);
    const at = (value: number) => Math.max(0, value * level + moved);
    return {
      start,
      end: start + slotMs,
      kwh: at(quantileOfWeighted(some, 0.5)),
      meanKwh: at(meanOfWeighted(some)),
      lowKwh: Math.max(0, quantileOfWeighted(some, outer.low) * Math.min(1, level)),
      highKwh: quantileOfWeighted(some, outer.high) * Math.max(1, level) + Math.max(0, moved),
      ...naiveFor(start, known, from),
    };
  });
  return { verdict: "forecast", days, slots };
}

/** Of few days the tenths are further out: the correction of conformal prediction. */
function outerShares(days: number) {
  const high = Math.min(1, HIGH * (1 + 1 / (days * INDEPENDENT_A_DAY)));
  return { low: 1 - high, high };
}

type Alike = ReturnType<typeof createProfile>;

/** By how much the last two days were above what was to be expected, taken in part: more the more days there are. */
function levelOf(past: readonly PastSlot[], alike: Alike, from: number): number {
  const since = from - LEVEL_DAYS * DAY_MS;
  const recent = past.filter(({ start }) => start >= since);
  let [was, expected] = [0, 0];
  for (const slot of recent) {
    const before = alike(slot, since);
    if (before.length === 0) continue;
    was += slot.kwh;
    expected += meanOfWeighted(before);
  }
  if (was <= 0 || expected <= 0) return 1;
  const ratio = Math.min(MOST_LEVEL, Math.max(1 / MOST_LEVEL, was / expected));
  return ratio ** LEVEL_TRUST;
}

/** How far the last hour was from what is usual: whoever is at home stays a while. */
function deviationOf(
  past: readonly PastSlot[],
  alike: Alike,
  { from, level }: { from: number; level: number },
): number {
  const recent = past.filter(({ start }) => start >= from - RECENT_MS);
  if (recent.length === 0) return 0;
  const away = recent.map((slot) => {
    const before = alike(slot, from - RECENT_MS).toSorted((one, other) => one.kwh - other.kwh);
    return before.length === 0 ? 0 : slot.kwh - level * quantileOfWeighted(before, 0.5);
  });
  return (RECENT_TRUST * away.reduce((sum, one) => sum + one, 0)) / recent.length;
}

/** The last week, or day, that had been measured when the forecast was made. */
function naiveFor(start: number, known: ReadonlyMap<number, number>, from: number) {
  const back = (stepMs: number) => {
    let at = start - stepMs;
    while (at >= from) at -= stepMs;
    return known.get(at);
  };
  return {
    ...present("lastWeekKwh", back(7 * DAY_MS)),
    ...present("lastDayKwh", back(DAY_MS)),
  };
}
