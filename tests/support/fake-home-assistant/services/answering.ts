import type { Core } from "../model/core.ts";

/** Weather forecast of one place, made from its weather now. */
export function forecastOf(
  { entities, clock, calendar }: Core,
  entityId: string,
  type: "daily" | "hourly" | "twice_daily",
) {
  const now = entities.get(entityId);
  const temperature = Number(now?.moving.temperature ?? 12);
  const stepMs = { daily: 86_400_000, hourly: 3_600_000, twice_daily: 43_200_000 }[type];
  const length = type === "hourly" ? 48 : 7;
  const start = Math.ceil(clock.now() / 3_600_000) * 3_600_000;
  const conditions = ["partlycloudy", "sunny", "cloudy", "rainy"];
  return Array.from({ length }, (_, index) => {
    const at = start + index * stepMs;
    const wave = Math.sin((calendar.at(at).minuteOfDay / 1440 - 0.3) * 2 * Math.PI) * 4;
    const warmth = Math.round((temperature + (type === "hourly" ? wave : index % 3)) * 10) / 10;
    const isRain = index % 4 === 3;
    return {
      datetime: new Date(at).toISOString().replace(".000Z", "+00:00"),
      condition: conditions[index % 4] ?? "cloudy",
      temperature: warmth,
      ...(type === "hourly" ? {} : { templow: Math.round((warmth - 6) * 10) / 10 }),
      precipitation: isRain ? 2.4 : 0,
      precipitation_probability: isRain ? 70 : 10,
      wind_speed: 9.4,
      wind_bearing: 240,
      humidity: 65,
      ...(type === "twice_daily" ? { is_daytime: index % 2 === 0 } : {}),
    };
  });
}

/** The family's calendar: something each weekday, and the bins. Local dates and times. */
export function calendarEvents({ calendar }: Core, range: { start: number; end: number }) {
  const DAY_MS = 86_400_000;
  const events: {
    start: { dateTime: string } | { date: string };
    end: { dateTime: string } | { date: string };
    summary: string;
  }[] = [];
  for (let day = range.start - DAY_MS; day < range.end; day += DAY_MS) {
    const { weekday, date } = calendar.at(day);
    const timed = (summary: string, from: number, to: number) => {
      const [start, end] = [calendar.momentOf(day, from), calendar.momentOf(day, to)];
      if (end <= range.start || start >= range.end) return;
      events.push({
        start: { dateTime: calendar.iso(start) },
        end: { dateTime: calendar.iso(end) },
        summary,
      });
    };
    if (weekday === 1) timed("Football practice", 1050, 1140);
    if (weekday === 3) timed("Piano lesson", 960, 1005);
    if (weekday === 6) timed("Grocery shopping", 600, 690);
    if (weekday === 2 && calendar.momentOf(day, 0) >= range.start - DAY_MS) {
      const tomorrow = calendar.at(day + DAY_MS).date;
      events.push({ start: { date }, end: { date: tomorrow }, summary: "Waste paper" });
    }
  }
  return events;
}

/** Services that answer with data. */
export function registerAnswering(core: Core): void {
  const { services, clock } = core;
  services.register("weather", "get_forecasts", {
    fields: { type: "string!" },
    target: ["weather"],
    response: "only",
    run: ({ entities, data }) =>
      Object.fromEntries(
        entities.map(({ entityId }) => {
          const type = data.type === "hourly" ? "hourly" : "daily";
          return [entityId, { forecast: forecastOf(core, entityId, type) }];
        }),
      ),
  });
  services.register("calendar", "get_events", {
    fields: { start_date_time: "string", end_date_time: "string", duration: "any" },
    target: ["calendar"],
    response: "only",
    run({ entities, data }) {
      const start = Date.parse(String(data.start_date_time ?? "")) || clock.now();
      const end = Date.parse(String(data.end_date_time ?? "")) || start + 7 * 86_400_000;
      const events = calendarEvents(core, { start, end }).map((event) => ({
        start: Object.values(event.start)[0],
        end: Object.values(event.end)[0],
        summary: event.summary,
      }));
      return Object.fromEntries(entities.map(({ entityId }) => [entityId, { events }]));
    },
  });
}
