import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dayAfter, dayOf, toSteps } from "../curve/curve.ts";
import { toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider } from "../provider.ts";

const ELECTRICITY = "1";
const BY_HOUR = "4";

const Answer = z.object({
  Prices: z.array(
    z.object({ price: z.number().nullable(), readingDate: z.iso.datetime({ offset: true }) }),
  ),
});

/**
 * Day-ahead prices in the Netherlands as EnergyZero and its resellers bill them, without taxes.
 *
 * Tomorrow's appear at about 14:00. Needs no key. Source: https://github.com/klaasnicolaas/python-energyzero
 */
export function createEnergyZero({
  clock,
  timeZone = "Europe/Amsterdam",
  baseUrl = "https://api.energyzero.nl/",
}: {
  clock: Clock;
  timeZone?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "energy-zero",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const today = dayOf(clock.now(), timeZone);
      const url = new URL("v1/energyprices", baseUrl);
      url.searchParams.set("fromDate", new Date(today.start).toISOString());
      url.searchParams.set("tillDate", new Date(dayAfter(today, timeZone).end - 1).toISOString());
      url.searchParams.set("interval", BY_HOUR);
      url.searchParams.set("usageType", ELECTRICITY);
      url.searchParams.set("inclBtw", "false");
      return readEnergyZero(await askServer(url, { signal }));
    },
  };
}

/** The answer does not say whether tax is in it: whoever asked knows. */
export function readEnergyZero(reply: Reply): PriceFacts {
  const { Prices } = readJson(reply, Answer);
  const points = Prices.flatMap(({ price, readingDate }) =>
    price === null ? [] : [{ at: Date.parse(readingDate), value: price }],
  );
  return toPriceFacts({
    currency: "EUR",
    isFinal: false,
    slots: toSteps(points).map(({ value, ...slot }) => ({ ...slot, price: value })),
  });
}
