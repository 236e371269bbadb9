import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dayAfter, dayOf } from "../curve/curve.ts";
import { perKwh, priceUnitOf, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider } from "../provider.ts";

const MarketData = z.object({
  data: z.array(
    z.object({
      start_timestamp: z.number().int(),
      end_timestamp: z.number().int(),
      marketprice: z.number().nullable(),
      unit: z.string(),
    }),
  ),
});

/**
 * Day-ahead prices of the EPEX spot market, without taxes.
 *
 * Tomorrow's appear at about 14:00. The end is asked for too: with a start alone there are always 24 entries, one too
 * few in the night of 25 hours. Source: https://www.awattar.de/services/api. Needs no key; 100 calls a day are fair.
 */
export function createAwattar({
  clock,
  country,
  timeZone = "Europe/Vienna",
  baseUrl = `https://api.awattar.${country}/`,
}: {
  clock: Clock;
  country: "de" | "at";
  timeZone?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "awattar",
    topic: "price",
    maxAgeMs: HOUR_MS,
    mostPerDay: 100,

    async fetch(signal) {
      const today = dayOf(clock.now(), timeZone);
      const url = new URL("v1/marketdata", baseUrl);
      url.searchParams.set("start", String(today.start));
      url.searchParams.set("end", String(dayAfter(today, timeZone).end));
      return readAwattar(await askServer(url, { signal }));
    },
  };
}

/** Also reads what has the same shape, such as quarter hours from SMARD. An entry without a price is a gap. */
export function readAwattar(reply: Reply): PriceFacts {
  const { data } = readJson(reply, MarketData);
  let currency = "EUR";
  const slots = data.flatMap(
    ({ start_timestamp: start, end_timestamp: end, marketprice, unit }) => {
      const known = priceUnitOf(unit);
      if (!known) throw unknownUnit(unit);
      currency = known.currency ?? currency;
      return marketprice === null ? [] : [{ start, end, price: perKwh(marketprice, known.factor) }];
    },
  );
  return toPriceFacts({ currency, isFinal: false, slots });
}

function unknownUnit(unit: string): AppError {
  return new AppError("internal", "price.unit", `The price has an unknown unit: ${unit}`, {
    facts: { unit },
  });
}
