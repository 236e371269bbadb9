import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { toCarbonSlots } from "../carbon/carbon.ts";
import { toSteps } from "../curve/curve.ts";
import type { CarbonFacts, CarbonSlot, Place, Provider } from "../provider.ts";

const Moment = z.iso.datetime({ offset: true });
const Latest = z.union([
  z.object({
    zone: z.string(),
    carbonIntensity: z.number().nullable(),
    datetime: Moment,
  }),
  // What is made for Home Assistant, which also says the fossil part.
  z.object({
    countryCode: z.string(),
    data: z.object({
      carbonIntensity: z.number().nullable(),
      datetime: Moment,
      fossilFuelPercentage: z.number().min(0).max(100).nullish(),
    }),
  }),
]);
const Point = z.object({ carbonIntensity: z.number().nullable(), datetime: Moment });
const Points = z.union([
  z.object({ history: z.array(Point) }),
  z.object({ forecast: z.array(Point) }),
]);

/**
 * Carbon intensity of a zone, over the life of the plants, with the last 24 hours and, where the key's plan has it,
 * the forecast.
 *
 * Source: https://portal.electricitymaps.com/docs. Needs a key.
 */
export function createElectricityMaps({
  key,
  zone,
  place,
  baseUrl = "https://api.electricitymaps.com/",
}: {
  key: string;
  /** `DE`, `US-CAL-CISO`; the zone of `place` when absent. */
  zone?: string;
  place: Place;
  baseUrl?: string;
}): Provider<CarbonFacts> {
  function ask(what: string, signal: AbortSignal): Promise<Reply> {
    const url = new URL(`v3/carbon-intensity/${what}`, baseUrl);
    if (zone) url.searchParams.set("zone", zone);
    else {
      url.searchParams.set("lat", String(place.latitude));
      url.searchParams.set("lon", String(place.longitude));
    }
    return askServer(url, { signal, headers: { "auth-token": key } });
  }

  /** Most plans lack one of the two: what is refused is left out, as the current value came. */
  async function askPoints(what: string, signal: AbortSignal): Promise<CarbonSlot[]> {
    const reply = await ask(what, signal);
    return [401, 402, 403, 404].includes(reply.status) ? [] : readElectricityMapsPoints(reply);
  }

  return {
    name: "electricity-maps",
    topic: "carbon",
    maxAgeMs: 30 * MINUTE_MS, // its values are of an hour
    mostPerDay: 400,

    async fetch(signal) {
      const latest = readElectricityMaps(await ask("latest", signal));
      const history = await askPoints("history", signal);
      const forecast = await askPoints("forecast", signal);
      const isAhead = forecast.filter(({ start }) => start > latest.at);
      const known = [...history, ...latest.slots].filter(({ start }) => start <= latest.at);
      return { ...latest, slots: toCarbonSlots([...known, ...isAhead]) };
    },
  };
}

/** The value now, from either form of the answer; its slot is the hour that it is of. */
export function readElectricityMaps(reply: Reply): CarbonFacts {
  if (reply.status === 404) {
    throw new AppError("unconfigured", "electricity-maps.zone", "There is no such zone");
  }
  const answer = readJson(reply, Latest);
  const isFlat = "zone" in answer;
  const { carbonIntensity, datetime } = isFlat ? answer : answer.data;
  const fossilPercent = isFlat ? undefined : (answer.data.fossilFuelPercentage ?? undefined);
  if (carbonIntensity === null) {
    throw new AppError("unavailable", "carbon.none", "There is no carbon intensity now");
  }
  const at = Date.parse(datetime);
  return {
    gramsPerKwh: carbonIntensity,
    at,
    region: isFlat ? answer.zone : answer.countryCode,
    ...(fossilPercent === undefined ? {} : { fossilPercent }),
    slots: toSlots([{ datetime, carbonIntensity }]),
  };
}

/** The hours of a history or a forecast; those without a value are gaps. */
export function readElectricityMapsPoints(reply: Reply): CarbonSlot[] {
  const answer = readJson(reply, Points);
  return toSlots("history" in answer ? answer.history : answer.forecast);
}

function toSlots(points: readonly z.output<typeof Point>[]): CarbonSlot[] {
  const known = points.flatMap(({ datetime, carbonIntensity }) =>
    carbonIntensity === null ? [] : [{ at: Date.parse(datetime), value: carbonIntensity }],
  );
  return toCarbonSlots(
    toSteps(known).map(({ start, end, value }) => ({ start, end, gramsPerKwh: value })),
  );
}
