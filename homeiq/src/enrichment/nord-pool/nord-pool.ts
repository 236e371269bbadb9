import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dateOf, dayAfter, dayOf } from "../curve/curve.ts";
import { joinPriceFacts, perKwh, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider } from "../provider.ts";

const MARKET_ZONE = "Europe/Oslo"; // delivery days are the market's, also for Finland and Britain
const NO_CONTENT = 204; // that day is not traded yet
const PER_MWH = 0.001;

const Entries = z.array(
  z.object({
    deliveryStart: z.iso.datetime({ offset: true }),
    deliveryEnd: z.iso.datetime({ offset: true }),
    entryPerArea: z.record(z.string(), z.number().nullable()),
  }),
);
const DayAhead = z.union([
  z.object({ currency: z.string().length(3), multiAreaEntries: Entries }),
  z.object({ currency: z.string().length(3), multiIndexEntries: Entries }),
]);

/**
 * Day-ahead prices of Nord Pool's data portal, without taxes.
 *
 * Tomorrow's appear at about 13:00 in the market's zone. Source: https://data.nordpoolgroup.com. Needs no key.
 */
export function createNordPool({
  clock,
  area,
  currency = "EUR",
  timeZone = MARKET_ZONE,
  baseUrl = "https://dataportal-api.nordpoolgroup.com/",
}: {
  clock: Clock;
  /** `SE3`, `NO1`, `FI`. */
  area: string;
  currency?: string;
  timeZone?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  async function askDay(date: string, signal: AbortSignal): Promise<readonly PriceFacts[]> {
    const url = new URL("api/DayAheadPrices", baseUrl);
    url.searchParams.set("date", date);
    url.searchParams.set("market", "DayAhead");
    url.searchParams.set("deliveryArea", area);
    url.searchParams.set("currency", currency);
    const reply = await askServer(url, { signal });
    return reply.status === NO_CONTENT ? [] : [readNordPool(reply, area)];
  }

  return {
    name: "nord-pool",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const today = dayOf(clock.now(), timeZone);
      const moments = [today.start, today.end, dayAfter(today, timeZone).end - 1];
      const dates = [...new Set(moments.map((at) => dateOf(at, MARKET_ZONE)))];
      const days = await Promise.all(dates.map((date) => askDay(date, signal)));
      return joinPriceFacts(days.flat());
    },
  };
}

/** One delivery day of one area; the first one of the answer when `area` is absent. */
export function readNordPool(reply: Reply, area?: string): PriceFacts {
  if (reply.status === NO_CONTENT) return joinPriceFacts([]);
  const answer = readJson(reply, DayAhead);
  const entries = "multiAreaEntries" in answer ? answer.multiAreaEntries : answer.multiIndexEntries;
  const areas = new Set(entries.flatMap(({ entryPerArea }) => Object.keys(entryPerArea)));
  const wanted = area ?? [...areas][0];
  if (wanted !== undefined && entries.length > 0 && !areas.has(wanted)) {
    throw new AppError("unconfigured", "nord-pool.area", `There are no prices for ${wanted}`, {
      facts: { area: wanted },
    });
  }
  const slots = entries.flatMap(({ deliveryStart, deliveryEnd, entryPerArea }) => {
    const price = entryPerArea[wanted ?? ""] ?? undefined;
    if (price === undefined) return [];
    const [start, end] = [Date.parse(deliveryStart), Date.parse(deliveryEnd)];
    return [{ start, end, price: perKwh(price, PER_MWH) }];
  });
  return toPriceFacts({ currency: answer.currency, isFinal: false, slots });
}
