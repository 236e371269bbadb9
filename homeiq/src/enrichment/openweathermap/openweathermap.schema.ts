import { z } from "zod";

const Condition = z.array(z.object({ id: z.number(), icon: z.string().optional() })).optional();
const Amount = z
  .union([z.number(), z.object({ "1h": z.number().optional(), "3h": z.number().optional() })])
  .optional();

const dt = z.number().int().positive();

/** One moment of the 2.5 interface: the weather now, or an entry of the forecast. */
export const Moment25 = z.object({
  dt,
  main: z.object({
    temp: z.number(),
    feels_like: z.number().optional(),
    pressure: z.number().optional(),
    sea_level: z.number().optional(),
    humidity: z.number().optional(),
  }),
  weather: Condition,
  clouds: z.object({ all: z.number().optional() }).optional(),
  wind: z.object({ speed: z.number(), deg: z.number(), gust: z.number() }).partial().optional(),
  rain: Amount,
  snow: Amount,
  pop: z.number().optional(),
});

export const Forecast25 = z.object({ list: z.array(Moment25) });

/** One moment of One Call 3.0, now or an hour. */
export const MomentOneCall = z.object({
  dt,
  temp: z.number(),
  feels_like: z.number().optional(),
  pressure: z.number().optional(),
  humidity: z.number().optional(),
  uvi: z.number().optional(),
  clouds: z.number().optional(),
  wind_speed: z.number().optional(),
  wind_deg: z.number().optional(),
  wind_gust: z.number().optional(),
  weather: Condition,
  rain: Amount,
  snow: Amount,
  pop: z.number().optional(),
});

export const DayOneCall = z.object({
  dt,
  temp: z.object({ min: z.number(), max: z.number() }),
  weather: Condition,
  rain: z.number().optional(),
  snow: z.number().optional(),
});

export const MinuteOneCall = z.object({ dt, precipitation: z.number() });

export const OneCall = z
  .object({
    current: MomentOneCall.optional(),
    minutely: z.array(MinuteOneCall).default([]),
    hourly: z.array(MomentOneCall).default([]),
    daily: z.array(DayOneCall).default([]),
  })
  .refine(({ current, hourly, daily }) => current ?? hourly[0] ?? daily[0], {
    message: "neither the weather now nor a forecast",
    path: ["current"],
  });

/** The status stands in the body too, as a number or as text. */
export const Coded = z.object({ cod: z.coerce.number() });
