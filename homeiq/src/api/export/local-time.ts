import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";

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

// Every offset in use since 1970 changes on a quarter of an hour.
const QUARTER_MS = 15 * MINUTE_MS;

/** An unknown zone counts as UTC: Home Assistant's own is always known. */
export function createLocalTime(timeZone: string): LocalTime {
  const parts = formatOf(timeZone);
  let quarter = Number.NaN;
  let offset = 0;
  let suffix = "Z";
  let day = Number.NaN;
  let dateText = "";

  function offsetMs(at: number): number {
    const wanted = Math.floor(at / QUARTER_MS);
    if (wanted !== quarter) {
      quarter = wanted;
      offset = readOffset(parts, wanted * QUARTER_MS);
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
    timeZone: parts.resolvedOptions().timeZone,
    offsetMs,
    iso: (at) =>
      `${date(at)}T${secondsOf(at)}.${String(mod(Math.floor(at), 1000)).padStart(3, "0")}${suffix}`,
    clock: (at) => `${date(at)} ${secondsOf(at)}`,
    date,
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const options = { timeZoneName: "longOffset", hourCycle: "h23" } as const;
  try {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat("en-US", { ...options, timeZone: "UTC" }); // see above
  }
}

function readOffset(format: Intl.DateTimeFormat, at: number): number {
  const name = format.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  if (!sign) return 0;
  const ms = (Number(hours) * 60 + Number(minutes)) * MINUTE_MS;
  return sign === "-" ? -ms : ms;
}

function toSuffix(offset: number): string {
  const minutes = Math.abs(offset) / MINUTE_MS;
  return `${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

const two = (value: number) => (value < 10 ? `0${value}` : String(value));
const mod = (value: number, by: number) => ((value % by) + by) % by;
