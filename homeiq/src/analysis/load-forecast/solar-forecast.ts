import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { HOUR_MS } from "#foundation/time.ts";

export interface SolarSlot {
  readonly start: number;
  readonly end: number;
  readonly kwh: number;
}

const Reply = z.record(
  z.string(),
  z.looseObject({ wh_hours: z.record(z.string(), z.number().nullable()).optional() }),
);

/** Home Assistant's `energy/solar_forecast`, all roofs together by the hour; empty when none is set up. */
export function readSolarForecast(reply: unknown): SolarSlot[] {
  const parsed = Reply.safeParse(reply ?? {});
  if (!parsed.success) {
    throw new AppError(
      "internal",
      "energy.solar_forecast",
      "The solar forecast is not understood",
      {
        cause: parsed.error,
      },
    );
  }
  const hours = new Map<number, number>();
  for (const { wh_hours: roof = {} } of Object.values(parsed.data)) {
    for (const [moment, wh] of Object.entries(roof)) {
      const at = Date.parse(moment);
      if (Number.isNaN(at) || wh === null) continue;
      const start = Math.floor(at / HOUR_MS) * HOUR_MS;
      hours.set(start, (hours.get(start) ?? 0) + wh / 1_000);
    }
  }
  return [...hours]
    .map(([start, kwh]) => ({ start, end: start + HOUR_MS, kwh }))
    .sort((one, other) => one.start - other.start);
}
