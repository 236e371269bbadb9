import { z } from "zod";

const Units = z.record(z.string(), z.string()).optional();
const Column = z.array(z.union([z.number(), z.string(), z.null()]));
/** Columns of one length; `time` is always there, the others are what was asked for. */
const Table = z.looseObject({ time: Column.min(1) });

/** Newer bodies say `wind_speed_10m` and `current`, older ones `windspeed_10m` and `current_weather`. */
export const OpenMeteoForecast = z
  .object({
    utc_offset_seconds: z.number().default(0),
    current: z.looseObject({ time: z.union([z.number(), z.string()]) }).optional(),
    current_units: Units,
    current_weather: z
      .looseObject({ time: z.union([z.number(), z.string()]), temperature: z.number() })
      .optional(),
    current_weather_units: Units,
    hourly: Table.optional(),
    hourly_units: Units,
    daily: Table.optional(),
    daily_units: Units,
  })
  .refine(({ current, current_weather, hourly }) => current ?? current_weather ?? hourly, {
    message: "neither the weather now nor that of hours",
    path: ["current"],
  });

export type OpenMeteoForecast = z.infer<typeof OpenMeteoForecast>;
