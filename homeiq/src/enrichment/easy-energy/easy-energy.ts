import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { dayAfter, dayOf, toSteps } from "../curve/curve.ts";
import { toPriceFacts } from "../price/price.ts";
import type { PriceFacts, Provider } from "../provider.ts";

const Answer = z.array(
  z.object({
    Timestamp: z.iso.datetime({ offset: true }),
    TariffUsage: z.number().nullable(),
  }),
);

/**
 * Day-ahead prices in the Netherlands as easyEnergy bills them, with value added tax but without other taxes.
 *
 * Tomorrow's appear at about 14:00. Needs no key. Source: https://www.easyenergy.com/nl/energietarieven
 */
export function createEasyEnergy({
  clock,
  timeZone = "Europe/Amsterdam",
  baseUrl = "https://mijn.easyenergy.com/",
}: {
  clock: Clock;
  timeZone?: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "easy-energy",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const today = dayOf(clock.now(), timeZone);
      const url = new URL("nl/api/tariff/getapxtariffs", baseUrl);
      url.searchParams.set("startTimestamp", new Date(today.start).toISOString());
      url.searchParams.set("endTimestamp", new Date(dayAfter(today, timeZone).end).toISOString());
      url.searchParams.set("includeVat", "true");
      return readEasyEnergy(await askServer(url, { signal }));
    },
  };
}

export function readEasyEnergy(reply: Reply): PriceFacts {
  const points = readJson(reply, Answer).flatMap(({ Timestamp, TariffUsage }) =>
    TariffUsage === null ? [] : [{ at: Date.parse(Timestamp), value: TariffUsage }],
  );
  return toPriceFacts({
    currency: "EUR",
    isFinal: false,
    includesVat: true,
    slots: toSteps(points).map(({ value, ...slot }) => ({ ...slot, price: value })),
  });
}
