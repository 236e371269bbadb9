const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A moment as a clock on the wall of the house shows it. */
export interface LocalTime {
  /** Minutes since local midnight, with fraction. */
  readonly minuteOfDay: number;
  /** 0 Sunday to 6 Saturday. */
  readonly weekday: number;
  readonly dayOfYear: number;
  /** Local date, `2026-09-01`. */
  readonly date: string;
}

/** Converts between moments and the wall clock of one time zone. */
export interface LocalCalendar {
  readonly timeZone: string;
  at(ms: number): LocalTime;
  /** The moment of a minute of the local day that holds `ms`; may lie before or after `ms`. */
  momentOf(ms: number, minuteOfDay: number): number;
  /** ISO text with the zone's offset. */
  iso(ms: number): string;
}

export function createLocalCalendar(timeZone: string): LocalCalendar {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const offsets = new Map<number, number>();

  function offsetAt(ms: number): number {
    const hour = Math.floor(ms / HOUR_MS);
    const known = offsets.get(hour);
    if (known !== undefined) return known;
    const parts = new Map(
      format.formatToParts(hour * HOUR_MS).map(({ type, value }) => [type, Number(value)]),
    );
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const local = Date.UTC(
      part("year"),
      part("month") - 1,
      part("day"),
      part("hour"),
      part("minute"),
    );
    const offset = local - hour * HOUR_MS;
    if (offsets.size > 5000) offsets.clear();
    offsets.set(hour, offset);
    return offset;
  }

  return {
    timeZone,
    at(ms) {
      const local = ms + offsetAt(ms);
      const midnight = Math.floor(local / DAY_MS) * DAY_MS;
      const day = new Date(midnight);
      return {
        minuteOfDay: (local - midnight) / 60_000,
        weekday: day.getUTCDay(),
        dayOfYear: Math.round((midnight - Date.UTC(day.getUTCFullYear(), 0, 1)) / DAY_MS) + 1,
        date: day.toISOString().slice(0, 10),
      };
    },
    momentOf(ms, minuteOfDay) {
      const local = ms + offsetAt(ms);
      const wanted = Math.floor(local / DAY_MS) * DAY_MS + minuteOfDay * 60_000;
      const guess = wanted - offsetAt(ms);
      return wanted - offsetAt(guess);
    },
    iso(ms) {
      const offset = offsetAt(ms);
      const minutes = Math.abs(offset / 60_000);
      const pad = (value: number) => String(Math.floor(value)).padStart(2, "0");
      const text = new Date(ms + offset).toISOString().slice(0, 19);
      return `${text}${offset < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
    },
  };
}
