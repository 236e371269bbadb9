import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { present } from "#foundation/absent.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { energyIn, type PowerSeries } from "./series.ts";

/** Where the energy of whole measured days came from, in kilowatt hours. A source without a sensor is absent. */
export interface HouseFlow {
  /** The days that count, oldest first: `2026-11-27`. */
  readonly days: readonly string[];
  readonly hours: number;
  readonly importKwh: number;
  readonly exportKwh: number;
  readonly solarKwh?: number;
  readonly batteryOutKwh?: number;
  readonly batteryInKwh?: number;
}

export interface FlowQuestion {
  readonly from: number;
  readonly to: number;
  readonly days: LocalDays;
  /** Into the house; what leaves it is below zero. */
  readonly grid: PowerSeries;
  readonly solar?: PowerSeries;
  readonly battery?: PowerSeries;
}

const SLOT_MS = 5 * MINUTE_MS; // within it power that goes in and out again counts as neither
const LEAST_COVERED = 0.95; // of a day; less, and what the devices used cannot be compared with it

/** Absent unless the meter has measured a day, or today so far, nearly whole. */
export function flowOf(question: FlowQuestion): HouseFlow | undefined {
  const { solar, battery } = question;
  const measured = daysOf(question).flatMap((day) => measure(day, question) ?? []);
  if (measured.length === 0) return undefined;
  const sum = (pick: (day: MeasuredDay) => number) =>
    measured.reduce((total, day) => total + pick(day), 0);
  return {
    days: measured.map(({ day }) => day),
    hours: sum(({ hours }) => hours),
    importKwh: sum(({ importKwh }) => importKwh),
    exportKwh: sum(({ exportKwh }) => exportKwh),
    ...present("solarKwh", solar && sum(({ solarKwh }) => solarKwh)),
    ...present("batteryOutKwh", battery && sum(({ batteryOutKwh }) => batteryOutKwh)),
    ...present("batteryInKwh", battery && sum(({ batteryInKwh }) => batteryInKwh)),
  };
}

interface Day {
  readonly day: string;
  readonly start: number;
  readonly end: number;
}

interface MeasuredDay {
  readonly day: string;
  readonly hours: number;
  readonly importKwh: number;
  readonly exportKwh: number;
  readonly solarKwh: number;
  readonly batteryOutKwh: number;
  readonly batteryInKwh: number;
}

/** Local days, those at the edges of the range as far as they lie in it. */
function daysOf({ from, to, days }: FlowQuestion): Day[] {
  const found: Day[] = [];
  for (let start = from; start < to; ) {
    const end = Math.min(to, days.nextAt(start, 0));
    const day = new Date(days.wallTime(start).day * DAY_MS).toISOString().slice(0, 10);
    found.push({ day, start, end });
    start = end;
  }
  return found;
}

function measure({ day, start, end }: Day, { grid, solar, battery }: FlowQuestion) {
  const sums = { importKwh: 0, exportKwh: 0, solarKwh: 0, batteryOutKwh: 0, batteryInKwh: 0 };
  let covered = 0;
  for (let at = start; at < end; at += SLOT_MS) {
    const until = Math.min(at + SLOT_MS, end);
    const meter = energyIn(grid, at, until);
    const sun = solar && energyIn(solar, at, until);
    const store = battery && energyIn(battery, at, until);
    // An inverter is away at night, when it makes nothing. While the house gives energy it cannot be so.
    if (sun?.coveredMs === 0 && meter.kwh < 0) return undefined;
    if (store?.coveredMs === 0 && meter.coveredMs > 0) return undefined;
    covered += meter.coveredMs;
    sums.importKwh += Math.max(0, meter.kwh);
    sums.exportKwh += Math.max(0, -meter.kwh);
    sums.solarKwh += Math.max(0, sun?.kwh ?? 0);
    sums.batteryOutKwh += Math.max(0, store?.kwh ?? 0);
    sums.batteryInKwh += Math.max(0, -(store?.kwh ?? 0));
  }
  if (covered < LEAST_COVERED * (end - start)) return undefined;
  return { day, hours: (end - start) / HOUR_MS, ...sums } satisfies MeasuredDay;
}
