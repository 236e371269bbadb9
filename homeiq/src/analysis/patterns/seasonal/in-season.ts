import { DAY_MS } from "#foundation/time.ts";
import { sumOf } from "../circle/circle.ts";
import { exchangeScore, exchangeTails } from "../exchange/exchange.ts";
import type { LivedDays, PlacedStream } from "../lived-days/lived-days.ts";
import type { Season } from "./seasonal-habit.ts";

const NORTH: readonly Season[] = ["winter", "spring", "summer", "autumn"];
const LEAST_DAYS = 4; // lived, of a week
const MOST_A_DAY = 3;
const FLANK_WEEKS = 8;
const LEAST = { ratio: 1.8, more: 0.12, score: 3, flankWeeks: 3, flanks: 2 };

interface Week {
  readonly season: Season;
  readonly days: readonly number[];
}

/** The weeks of which enough days were lived, in order; one in which the season changes is two. */
export function weeksOf({ lived }: LivedDays, latitude: number | undefined): Week[] {
  const days = lived.map((day) => ({ day, season: seasonOf(day, latitude ?? 1) }));
  const parts = Map.groupBy(days, ({ day, season }) => `${Math.floor((day + 3) / 7)} ${season}`);
  return [...parts.values()].flatMap((some) => {
    const { season } = some[0] as (typeof some)[number];
    return some.length < LEAST_DAYS ? [] : [{ season, days: some.map(({ day }) => day) }];
  });
}

/** By whole months, as meteorologists do; the other half of the globe has the opposite. */
function seasonOf(day: number, latitude: number): Season {
  const month = new Date(day * DAY_MS).getUTCMonth();
  const place = Math.floor(((month + 1) % 12) / 3) + (latitude < 0 ? 2 : 0);
  return NORTH[place % NORTH.length] as Season;
}

export interface SeasonFound {
  readonly season: Season;
  readonly chance: number;
  readonly perDay: number;
  readonly perDayOtherwise: number;
  /** Of the season. */
  readonly days: readonly number[];
}

/**
 * The season in which it comes more often.
 *
 * Null model: whole weeks are exchanged (exact permutation test); all four seasons count as looks. What began or ended
 * for good is no season: it must be rarer both before and after.
 */
export function seasonFor(
  { byDay }: PlacedStream,
  weeks: readonly Week[],
): SeasonFound | undefined {
  const rates = weeks.map(({ days }) => {
    const counts = days.map((day) => Math.min(MOST_A_DAY, byDay.get(day)?.length ?? 0));
    return sumOf(counts) / days.length;
  });
  const ways = NORTH.flatMap((season): SeasonFound[] => {
    const isIn = weeks.map((week) => week.season === season);
    const whole = rates.map((rate) => Math.round(rate * 7));
    if (exchangeScore(whole, isIn) < LEAST.score) return [];
    const mean = (side: boolean) => {
      const own = rates.filter((_, place) => isIn[place] === side);
      return sumOf(own) / Math.max(1, own.length);
    };
    const [perDay, perDayOtherwise] = [mean(true), mean(false)];
    if (perDay < LEAST.ratio * perDayOtherwise || perDay - perDayOtherwise < LEAST.more) return [];
    if (!isRarerAround(rates, isIn, perDay)) return [];
    const chance = Math.min(1, NORTH.length * exchangeTails(whole, isIn).atLeast);
    const days = weeks.filter((week) => week.season === season).flatMap((week) => week.days);
    return [{ season, chance, perDay, perDayOtherwise, days }];
  });
  return ways.sort((one, other) => one.chance - other.chance)[0];
}

/** In the weeks before the season begins, and in those after it ends: each time that is recorded. */
function isRarerAround(
  rates: readonly number[],
  isIn: readonly boolean[],
  perDay: number,
): boolean {
  const flanks = rates.flatMap((_, place) => {
    const begins = isIn[place] && place > 0 && !isIn[place - 1];
    const ended = !isIn[place] && place > 0 && isIn[place - 1];
    const own = begins
      ? rates.slice(Math.max(0, place - FLANK_WEEKS), place)
      : rates.slice(place, place + FLANK_WEEKS);
    return (begins || ended) && own.length >= LEAST.flankWeeks ? [own] : [];
  });
  const isRarer = (own: readonly number[]) => sumOf(own) / own.length < perDay / LEAST.ratio;
  return flanks.length >= LEAST.flanks && flanks.every(isRarer);
}
