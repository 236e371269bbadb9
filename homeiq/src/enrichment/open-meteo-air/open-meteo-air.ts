import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson, readShape } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { AVERAGING_HOURS, toAirFacts, toPart } from "../air-quality/air-quality.ts";
import type { AirFacts, Place, Pollutant, Provider } from "../provider.ts";

/** Open-Meteo's names. */
const FIELDS: readonly (readonly [Pollutant, string])[] = [
  ["pm2_5", "pm2_5"],
  ["pm10", "pm10"],
  ["o3", "ozone"],
  ["no2", "nitrogen_dioxide"],
  ["so2", "sulphur_dioxide"],
  ["co", "carbon_monoxide"],
];
const LEAST_PART = 0.75; // the EPA counts a mean when so much of its hours is known
const MICROGRAMS = /^[μµ]g\/m[³3]$/;

const Value = z.number().max(1e6).nullable(); // no air holds a gram per cubic meter
const Seconds = z.number().int().max(1e11); // as milliseconds no date would be left

const Answer = z.object({
  current: z.record(z.string(), z.unknown()).and(z.object({ time: Seconds })),
  current_units: z.record(z.string(), z.string()),
  hourly: z
    .object({ time: z.array(Seconds) })
    .catchall(z.array(Value))
    .optional(),
});

/**
 * Air quality of a model of the atmosphere (CAMS), everywhere: 11 km in Europe, 45 km elsewhere. No station measured it.
 *
 * Source: https://open-meteo.com/en/docs/air-quality-api. Needs no key; 10,000 calls a day are free.
 */
export function createOpenMeteoAir({
  place,
  baseUrl = "https://air-quality-api.open-meteo.com/",
}: {
  place: Place;
  baseUrl?: string;
}): Provider<AirFacts> {
  const names = FIELDS.map(([, name]) => name).join(",");
  return {
    name: "open-meteo-air",
    topic: "air",
    maxAgeMs: HOUR_MS,
    mostPerDay: 1_000,

    async fetch(signal) {
      const url = new URL("v1/air-quality", baseUrl);
      url.searchParams.set("latitude", String(place.latitude));
      url.searchParams.set("longitude", String(place.longitude));
      url.searchParams.set("current", `european_aqi,${names}`);
      url.searchParams.set("hourly", names);
      url.searchParams.set("past_hours", "24");
      url.searchParams.set("forecast_hours", "1");
      url.searchParams.set("timeformat", "unixtime");
      return readOpenMeteoAir(await askServer(url, { signal }));
    },
  };
}

type Answer = z.output<typeof Answer>;

/**
 * Indexes from the concentrations, each over the hours that the EPA asks for: Open-Meteo's own index is not by the
 * breakpoints of 2024. Where the hours are not in the answer, the current value stands for them.
 */
export function readOpenMeteoAir(reply: Reply): AirFacts {
  const answer = readJson(reply, Answer);
  const parts = FIELDS.flatMap(([pollutant, name]) => {
    const current = readCurrent(answer, name);
    const mean = meanOf(answer, { name, hours: AVERAGING_HOURS[pollutant] }) ?? current;
    if (mean === undefined) return [];
    const hour =
      pollutant === "o3" && current !== undefined
        ? { other: { averaging: "1h" as const, microgramsPerM3: current } }
        : {};
    return [toPart({ pollutant, microgramsPerM3: mean, ...hour })];
  });
  const european = answer.current.european_aqi;
  return {
    ...toAirFacts({ at: answer.current.time * 1000, parts }),
    ...(typeof european === "number" && european >= 0 && european < 1e4
      ? { europeanAqi: european }
      : {}),
  };
}

function readCurrent({ current, current_units: units }: Answer, name: string): number | undefined {
  const value = readShape(current[name] ?? null, Value);
  if (value === null || value < 0) return undefined;
  const unit = units[name] ?? "";
  if (!MICROGRAMS.test(unit)) {
    throw new AppError("internal", "air.unit", `The concentration has an unknown unit: ${unit}`, {
      facts: { name, unit },
    });
  }
  return value;
}

/** The mean of the last hours up to now; `undefined` when too few are known. */
function meanOf(
  { hourly, current }: Answer,
  { name, hours }: { readonly name: string; readonly hours: number },
): number | undefined {
  const values = hourly?.[name];
  if (!hourly || !values) return undefined;
  const since = current.time - hours * 3600;
  const known = hourly.time.flatMap((time, index) => {
    const value = values[index];
    const counts = time > since && time <= current.time && typeof value === "number" && value >= 0;
    return counts ? [value] : [];
  });
  if (known.length < hours * LEAST_PART) return undefined;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
