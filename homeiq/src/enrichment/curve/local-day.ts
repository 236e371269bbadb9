import type { Slot } from "../provider.ts";

const DAY_MS = 86_400_000;

/** What a clock on the wall of the house shows. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Since midnight on the wall, 0 to 1439. */
  readonly minute: number;
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
}

const formats = new Map<string, Intl.DateTimeFormat>(); // making one takes longer than using it a hundred times

function formatOf(timeZone: string): Intl.DateTimeFormat {
  let format = formats.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone,
      hourCycle: "h23",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(timeZone, format);
  }
  return format;
}

/** The wall clock's reading as if it were UTC. */
function wallOf(at: number, timeZone: string): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const read = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(
    read("year"),
    read("month") - 1,
    read("day"),
    read("hour"),
    read("minute"),
    read("second"),
  );
}

export function localTimeOf(at: number, timeZone: string): LocalTime {
  const wall = new Date(wallOf(at, timeZone));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
    weekday: wall.getUTCDay() || 7,
  };
}

/** The local date as vendors ask for it: `2026-11-27`. */
export function dateOf(at: number, timeZone: string): string {
  return new Date(wallOf(at, timeZone)).toISOString().slice(0, 10);
}

/**
 * The moment at which the wall clock shows `wall`, which is that reading as if it were UTC.
 *
 * Of two such moments (autumn) the first; when there is none (spring) the one as long after the leap.
 */
export function atLocal(wall: number, timeZone: string): number {
  const offsetAt = (at: number) => wallOf(at, timeZone) - Math.floor(at / 1000) * 1000;
  const before = wall - offsetAt(wall - DAY_MS);
  const after = wall - offsetAt(wall + DAY_MS);
  const found = [before, after].filter((at) => wallOf(at, timeZone) === wall);
  return found.length > 0 ? Math.min(...found) : before;
}

/** The local day that holds the moment: 23, 24 or 25 hours. */
export function dayOf(at: number, timeZone: string): Slot {
  const midnight = Math.floor(wallOf(at, timeZone) / DAY_MS) * DAY_MS;
  return { start: atLocal(midnight, timeZone), end: atLocal(midnight + DAY_MS, timeZone) };
}

export function dayAfter({ end }: Slot, timeZone: string): Slot {
  return dayOf(end, timeZone);
}
