import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { knownZone, offsetMs as offsetOf, QUARTER_MS } from "#foundation/wall-time.ts";

/** Moments as the house's clocks show them, fast enough for millions of rows. */
export interface LocalTime {
  readonly timeZone: string;
  /** What to add to UTC, milliseconds. */
  offsetMs(at: number): number;
  /** `2026-11-24T13:00:00.123+01:00` */
  iso(at: number): string;
  /** `2026-11-24 13:00:00` */
  clock(at: number): string;
  /** `2026-11-24` */
  date(at: number): string;
}

/** An unknown zone counts as UTC: Home Assistant's own is always known. */
export function createLocalTime(timeZone: string): LocalTime {
  let quarter = Number.NaN;
  let offset = 0;
  let suffix = "Z";
  let day = Number.NaN;
  let dateText = "";

  function offsetMs(at: number): number {
    const wanted = Math.floor(at / QUARTER_MS);
    if (wanted !== quarter) {
      quarter = wanted;
      offset = offsetOf(timeZone, at);
      suffix = toSuffix(offset);
    }
    return offset;
  }

  function date(at: number): string {
    const local = at + offsetMs(at);
    const wanted = Math.floor(local / DAY_MS);
    if (wanted !== day) {
      day = wanted;
      dateText = new Date(wanted * DAY_MS).toISOString().slice(0, 10);
    }
    return dateText;
  }

  function secondsOf(at: number): string {
    const seconds = Math.floor(mod(at + offsetMs(at), DAY_MS) / 1000);
    return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  }

  return {
    timeZone: knownZone(timeZone),
    offsetMs,
    iso: (at) =>
      `${date(at)}T${secondsOf(at)}.${String(mod(Math.floor(at), 1000)).padStart(3, "0")}${suffix}`,
    clock: (at) => `${date(at)} ${secondsOf(at)}`,
    date,
  };
}

function toSuffix(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));
const mod = (value: number, by: number) => ((value % by) + by) % by;
