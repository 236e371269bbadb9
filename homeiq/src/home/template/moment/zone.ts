import { offsetMs } from "#foundation/wall-time.ts";
import { failure } from "../run.ts";

/** A time zone. Offsets are milliseconds that local time is ahead of UTC. */
export interface Zone {
  readonly name: string;
  /** At a moment, milliseconds UTC. */
  offsetAt(at: number): number;
  /** At a reading of the clock on the wall; `fold` 1 is the second of two equal ones. */
  offsetOfWall(wall: number, fold: 0 | 1): number;
  /** `CET`, `UTC+01:00`. */
  abbreviationAt(at: number): string;
  /** As Python's `repr`. */
  readonly repr: string;
}

const DAY_MS = 86_400_000;
const SAMPLE_MS = 14 * DAY_MS; // no zone changes twice within two weeks, but for a Ramadan, which is longer
const zones = new Map<string, Zone>();

/** A zone that is always the same. */
export function fixedZone(offset: number): Zone {
  const minutes = Math.abs(offset) / 60_000;
  const [hours, rest] = [Math.floor(minutes / 60), Math.floor(minutes % 60)];
  const digits = `${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  const name = offset === 0 ? "UTC" : `UTC${offset < 0 ? "-" : "+"}${digits}`;
  const seconds =
    offset < 0 ? `days=-1, seconds=${86_400 + offset / 1000}` : `seconds=${offset / 1000}`;
  return {
    name,
    offsetAt: () => offset,
    offsetOfWall: () => offset,
    abbreviationAt: () => name,
    repr:
      offset === 0 ? "datetime.timezone.utc" : `datetime.timezone(datetime.timedelta(${seconds}))`,
  };
}

export const UTC = fixedZone(0);

/** The zone of an IANA name. Throws `template.failed` when there is none. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (zone === undefined) {
    zone = makeZone(name);
    zones.set(name, zone);
  }
  return zone;
}

interface Change {
  /** The first moment of the new offset. */
  readonly at: number;
  readonly offset: number;
}

function makeZone(name: string): Zone {
  let short: Intl.DateTimeFormat;
  try {
    short = new Intl.DateTimeFormat("en-GB", { timeZone: name, timeZoneName: "short" });
  } catch (cause) {
    void cause; // a RangeError that says no more than this
    throw failure("ZoneInfoNotFoundError", `No time zone found with key ${name}`);
  }
  const measure = (at: number) => offsetMs(name, at);
  const years = new Map<number, readonly Change[]>();
  const offsetAt = (at: number): number => {
    const year = new Date(at).getUTCFullYear();
    let changes = years.get(year);
    if (changes === undefined) {
      changes = changesOf(year, measure);
      years.set(year, changes);
    }
    let offset = 0;
    for (const change of changes) {
      if (change.at > at) break;
      offset = change.offset;
    }
    return offset;
  };
  return {
    name,
    offsetAt,
    offsetOfWall(wall, fold) {
      // As Python: in a gap, fold 0 has the offset before it; of two equal readings, fold 0 is the first.
      const before = offsetAt(wall - DAY_MS);
      const after = offsetAt(wall + DAY_MS);
      if (before === after) return before;
      const isBefore = offsetAt(wall - before) === before;
      const isAfter = offsetAt(wall - after) === after;
      if (isBefore !== isAfter) return isBefore ? before : after;
      return fold === 0 ? before : after;
    },
    abbreviationAt: (at) =>
      short.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? name,
    repr: `zoneinfo.ZoneInfo(key='${name}')`,
  };
}

function changesOf(year: number, measure: (at: number) => number): readonly Change[] {
  const start = Date.UTC(year, 0, 1);
  const end = Date.UTC(year + 1, 0, 1);
  const changes: Change[] = [{ at: start, offset: measure(start) }];
  let [at, offset] = [start, measure(start)];
  while (at < end) {
    const next = Math.min(at + SAMPLE_MS, end);
    const there = measure(next);
    if (there !== offset) changes.push({ at: firstAfter(at, next, measure), offset: there });
    [at, offset] = [next, there];
  }
  return changes;
}

/** The minute at which the offset becomes that of `high`. */
function firstAfter(from: number, to: number, measure: (at: number) => number): number {
  let [low, high] = [from, to];
  const wanted = measure(to);
  while (high - low > 60_000) {
    const middle = Math.floor((low + high) / 2 / 60_000) * 60_000;
    if (measure(middle) === wanted) high = middle;
    else low = middle;
  }
  return high;
}
