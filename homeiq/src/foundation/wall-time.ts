import { DAY_MS, MINUTE_MS, SECOND_MS } from "./time.ts";

// A wall time is what clocks of a zone show, as milliseconds since 1970-01-01 00:00 on the same wall.

/** Every offset in use since 1970 changes on a quarter of an hour. */
export const QUARTER_MS = 15 * MINUTE_MS;
const MOST_REMEMBERED = 50_000;

interface Zone {
  readonly format: Intl.DateTimeFormat;
  readonly offsets: Map<number, number>;
}
const zones = new Map<string, Zone>();

/** What to add to UTC. A zone that nobody knows counts as UTC. */
export function offsetMs(timeZone: string, at: number): number {
  const { format, offsets } = zoneOf(timeZone);
  const quarter = Math.floor(at / QUARTER_MS);
  const known = offsets.get(quarter);
  if (known !== undefined) return known;
  const offset = readOffset(format, quarter * QUARTER_MS);
  if (offsets.size >= MOST_REMEMBERED) offsets.clear();
  offsets.set(quarter, offset);
  return offset;
}

/** The zone that is counted by: itself, or UTC when nobody knows it. */
export const knownZone = (timeZone: string): string =>
  zoneOf(timeZone).format.resolvedOptions().timeZone;

export const wallAt = (timeZone: string, at: number): number => at + offsetMs(timeZone, at);

/**
 * The moments at which clocks show this: one; two in the hour that is repeated when summer time ends, the earlier
 * first; none in the hour that is skipped.
 */
export function momentsOfWall(timeZone: string, wall: number): readonly number[] {
  const offsets = new Set([offsetMs(timeZone, wall - DAY_MS), offsetMs(timeZone, wall + DAY_MS)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => wallAt(timeZone, at) === wall)
    .sort((one, other) => one - other);
}

/** The first moment at which clocks show this; in the skipped hour the moment that the old time would have had. */
export const momentOfWall = (timeZone: string, wall: number): number =>
  momentsOfWall(timeZone, wall)[0] ?? wall - offsetMs(timeZone, wall - DAY_MS);

/** The parts of a wall time as milliseconds; `undefined` when there is no such date or time of day. */
export function wallOf(
  year: number,
  month: number,
  day: number,
  [hour = 0, minute = 0, second = 0]: readonly number[] = [],
): number | undefined {
  const wall = Date.UTC(year, month - 1, day, hour, minute, second);
  const date = new Date(wall);
  const isDate = date.getUTCMonth() === month - 1 && (date.getUTCDate() === day || hour === 24);
  return isDate && hour <= 24 && minute <= 59 && second <= 59 ? wall : undefined;
}

function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known) return known;
  const zone = { format: formatOf(timeZone), offsets: new Map<number, number>() };
  zones.set(timeZone, zone);
  return zone;
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZoneName: "longOffset", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }); // as said above
  }
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes, seconds = 0] =
    /GMT([+-])(\d\d):(\d\d)(?::(\d\d))?/.exec(name) ?? [];
  if (!sign) return 0;
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS + Number(seconds) * SECOND_MS;
  return sign === "-" ? -ms : ms;
}
