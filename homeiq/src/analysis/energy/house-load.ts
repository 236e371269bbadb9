import type { LoadSlot } from "#analysis/load-forecast/load-forecast.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { EnergyHistory } from "./read-devices.ts";
import type { PowerSeries } from "./series.ts";

interface Span {
  readonly from: number;
  readonly to: number;
}

export const QUARTER_MS = 15 * MINUTE_MS;
const SLOT_COVER = 0.6;

/** Means of five minutes: enough for a night, or a forecast. */
export async function readMeans(
  history: EnergyHistory,
  span: Span,
  meter: string,
): Promise<PowerSeries> {
  const [found] = await history.statistics({
    ...{ entityIds: [meter], ...span, period: "5minute", timeZone: "UTC" },
  });
  const rows = (found?.rows ?? []).filter(
    (row) => (row.timeWeightedMean ?? row.mean) !== undefined,
  );
  const factor = found?.unit === "kW" ? 1_000 : 1;
  return {
    at: Float64Array.from(rows, ({ start }) => start),
    powerW: Float64Array.from(rows, (row) => (row.timeWeightedMean ?? row.mean ?? 0) * factor),
  };
}

/** The house's power by the first of its sources; where that has nothing, by the next. */
export async function readHouse(
  history: EnergyHistory,
  span: Span,
  sources: readonly string[],
): Promise<PowerSeries | undefined> {
  const known = sources.filter((entityId) => history.entities.find(entityId));
  if (known.length === 0) return undefined;
  const all = await Promise.all(known.map((entityId) => readMeans(history, span, entityId)));
  if (all.length === 1) return all[0];
  const means = new Map<number, number>();
  for (const { at, powerW } of all.toReversed()) {
    for (const [row, moment] of at.entries()) means.set(moment, powerW[row] as number);
  }
  const rows = [...means].sort(([one], [other]) => one - other);
  return {
    at: Float64Array.from(rows, ([at]) => at),
    powerW: Float64Array.from(rows, ([, watts]) => watts),
  };
}

/** Quarter hours of which the most was measured. */
export function toSlots({ at, powerW }: PowerSeries): LoadSlot[] {
  const slots = new Map<number, number[]>();
  for (const [row, moment] of at.entries()) {
    const start = Math.floor(moment / QUARTER_MS) * QUARTER_MS;
    const known = slots.get(start);
    if (known) known.push(powerW[row] ?? 0);
    else slots.set(start, [powerW[row] ?? 0]);
  }
  return [...slots].flatMap(([start, values]) => {
    if (values.length < SLOT_COVER * 3) return [];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return [{ start, kwh: (mean * QUARTER_MS) / (1_000 * HOUR_MS) }];
  });
}
