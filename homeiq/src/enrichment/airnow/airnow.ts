import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, parseJson, type Reply, readShape, refuseBadStatus } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { toAirFacts } from "../air-quality/air-quality.ts";
import { atLocal } from "../curve/curve.ts";
import type { AirFacts, Place, Pollutant, Provider } from "../provider.ts";
import { hideKeys, toVendorText } from "../vendor-text.ts";

const MILES = "50"; // as far as AirNow itself calls a station near

const NAMES: Readonly<Record<string, Pollutant>> = {
  O3: "o3",
  OZONE: "o3",
  "PM2.5": "pm2_5",
  PM10: "pm10",
  NO2: "no2",
  SO2: "so2",
  CO: "co",
};
/** Hours from UTC, of the zones in which AirNow has stations. */
const ZONES: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  AST: -4,
  ADT: -3,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
  SST: -11,
  CHST: 10,
};

const Rows = z.array(
  z.object({
    DateObserved: z.string().trim().pipe(z.iso.date()),
    HourObserved: z.number().int().min(0).max(23),
    LocalTimeZone: z.string(),
    ParameterName: z.string(),
    AQI: z.number().max(10_000).nullable(),
  }),
);
const Problem = z.object({ WebServiceError: z.array(z.object({ Message: z.string() })).min(1) });

/**
 * What the stations of the US EPA and its partners measure, as indexes by pollutant.
 *
 * Source: https://docs.airnowapi.org/CurrentObservationsByLatLon/docs. Needs a key; at most 500 calls an hour.
 */
export function createAirNow({
  key,
  place,
  baseUrl = "https://www.airnowapi.org/",
}: {
  key: string;
  place: Place;
  baseUrl?: string;
}): Provider<AirFacts> {
  return {
    name: "airnow",
    topic: "air",
    maxAgeMs: HOUR_MS,
    mostPerDay: 12_000,

    async fetch(signal) {
      const url = new URL("aq/observation/latLong/current/", baseUrl);
      url.searchParams.set("format", "application/json");
      url.searchParams.set("latitude", String(place.latitude));
      url.searchParams.set("longitude", String(place.longitude));
      url.searchParams.set("distance", MILES);
      url.searchParams.set("API_KEY", key);
      const reply = hideKeys(await askServer(url, { signal }), [key]);
      return readAirNow(reply, place.timeZone);
    },
  };
}

/** `timeZone` is used for a row whose zone's abbreviation is not known. */
export function readAirNow(reply: Reply, timeZone = "UTC"): AirFacts {
  refuseBadStatus(reply);
  const answer = parseJson(reply.text);
  const problem = Problem.safeParse(answer);
  if (problem.success) throw toError(problem.data.WebServiceError[0]?.Message ?? "");
  const rows = readShape(answer, Rows);
  if (rows.length === 0) {
    throw new AppError("unavailable", "airnow.no_station", "There is no station near", {
      facts: { miles: Number(MILES) },
    });
  }
  const known = rows.flatMap(({ AQI, ParameterName, ...row }) => {
    const pollutant = NAMES[ParameterName.toUpperCase().trim()];
    // -1 is AirNow's word for "not known".
    return pollutant && AQI !== null && AQI >= 0
      ? [{ pollutant, aqi: AQI, at: toMoment(row, timeZone) }]
      : [];
  });
  return toAirFacts({
    at: known.reduce((last, { at }) => Math.max(last, at), 0),
    parts: known.map(({ pollutant, aqi }) => ({ pollutant, aqi })),
  });
}

function toMoment(
  row: Pick<z.output<typeof Rows>[number], "DateObserved" | "HourObserved" | "LocalTimeZone">,
  timeZone: string,
): number {
  const wall = Date.parse(`${row.DateObserved}T00:00:00Z`) + row.HourObserved * HOUR_MS;
  const hours = ZONES[row.LocalTimeZone.toUpperCase().trim()];
  return hours === undefined ? atLocal(wall, timeZone) : wall - hours * HOUR_MS;
}

function toError(message: string): AppError {
  const said = toVendorText(message);
  if (/api key|not authorized/i.test(said)) {
    return new AppError("unconfigured", "http.refused", "The key was refused");
  }
  if (/exceed|rate limit|too many/i.test(said)) {
    return new AppError("unavailable", "http.too_many", "Asked too often");
  }
  return new AppError("internal", "airnow.failed", `AirNow answered: ${said}`);
}
