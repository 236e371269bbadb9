import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { toCarbonSlots } from "../carbon/carbon.ts";
import { findAt } from "../curve/curve.ts";
import type { CarbonFacts, Provider } from "../provider.ts";

const HALF_HOUR_MS = 30 * MINUTE_MS;
const FOSSIL = new Set(["coal", "gas", "oil"]);
const OUTWARD = /^[A-Z]{1,2}\d[A-Z\d]?$/; // EC1V of EC1V 9HX: the service wants only the first half

const Moment = z.iso.datetime({ offset: true, precision: -1 }).or(z.iso.datetime({ offset: true }));
const HalfHour = z.object({
  from: Moment,
  to: Moment,
  intensity: z.object({ forecast: z.number().nullable(), actual: z.number().nullish() }),
  generationmix: z
    .array(z.object({ fuel: z.string(), perc: z.number().min(0).max(100).nullable() }))
    .optional(),
});
const Region = z.object({ shortname: z.string().optional(), data: z.array(HalfHour) });
const Answer = z.object({ data: z.union([z.array(HalfHour), z.array(Region), Region]) });

/**
 * Carbon intensity of Great Britain's grid by half hours, 48 hours ahead; of the region when a postcode is given.
 *
 * Source: https://carbon-intensity.github.io/api-definitions. Needs no key.
 */
export function createGbCarbonIntensity({
  clock,
  postcode,
  baseUrl = "https://api.carbonintensity.org.uk/",
}: {
  clock: Clock;
  postcode?: string;
  baseUrl?: string;
}): Provider<CarbonFacts> {
  return {
    name: "gb-carbon-intensity",
    topic: "carbon",
    maxAgeMs: HALF_HOUR_MS,

    async fetch(signal) {
      const now = clock.now();
      const from = `${new Date(now).toISOString().slice(0, 16)}Z`;
      const region = postcode ? `/postcode/${toOutward(postcode)}` : "";
      const path = `${region ? "regional/" : ""}intensity/${from}/fw48h${region}`;
      const reply = await askServer(new URL(path, baseUrl), { signal });
      if (postcode && reply.status === 400) throw unknownPostcode(postcode);
      return readGbCarbonIntensity(reply, now);
    },
  };
}

function toOutward(postcode: string): string {
  const text = postcode.toUpperCase().trim();
  const outward = text.replace(/\s*\d[A-Z]{2}$/, "");
  const found = [outward, text].find((one) => OUTWARD.test(one));
  if (!found) throw unknownPostcode(postcode);
  return found;
}

function unknownPostcode(postcode: string): AppError {
  return new AppError("unconfigured", "gb-carbon-intensity.postcode", "The postcode is not known", {
    facts: { postcode },
  });
}

/** Where a half hour was measured that counts, else its forecast. `now` chooses the current one, else the first. */
export function readGbCarbonIntensity(reply: Reply, now?: number): CarbonFacts {
  const { data } = readJson(reply, Answer);
  const [first] = Array.isArray(data) ? data : [data];
  const region = first && "data" in first ? first : undefined;
  const halfHours = Array.isArray(data)
    ? data.flatMap((one) => ("data" in one ? one.data : [one]))
    : data.data;
  const slots = toCarbonSlots(
    halfHours.flatMap(({ from, to, intensity }) => {
      const gramsPerKwh = intensity.actual ?? intensity.forecast;
      const [start, end] = [Date.parse(from), Date.parse(to)];
      return gramsPerKwh === null ? [] : [{ start, end, gramsPerKwh }];
    }),
  );
  const current = (now === undefined ? undefined : findAt(slots, now)) ?? slots[0];
  if (!current) {
    throw new AppError("unavailable", "carbon.none", "There is no carbon intensity in the answer");
  }
  const mix = halfHours.find(({ from }) => Date.parse(from) === current.start)?.generationmix;
  const fossilPercent = mix
    ?.filter(({ fuel }) => FOSSIL.has(fuel))
    .reduce((sum, { perc }) => sum + (perc ?? 0), 0);
  return {
    gramsPerKwh: current.gramsPerKwh,
    at: current.start,
    region: region?.shortname ?? "Great Britain",
    ...(fossilPercent === undefined ? {} : { fossilPercent }),
    slots,
  };
}
