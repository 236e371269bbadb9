import type { Json, JsonMap, Path } from "#home/automation/automation.ts";
import { isMap, isTemplate, toArray } from "./steps.ts";

/** Actions as a test runs them, and where they wait less or repeat less often than written. */
export interface Shortened {
  readonly sequence: Json;
  readonly at: readonly Path[];
}

const LONGEST_DELAY_S = 1; // long enough to see one thing after the other
const LONGEST_WAIT_S = 2;
const MOST_REPEATS = 3;

/** Shortens what waits, so that a test is over within seconds and nothing happens after it. */
export function shorten(path: Path, sequence: Json): Shortened {
  const at: Path[] = [];

  function list(here: Path, value: Json): Json {
    if (!Array.isArray(value)) return one(here, value);
    return value.map((inner, index) => one([...here, index], inner));
  }

  function one(here: Path, action: Json): Json {
    if (!isMap(action)) return action;
    const next: Record<string, Json> = { ...action };
    if (action.delay !== undefined && secondsOf(action.delay) > LONGEST_DELAY_S) {
      next.delay = { seconds: LONGEST_DELAY_S };
      at.push([...here, "delay"]);
    }
    if (action.wait_template !== undefined || action.wait_for_trigger !== undefined) {
      const timeout =
        action.timeout === undefined ? Number.POSITIVE_INFINITY : secondsOf(action.timeout);
      if (timeout > LONGEST_WAIT_S) {
        next.timeout = { seconds: LONGEST_WAIT_S };
        at.push([...here, "timeout"]);
      }
    }
    if (isMap(action.repeat)) next.repeat = repeat([...here, "repeat"], action.repeat);
    for (const key of ["then", "else", "default", "sequence", "parallel"]) {
      const inner = action[key];
      if (inner !== undefined) next[key] = list([...here, key], inner);
    }
    if (action.choose !== undefined) {
      next.choose = toArray(action.choose).map((choice, index) =>
        isMap(choice) && choice.sequence !== undefined
          ? { ...choice, sequence: list([...here, "choose", index, "sequence"], choice.sequence) }
          : choice,
      );
    }
    return next;
  }

  /** Only a count ends by itself: the others may wait for something that a test does not bring about. */
  function repeat(here: Path, written: JsonMap): JsonMap {
    const sequence = list([...here, "sequence"], written.sequence ?? []);
    const { count } = written;
    if (typeof count === "number" && count <= MOST_REPEATS) return { ...written, sequence };
    if (Array.isArray(written.for_each)) {
      if (written.for_each.length > MOST_REPEATS) at.push(here);
      return { ...written, sequence, for_each: written.for_each.slice(0, MOST_REPEATS) };
    }
    at.push(here);
    const { while: _while, until: _until, count: _count, ...rest } = written;
    return { ...rest, sequence, count: count === undefined ? 1 : MOST_REPEATS };
  }

  return { sequence: list(path, sequence), at };
}

/** A template, or anything else that cannot be read, is longer than every limit. */
function secondsOf(period: Json): number {
  if (typeof period === "number") return period;
  if (typeof period === "string") {
    if (isTemplate(period)) return Number.POSITIVE_INFINITY;
    const parts = period.split(":").map(Number);
    return parts.length === 1
      ? (parts[0] ?? 0)
      : (parts[0] ?? 0) * 3600 + (parts[1] ?? 0) * 60 + (parts[2] ?? 0);
  }
  if (!isMap(period)) return Number.POSITIVE_INFINITY;
  const units: Readonly<Record<string, number>> = {
    days: 86_400,
    hours: 3_600,
    minutes: 60,
    seconds: 1,
    milliseconds: 0.001,
  };
  const seconds = Object.entries(period).map(
    ([unit, value]) => Number(value) * (units[unit] ?? Number.NaN),
  );
  const sum = seconds.reduce((one, other) => one + other, 0);
  return Number.isNaN(sum) ? Number.POSITIVE_INFINITY : sum;
}
