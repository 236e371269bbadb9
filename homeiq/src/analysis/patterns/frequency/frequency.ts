import { ALONE, discoveriesOf } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import { exchangeScore, exchangeTails } from "../exchange/exchange.ts";
import { type HouseholdPace, paceOf } from "../household-pace/household-pace.ts";
import { type LivedDays, livedDaysOf, type PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import type { Frequency } from "./frequency-habit.ts";

export type { Frequency, FrequencyChange, WeeklyCycle } from "./frequency-habit.ts";

const MOST_A_DAY = 6; // one day with much is no change
/** Whole weeks, so that both sides have as many Sundays. */
const RECENT_DAYS = [14, 21, 28];
const LEAST = { seen: 10, daysBefore: 14, ratio: 1.5, more: 0.15, score: 2.5 };
const HOUSE_CHANCE = 0.01; // of a change, that all else that is done explains it
const CYCLE = { days: 28, ratio: 1.8, own: 0.01, most: 3, lately: 14 };
const WEEK = 7;
const LOOKS: readonly (readonly number[])[] = [
  ...[0, 1, 2, 3, 4, 5, 6].map((one) => [one]),
  [5, 6],
];

/**
 * How often something is done, where it has changed lately, or where it goes by the week.
 *
 * Null model: the days are exchanged (exact permutation test of how often it comes on the days of the window against
 * those before it, which never hold the window; or on one weekday against the others); and how much is done in the house on
 * those days at all must not explain it (exact binomial tail). Both sides, all windows, all
 * weekdays and the weekend count as looks, both kinds as tests.
 */
export function findFrequencies(household: Household): Frequency[] {
  const lived = livedDaysOf(household);
  const streams = lived.streams.filter(({ acts }) => acts.length >= LEAST.seen);
  const found = streams.flatMap((stream) => {
    const asked = { stream, lived, counts: countsOf(stream, lived), pace: paceOf(household) };
    return [changeOf(asked), cycleOf(asked)].filter((one) => one !== undefined);
  });
  const chances = found.map(({ chance }) => chance);
  const tests = 2 * streams.length;
  const believed = discoveriesOf(
    chances,
    household.falseDiscoveries ?? ALONE,
    tests - found.length,
  );
  return found
    .filter((_, index) => believed.has(index))
    .sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}

interface Asked {
  readonly stream: PlacedStream;
  readonly lived: LivedDays;
  /** Of each lived day. */
  readonly counts: readonly number[];
  readonly pace: HouseholdPace;
}

const countsOf = ({ byDay }: PlacedStream, { lived }: LivedDays) =>
  lived.map((day) => Math.min(MOST_A_DAY, byDay.get(day)?.length ?? 0));

const mean = (values: readonly number[]) => sumOf(values) / Math.max(1, values.length);

function changeOf(asked: Asked): Frequency | undefined {
  const changes = RECENT_DAYS.map((days) => changeWithin(asked, days));
  return changes
    .filter((one) => one !== undefined)
    .sort((one, other) => one.chance - other.chance)[0];
}

function changeWithin({ stream, lived, counts, pace }: Asked, days: number): Frequency | undefined {
  const start = counts.length - days;
  if (start < Math.max(LEAST.daysBefore, days)) return undefined;
  const isLate = counts.map((_, place) => place >= start);
  if (Math.abs(exchangeScore(counts, isLate)) < LEAST.score) return undefined;
  const [before, late] = [mean(counts.slice(0, start)), mean(counts.slice(start))];
  const [low, high] = [Math.min(before, late), Math.max(before, late)];
  if (high < LEAST.ratio * low || high - low < LEAST.more) return undefined;
  const isMore = late > before;
  const chosen = isLate.map((one) => one === isMore);
  const compared = { stream, days: lived.lived, chosen, counts };
  if (pace.atLeast(compared) > HOUSE_CHANCE) return undefined;
  const tails = exchangeTails(counts, isLate);
  const looks = 2 * RECENT_DAYS.length;
  const is = isMore ? "more" : "less";
  return {
    ...told(stream, lived.lived.slice(start), is),
    ...{ perDay: late, perWeek: late * WEEK, what: { is, days, perDayBefore: before } },
    lift: high / Math.max(low, 1 / counts.length),
    chance: Math.min(1, looks * Math.min(tails.atLeast, tails.atMost)),
  };
}

function cycleOf({ stream, lived, counts, pace }: Asked): Frequency | undefined {
  if (counts.length < CYCLE.days) return undefined;
  const weekdayOf = lived.lived.map((day) => lived.days.dayOf(day).weekday);
  const ways = LOOKS.map((weekdays) => {
    const chosen = weekdayOf.map((one) => weekdays.includes(one));
    const [own, others] = [true, false].map((side) =>
      mean(counts.filter((_, place) => chosen[place] === side)),
    ) as [number, number];
    const compared = { stream, days: lived.lived, chosen, counts };
    const isMore = own >= CYCLE.ratio * others && exchangeScore(counts, chosen) >= 2;
    if (!isMore) return { weekdays, chance: 1 };
    const byDays = exchangeTails(counts, chosen).atLeast;
    return { weekdays, chance: Math.max(byDays, pace.atLeast(compared)) };
  });
  const clear = ways.filter(({ chance }) => chance <= CYCLE.own);
  const weekdays = [...new Set(clear.flatMap((one) => one.weekdays))].sort((a, b) => a - b);
  if (weekdays.length === 0 || weekdays.length > CYCLE.most) return undefined;
  const isOn = weekdayOf.map((weekday) => weekdays.includes(weekday));
  const [on, off] = [true, false].map((side) =>
    mean(counts.filter((_, place) => isOn[place] === side)),
  ) as [number, number];
  const days = lived.lived.filter((_, place) => isOn[place]);
  const last = days.slice(-weekdays.length * (CYCLE.lately / WEEK));
  if (!last.some((day) => stream.byDay.has(day))) return undefined; // it has ended
  return {
    ...told(stream, days, "weekly"),
    ...{ perDay: mean(counts), perWeek: mean(counts) * WEEK, what: { is: "weekly", weekdays } },
    lift: on / Math.max(off, 1 / counts.length),
    chance: Math.min(1, LOOKS.length * Math.min(...ways.map(({ chance }) => chance))),
  };
}

function told(stream: PlacedStream, days: readonly number[], is: string) {
  const { entityId, to, byDay } = stream;
  const seen = days.flatMap((day) => byDay.get(day)?.[0]?.act ?? []);
  return {
    key: ["frequency", entityId, to, is].join("|"),
    kind: "frequency",
    ...{ entityIds: [entityId], entityId, to, seen },
    missed: days.filter((day) => !byDay.has(day)),
    confidence: (seen.length + 1) / (days.length + 2),
  } as const;
}
