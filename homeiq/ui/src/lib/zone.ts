const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MONTH_MS = 30.5 * DAY_MS; // on average

/** A moment as the clock on the wall of the house shows it. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The clock of a house: from moments to the wall, and back. */
export function createZone(timeZone: string) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });

  function toWall(at: number): WallTime {
    const found = Object.fromEntries(
      parts.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found;
    return { year, month, day, hour, minute };
  }

  /** What the wall is ahead of UTC at this moment. */
  function offsetMs(at: number): number {
    const { year, month, day, hour, minute } = toWall(at);
    return Date.UTC(year, month - 1, day, hour, minute) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
  }

  /** The moment when the wall shows this; days and months may run over. In a skipped hour: just after it. */
  function fromWall({ year, month, day, hour, minute }: WallTime): number {
    const asUtc = Date.UTC(year, month - 1, day, hour, minute);
    const guess = asUtc - offsetMs(asUtc);
    const better = asUtc - offsetMs(guess);
    return offsetMs(better) === asUtc - better ? better : guess;
  }

  return { toWall, fromWall, offsetMs };
}

export type Zone = ReturnType<typeof createZone>;

export interface Tick {
  readonly at: number;
  /** A new day (or month, or year) begins here. */
  readonly isMajor: boolean;
  /** How far the next one is, roughly: decides how it is written. */
  readonly step: "minutes" | "day" | "month" | "year";
}

const MINUTES = [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720];
const DAYS = [1, 2, 3, 4, 7, 14];
const MONTHS = [1, 2, 3, 6, 12];

/** Marks of a time axis at round moments of the house's clock, at most `most` of them. */
export function ticksOf(
  { from, to }: { readonly from: number; readonly to: number },
  { zone, most }: { readonly zone: Zone; readonly most: number },
): Tick[] {
  const smallest = (to - from) / Math.max(1, most);
  const minutes = MINUTES.find((step) => step * MINUTE_MS >= smallest);
  if (minutes !== undefined) return minuteTicks({ from, to }, { zone, minutes });
  const days = DAYS.find((step) => step * DAY_MS >= smallest);
  if (days !== undefined) return dayTicks({ from, to }, { zone, days });
  const months = MONTHS.find((step) => step * MONTH_MS >= smallest) ?? 12;
  return monthTicks({ from, to }, { zone, months });
}

type Span = { readonly from: number; readonly to: number };

function minuteTicks(
  { from, to }: Span,
  { zone, minutes }: { zone: Zone; minutes: number },
): Tick[] {
  const found: Tick[] = [];
  const start = zone.toWall(from);
  // Day by day, so that each begins at midnight also when a clock change makes it shorter or longer.
  for (let day = start.day; ; day += 1) {
    const midnight = zone.fromWall({ ...start, day, hour: 0, minute: 0 });
    if (midnight >= to) return found;
    for (let minute = 0; minute < 1440; minute += minutes) {
      const at = zone.fromWall({ ...start, day, hour: 0, minute });
      const isDoubled = found.at(-1)?.at === at;
      if (at >= from && at < to && !isDoubled) {
        found.push({ at, isMajor: minute === 0, step: "minutes" });
      }
    }
  }
}

function dayTicks({ from, to }: Span, { zone, days }: { zone: Zone; days: number }): Tick[] {
  const found: Tick[] = [];
  const start = zone.toWall(from);
  for (let day = start.day; ; day += days) {
    const at = zone.fromWall({ ...start, day, hour: 0, minute: 0 });
    if (at >= to) return found;
    if (at >= from) found.push({ at, isMajor: zone.toWall(at).day === 1, step: "day" });
  }
}

function monthTicks({ from, to }: Span, { zone, months }: { zone: Zone; months: number }): Tick[] {
  const found: Tick[] = [];
  const start = zone.toWall(from);
  const first = Math.floor((start.month - 1) / months) * months + 1;
  for (let month = first; ; month += months) {
    const at = zone.fromWall({ year: start.year, month, day: 1, hour: 0, minute: 0 });
    if (at >= to) return found;
    const isJanuary = zone.toWall(at).month === 1;
    if (at >= from) found.push({ at, isMajor: isJanuary, step: isJanuary ? "year" : "month" });
  }
}
