import { DAY_MS } from "#foundation/time.ts";
import { type ForecastQuestion, forecastLoad } from "./forecast.ts";

/** How far forecasts of the last days were from what came, on average of all slots; the baseline's beside it. */
export interface ForecastErrors {
  /** How many forecasts were made again, each with what was known then. */
  readonly forecasts: number;
  readonly slots: number;
  readonly meanKwh: number;
  /** Of seasonal-naive: the same time a week before, or a day before where that was not measured. */
  readonly naiveMeanKwh: number;
}

const DAYS = 14;

/** Absent when nothing of the last two weeks can be compared. */
export function measureForecast(question: ForecastQuestion): ForecastErrors | undefined {
  const { past, from } = question;
  const came = new Map(past.map(({ start, kwh }) => [start, kwh]));
  let [forecasts, slots, sum, naiveSum] = [0, 0, 0, 0];
  for (let back = DAYS; back >= 1; back -= 1) {
    const forecast = forecastLoad({ ...question, from: from - back * DAY_MS });
    if (forecast.verdict !== "forecast") continue;
    const before = slots;
    for (const { start, kwh, lastWeekKwh, lastDayKwh } of forecast.slots) {
      const was = start < from ? came.get(start) : undefined;
      const naive = lastWeekKwh ?? lastDayKwh;
      if (was === undefined || naive === undefined) continue;
      slots += 1;
      sum += Math.abs(kwh - was);
      naiveSum += Math.abs(naive - was);
    }
    if (slots > before) forecasts += 1;
  }
  if (slots === 0) return undefined;
  return { forecasts, slots, meanKwh: sum / slots, naiveMeanKwh: naiveSum / slots };
}
