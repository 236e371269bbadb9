import { forecastLoad } from "#src/analysis/load-forecast/load-forecast.ts";
import type { Household } from "./households.ts";

export interface Errors {
  readonly name: string;
  readonly days: number;
  readonly origins: number;
  readonly slots: number;
  /** kWh of a slot. */
  readonly mae: number;
  readonly lastWeekMae: number;
  readonly lastDayMae: number;
  readonly rmse: number;
  readonly naiveRmse: number;
  /** Mean loss of the tenth, the middle and the ninth tenth. */
  readonly pinball: number;
  readonly naivePinball: number;
  /** Share of slots within the interval of 80 %. */
  readonly coverage: number;
}

const HOUR_MS = 3_600_000;
const EVERY_MS = 12 * HOUR_MS;
const HORIZON_MS = 48 * HOUR_MS;
const FIRST_MS = 72 * HOUR_MS;

/** At noon and midnight after the third day: forecast 48 hours with what was known then, compare with what came. */
export function rollingOrigin(
  { name, slotMs, slots }: Household,
  timeZone = "UTC",
): Errors | undefined {
  const [first, last] = [slots[0]?.start ?? 0, slots.at(-1)?.start ?? 0];
  const came = new Map(slots.map(({ start, kwh }) => [start, kwh]));
  const sums = { origins: 0, n: 0, mae: 0, square: 0, pinball: 0, within: 0 };
  const naive = { n: 0, mae: 0, square: 0, pinball: 0, week: 0, weekN: 0, day: 0, dayN: 0 };
  const begin = Math.ceil((first + FIRST_MS) / EVERY_MS) * EVERY_MS;
  for (let from = begin; from < last; from += EVERY_MS) {
    const forecast = forecastLoad({
      past: slots.filter(({ start }) => start < from),
      slotMs,
      from,
      timeZone,
    });
    if (forecast.verdict !== "forecast") continue;
    sums.origins += 1;
    for (const slot of forecast.slots) {
      const kwh = came.get(slot.start);
      const simple = slot.lastWeekKwh ?? slot.lastDayKwh;
      if (kwh === undefined || simple === undefined || slot.start >= from + HORIZON_MS) continue;
      sums.n += 1;
      sums.mae += Math.abs(kwh - slot.kwh);
      sums.square += (kwh - slot.meanKwh) ** 2;
      sums.pinball +=
        (loss(kwh, slot.lowKwh, 0.1) + loss(kwh, slot.kwh, 0.5) + loss(kwh, slot.highKwh, 0.9)) / 3;
      sums.within += kwh >= slot.lowKwh && kwh <= slot.highKwh ? 1 : 0;
      naive.mae += Math.abs(kwh - simple);
      naive.square += (kwh - simple) ** 2;
      naive.pinball +=
        (loss(kwh, simple, 0.1) + loss(kwh, simple, 0.5) + loss(kwh, simple, 0.9)) / 3;
      if (slot.lastWeekKwh !== undefined) {
        naive.week += Math.abs(kwh - slot.lastWeekKwh);
        naive.weekN += 1;
      }
      if (slot.lastDayKwh !== undefined) {
        naive.day += Math.abs(kwh - slot.lastDayKwh);
        naive.dayN += 1;
      }
    }
  }
  if (sums.n === 0) return undefined;
  return {
    name,
    days: (slots.length * slotMs) / (24 * HOUR_MS),
    origins: sums.origins,
    slots: sums.n,
    mae: sums.mae / sums.n,
    lastWeekMae: naive.week / naive.weekN,
    lastDayMae: naive.day / naive.dayN,
    rmse: Math.sqrt(sums.square / sums.n),
    naiveRmse: Math.sqrt(naive.square / sums.n),
    pinball: sums.pinball / sums.n,
    naivePinball: naive.pinball / sums.n,
    coverage: sums.within / sums.n,
  };
}

const loss = (came: number, said: number, share: number) =>
  came >= said ? share * (came - said) : (1 - share) * (said - came);
