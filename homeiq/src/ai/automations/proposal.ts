import { present } from "#foundation/absent.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { wallAt } from "#foundation/wall-time.ts";
import type { Edit, Json, JsonMap } from "#home/automation/automation.ts";
import { toArray } from "./steps.ts";
import type { WatchedRun } from "./watches.ts";

type Run = Pick<WatchedRun, "at" | "overridden">;

/** How often people changed back what an automation did. */
export interface Undone {
  readonly times: number;
  /** Of so many runs that changed something. */
  readonly runs: number;
  /** `HH:MM`, in the house's time: most of them lie between these; absent when they lie all over the day. */
  readonly mostly?: { readonly from: string; readonly to: string };
}

/** A condition that would have kept an automation from what people undid. */
export interface Proposal {
  /** In Home Assistant's form; it is to stand after those that are there. */
  readonly condition: JsonMap;
  /** `HH:MM`, in the house's time: between these people undid it. */
  readonly from: string;
  readonly to: string;
  /** How many runs it would have kept away that people undid, and how many that nobody minded. */
  readonly keptAway: number;
  readonly keptAwayUnminded: number;
}

const FEWEST = 3; // fewer may be chance
const DAY_MINUTES = 24 * 60;
const STEP_MINUTES = 15; // a person would say "from a quarter to eleven"
const LONGEST_MINUTES = DAY_MINUTES / 2; // more is no time of day
const MOST_UNMINDED_SHARE = 0.34; // of the runs it would keep away; more would take away what is liked

/**
 * The time of day in which people undid an automation, as a condition against it; `undefined` when it is not
 * about the time of day, and for what is made of a blueprint: conditions beside it would replace its own.
 */
export function proposeCondition(
  { runs, config }: { readonly runs: readonly Run[]; readonly config: JsonMap },
  timeZone: string,
): Proposal | undefined {
  if ("use_blueprint" in config) return undefined;
  const minuteOf = (at: number) => minuteOfDay(timeZone, at);
  const undone = runs.filter(({ overridden }) => overridden).map(({ at }) => minuteOf(at));
  if (undone.length < FEWEST) return undefined;
  const window = smallestWindow(undone);
  if (window.length > LONGEST_MINUTES) return undefined;
  const unminded = runs.filter(
    ({ overridden, at }) => !overridden && isWithin(minuteOf(at), window),
  );
  if (unminded.length > MOST_UNMINDED_SHARE * (unminded.length + undone.length)) return undefined;
  const from = toClock(window.start);
  const to = toClock(window.start + window.length);
  return {
    condition: { condition: "time", after: `${to}:00`, before: `${from}:00` },
    from,
    to,
    keptAway: undone.length,
    keptAwayUnminded: unminded.length,
  };
}

const MOST_SHARE = 0.75;
const FEW_HOURS_MINUTES = 8 * 60; // an evening, a night: what a person would name

/** `undefined` when nobody changed anything back. */
export function undoneIn(runs: readonly Run[], timeZone: string): Undone | undefined {
  const minuteOf = (at: number) => minuteOfDay(timeZone, at);
  const minutes = runs.filter(({ overridden }) => overridden).map(({ at }) => minuteOf(at));
  if (minutes.length === 0) return undefined;
  const mostly = minutes.length < FEWEST ? undefined : whenMostly(minutes);
  return { times: minutes.length, runs: runs.length, ...present("mostly", mostly) };
}

/** The shortest time of day that holds most of them. */
function whenMostly(minutes: readonly number[]): Undone["mostly"] {
  const sorted = minutes.toSorted((one, other) => one - other);
  const most = Math.ceil(sorted.length * MOST_SHARE);
  const windows = sorted.map((start, first) => {
    const last = sorted[(first + most - 1) % sorted.length] ?? start;
    return { start, length: (last - start + DAY_MINUTES) % DAY_MINUTES };
  });
  const { start, length } = windows.reduce((best, one) => (one.length < best.length ? one : best));
  if (length > FEW_HOURS_MINUTES) return undefined;
  return { from: toClock(roundDown(start)), to: toClock(roundDown(start + length) + STEP_MINUTES) };
}

const roundDown = (minute: number) => Math.floor(minute / STEP_MINUTES) * STEP_MINUTES;

/** What adds the condition to a configuration. */
export function editFor({ condition }: Proposal, config: JsonMap): Edit {
  const key = "condition" in config ? "condition" : "conditions";
  const conditions: Json = [...toArray(config[key]), condition];
  return { path: [key], value: conditions };
}

interface Window {
  /** Minute of the day. */
  readonly start: number;
  readonly length: number;
}

/** The shortest time of day that holds all of them, over midnight if need be, a step wider on both sides. */
function smallestWindow(minutes: readonly number[]): Window {
  const sorted = minutes.toSorted((one, other) => one - other);
  const gaps = sorted.map((minute, index) => {
    const next = sorted[index + 1] ?? (sorted[0] ?? 0) + DAY_MINUTES;
    return { after: minute, next, length: next - minute };
  });
  const widest = gaps.reduce((best, gap) => (gap.length > best.length ? gap : best));
  const start = Math.floor(widest.next / STEP_MINUTES - 1) * STEP_MINUTES;
  const end = Math.ceil((widest.after + DAY_MINUTES) / STEP_MINUTES + 1) * STEP_MINUTES;
  const from = ((start % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  return { start: from, length: (((end - start) % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES };
}

/** Of the clock on the wall. */
const minuteOfDay = (timeZone: string, at: number) =>
  Math.floor((wallAt(timeZone, at) % DAY_MS) / MINUTE_MS);

const isWithin = (minute: number, { start, length }: Window) =>
  (minute - start + DAY_MINUTES) % DAY_MINUTES < length;

function toClock(minute: number): string {
  const inDay = minute % DAY_MINUTES;
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(Math.floor(inDay / 60))}:${two(inDay % 60)}`;
}
