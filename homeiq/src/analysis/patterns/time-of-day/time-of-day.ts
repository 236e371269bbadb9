import { median } from "#foundation/median.ts";
import { discoveriesOf } from "../chance/chance.ts";
import { around } from "../circle/circle.ts";
import { type HouseDays, MINUTES } from "../house-days/house-days.ts";
import { livedDaysOf, type PlacedAct, type PlacedStream } from "../lived-days/lived-days.ts";
import type { DaySet, Household, TimeOfDay } from "../pattern.ts";
import { movedAt } from "./moved.ts";
import { BIN_MINUTES } from "./profile.ts";
import { type ByDay, bestWindow, binsOf, isIn, type Window } from "./window.ts";

/** More than the others may: in two weeks, which a home begins with, nothing is as sure as their rate asks. */
const FALSE_DISCOVERIES = 0.03;
const LEAST_DAYS = 5;
const LEAST_SHARE = 0.5;
const LEAST_LIFT = 1.5;
/** What is done more often a day than this falls into any hour on many days. */
const BUSY = 6;
/** Of the days, beyond those that chance would have; asked of what is done as often. */
const LEAST_ABOVE = 0.35;
const MOST_PER_STREAM = 4;
const WEEKDAY = { weeks: 4, days: 4, share: 0.7 };
const ENDED = { misses: 4, chance: 0.01 };
/**
 * Habits bound to the clock: what people do within an hour or so on most days, or most of their kind.
 *
 * Each is held against chance: how likely would so many days have it in so narrow a window if it came at any time of
 * those at which it usually comes, give or take some hours? All windows that are tried count as tests.
 */
export function findTimesOfDay(household: Household): TimeOfDay[] {
  const { days, lived, streams } = livedDaysOf(household);
  const found: TimeOfDay[] = [];
  let tests = 0;
  const sets = daySetsFor(lived.length).map((on) => ({
    on,
    eligible: lived.filter((day) => isOn(on, days.dayOf(day))),
  }));
  for (const stream of withPersons(streams)) {
    const isBusy = stream.acts.length > BUSY * lived.length;
    for (const { on, eligible } of sets) {
      tests += 2;
      found.push(...habitsOf({ stream, on, eligible, days, isBusy }));
    }
  }
  const chances = found.map(({ chance }) => chance);
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, Math.max(0, tests - found.length));
  const real = found.filter((_, index) => believed.has(index));
  const ended = real.filter((one) => hasEnded(one, days));
  return plainest(real.filter((one) => !ended.some((other) => isSame(one, other))));
}

interface PersonsStream extends PlacedStream {
  /** Only of this person. */
  readonly person?: string;
}

/** Each stream, and what is one person's of it where several are known. */
function withPersons(streams: readonly PlacedStream[]): PersonsStream[] {
  return streams.flatMap((stream) => {
    const byPerson = Map.groupBy(stream.acts, ({ act }) => act.person);
    byPerson.delete(undefined);
    if (byPerson.size < 2) return [stream];
    const own = [...byPerson].map(([person, acts]) => ({
      ...{ ...stream, person: person as string, acts },
      byDay: Map.groupBy(acts, ({ day }) => day),
    }));
    return [stream, ...own];
  });
}

function daySetsFor(lived: number): DaySet[] {
  const weekdays = lived >= WEEKDAY.weeks * 7 ? [0, 1, 2, 3, 4, 5, 6] : [];
  return ["all", "workdays", "free", ...weekdays];
}

function isOn(on: DaySet, { weekday, free }: ReturnType<HouseDays["dayOf"]>): boolean {
  if (on === "all") return true;
  return typeof on === "number" ? weekday === on : free === (on === "free");
}

interface Search {
  readonly stream: PersonsStream;
  readonly on: DaySet;
  /** Days that were lived and are of that set. */
  readonly eligible: readonly number[];
  readonly days: HouseDays;
  readonly isBusy: boolean;
}

function habitsOf(search: Search): TimeOfDay[] {
  const { stream, on, eligible, isBusy } = search;
  let left: ByDay = new Map(
    eligible.flatMap((day) => {
      const own = stream.byDay.get(day);
      return own ? [[day, own] as const] : [];
    }),
  );
  const guard = typeof on === "number" ? WEEKDAY : { days: LEAST_DAYS, share: LEAST_SHARE };
  const least = Math.max(guard.days, guard.share * eligible.length);
  const found: TimeOfDay[] = [];
  const taken = new Set<number>();
  for (const first of [false, true]) {
    while (found.length < MOST_PER_STREAM && left.size >= least) {
      const window = bestWindow(left, { eligible: eligible.length, least, first, taken });
      if (!window) break;
      const habit = toPattern({ ...search, window, left, first });
      const share = habit.seen.length / (habit.seen.length + habit.missed.length);
      const isClear = !isBusy || share - share / habit.lift >= LEAST_ABOVE;
      if (habit.lift >= LEAST_LIFT && isClear) found.push(habit);
      left = without(left, window);
      for (const bin of binsOf(window)) taken.add(bin);
      if (first) break;
    }
  }
  return found;
}

interface Found extends Search {
  readonly window: Window;
  readonly left: ByDay;
  readonly first: boolean;
}

function toPattern(search: Found): TimeOfDay {
  const { stream, on, window, eligible, left, first } = search;
  const seen: PlacedAct[] = [];
  const missed: number[] = [];
  for (const day of eligible) {
    const own = left.get(day) ?? [];
    const one = (first ? own.slice(0, 1) : own).find(({ minute }) => isIn(window, minute));
    if (one) seen.push(one);
    else missed.push(day);
  }
  const middle = (window.start + window.length / 2) * BIN_MINUTES;
  const away = seen.map(({ minute }) => around(minute - middle));
  const since = movedAt(away);
  const now = away.slice(since);
  const shift = median(now);
  const { entityId, to, person } = stream;
  const minute = (middle + shift + MINUTES) % MINUTES;
  const [begun] = seen.slice(since);
  const missedSince =
    since === 0 || !begun
      ? missed
      : missed.filter((day) => day > search.days.placeOf(begun.act.at).day);
  const n = now.length + missedSince.length;
  return {
    key: ["time_of_day", entityId, to, person ?? "", on, first ? "first" : "", slotOf(minute)].join(
      "|",
    ),
    kind: "time_of_day",
    ...{ entityIds: [entityId], entityId, to, on, first, minute },
    ...(person === undefined ? {} : { person }),
    scatter: median(now.map((one) => Math.abs(one - shift))),
    within: (window.length * BIN_MINUTES) / 2,
    seen: seen.slice(since).map(({ act }) => act),
    missed: missedSince,
    confidence: (now.length + 1) / (n + 2),
    lift: seen.length / eligible.length / Math.max(window.expected, 1e-9),
    chance: window.chance,
  };
}

/** Missed so often at the end that it can hardly be chance. */
function hasEnded({ seen, missed }: TimeOfDay, days: HouseDays): boolean {
  const last = days.placeOf(seen.at(-1)?.at ?? 0).day;
  const misses = missed.filter((day) => day > last).length;
  const share = seen.length / (seen.length + missed.length - misses + 1);
  return misses >= ENDED.misses && (1 - share) ** misses < ENDED.chance;
}

function without(acts: ByDay, window: Window): ByDay {
  const left = new Map<number, readonly PlacedAct[]>();
  for (const [day, some] of acts) {
    const rest = some.filter(({ minute }) => !isIn(window, minute));
    if (rest.length > 0) left.set(day, rest);
  }
  return left;
}

/** A narrower set of days is what is meant when it has nearly all of the times and misses clearly fewer days. */
const NARROWER = { share: 0.8, surer: 0.1 };
const SAME_MINUTES = 60;

/** Of habits that are told in several ways the one that says most. */
function plainest(found: readonly TimeOfDay[]): TimeOfDay[] {
  const order = [...found].sort(
    (one, other) => one.chance - other.chance || one.key.localeCompare(other.key),
  );
  const kept: TimeOfDay[] = [];
  for (const one of order) {
    if (kept.some((other) => isSame(one, other))) continue;
    const narrower = order
      .filter(
        (other) => isSame(one, other) && other.seen.length >= NARROWER.share * one.seen.length,
      )
      .filter((other) => other.confidence > one.confidence + NARROWER.surer)
      .sort((first, second) => second.confidence - first.confidence);
    kept.push(narrower[0] ?? one);
  }
  return kept.sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}

const isSame = (one: TimeOfDay, other: TimeOfDay): boolean =>
  one.entityId === other.entityId &&
  one.to === other.to &&
  Math.abs(around(other.minute - one.minute)) < SAME_MINUTES;

const slotOf = (minute: number) => Math.round(minute / 60);
