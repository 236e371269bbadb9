import { median } from "#foundation/median.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Act } from "../acts/acts.ts";
import { atLeast } from "../chance/chance.ts";
import { MINUTES } from "../house-days/house-days.ts";
import type { LivedDays, PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { gridsOf, isHome, SLOTS, slotOf } from "../signal-grid/signal-grid.ts";
import type { Contextual, Looks } from "./contextual-habit.ts";
import { type Moment, type PresenceTimes, presenceTimesOf } from "./presence-events.ts";

const LEAST = { seen: 6, share: 0.4, lift: 2 };
const WITHIN = [5, 15, 30]; // minutes
const OTHER_SIDE = 3; // minutes; presence is told late, so what belongs to an arrival may come before it
const MOST_MOMENTS = 400; // of one event: bounds the look at each act of each stream

/**
 * Acts that go with coming and going.
 *
 * Null model: the same acts by the clock only. How often such an act comes at that time of day on the other days on
 * which somebody is at home then, says how likely each coming or going would have it anyway (exact tail of
 * Poisson-binomial); each width counts as a look.
 */
export function findPresenceHabits(lived: LivedDays, household: Household): Looks {
  const events = presenceTimesOf(household, lived.days).filter(
    ({ moments }) => moments.length >= LEAST.seen,
  );
  if (events.length === 0) return { found: [], tests: 0 };
  const occupied = occupiedDays(lived, household);
  const found: Contextual[] = [];
  for (const stream of lived.streams) {
    if (stream.acts.length < LEAST.seen) continue;
    for (const event of events) {
      const habit = habitOf({ stream, event, occupied });
      if (habit) found.push(habit);
    }
  }
  return { found, tests: events.length * lived.streams.length };
}

/** Of each half hour, on how many days somebody is at home. */
function occupiedDays({ lived }: LivedDays, { signals = [], timeZone }: Household): Float64Array {
  const people = signals.filter(({ of }) => of === "presence");
  const grids = gridsOf(people, lived, timeZone);
  const days = new Float64Array(SLOTS);
  for (let place = 0; place < lived.length * SLOTS; place += 1) {
    const isAway = grids.every(({ values }) => isHome(values[place]) === false);
    if (!isAway) days[place % SLOTS] = (days[place % SLOTS] as number) + 1;
  }
  return days;
}

interface Asked {
  readonly stream: PlacedStream;
  readonly event: PresenceTimes;
  readonly occupied: Float64Array;
}

function habitOf(asked: Asked): Contextual | undefined {
  const ways = WITHIN.map((within) => wayOf(asked, within)).filter((way) => way !== undefined);
  const best = ways.sort((one, other) => one.chance - other.chance)[0];
  if (!best) return undefined;
  const { stream, event } = asked;
  const { entityId, to } = stream;
  const { signalId } = event;
  return {
    key: ["contextual", entityId, to, event.event, signalId ?? ""].join("|"),
    kind: "contextual",
    ...{ entityIds: [entityId], entityId, to },
    context: {
      ...{ of: "presence", event: event.event, delayMinutes: best.delay },
      ...(signalId === undefined ? {} : { signalId }),
    },
    ...{ seen: best.seen, missed: best.missed, lift: best.lift },
    chance: Math.min(1, best.chance * WITHIN.length),
    confidence: (best.seen.length + 1) / (best.moments + 2),
  };
}

function wayOf({ stream, event, occupied }: Asked, within: number) {
  const isGoing = event.event === "leaving" || event.event === "all_away";
  const [before, after] = isGoing ? [within, OTHER_SIDE] : [OTHER_SIDE, within];
  const moments = event.moments.slice(-MOST_MOMENTS);
  const hits = moments.map(({ at }) => {
    const from = firstFrom(stream, at - before * MINUTE_MS);
    const act = stream.acts[from]?.act;
    return act && act.at <= at + after * MINUTE_MS ? act : undefined;
  });
  const seen = hits.filter((one): one is Act => one !== undefined);
  if (seen.length < Math.max(LEAST.seen, LEAST.share * moments.length)) return undefined;
  const minutes = stream.acts.map(({ minute }) => minute).sort((one, other) => one - other);
  const chances = moments.map((moment) =>
    chanceOf(moment, { stream, occupied, minutes, before, after }),
  );
  const expected = chances.reduce((sum, one) => sum + one, 0);
  const lift = seen.length / Math.max(expected, 1e-9);
  if (lift < LEAST.lift) return undefined;
  const missed = moments.filter((_, place) => !hits[place]).map(({ day }) => day);
  const delays = hits.flatMap((act, place) =>
    act ? [(act.at - (moments[place] as Moment).at) / MINUTE_MS] : [],
  );
  return {
    ...{ seen, missed: [...new Set(missed)], lift, moments: moments.length },
    ...{ delay: median(delays), chance: atLeast(seen.length, chances) },
  };
}

interface ByClock {
  readonly stream: PlacedStream;
  readonly occupied: Float64Array;
  /** Of all acts of the stream, in order. */
  readonly minutes: readonly number[];
  readonly before: number;
  readonly after: number;
}

/** That an act comes as near to that time of day, from what comes then on the other days. */
function chanceOf({ day, minute }: Moment, asked: ByClock): number {
  const { stream, occupied, minutes, before, after } = asked;
  const [from, until] = [minute - before, minute + after];
  const isIn = (one: number) => one >= from && one <= until;
  const own = (stream.byDay.get(day) ?? []).filter((act) => isIn(act.minute)).length;
  const all = firstOf(minutes, until) - firstOf(minutes, from);
  const days = Math.max(1, (occupied[slotOf(minute)] as number) - 1);
  const anyTime = (stream.acts.length * (before + after)) / MINUTES;
  const rate = (Math.max(0, all - own) + anyTime / days) / days;
  return 1 - Math.exp(-rate);
}

function firstFrom({ acts }: PlacedStream, at: number): number {
  let [low, high] = [0, acts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((acts[middle]?.act.at as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

function firstOf(minutes: readonly number[], least: number): number {
  let [low, high] = [0, minutes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((minutes[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
