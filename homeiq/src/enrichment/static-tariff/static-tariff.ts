import { z } from "zod";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { dayAfter, dayOf } from "../curve/curve.ts";
import { findRate, Rate, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, PriceSlot, Provider } from "../provider.ts";

const STEP_MS = 15 * MINUTE_MS; // rates change on a quarter of an hour

/** A tariff that depends only on the clock, as on the bill: with taxes, in the main unit per kWh. */
export const StaticTariff = z.object({
  /** At hours that no rate names. */
  price: z.number(),
  rates: z.array(Rate).default([]),
});
export type StaticTariff = z.infer<typeof StaticTariff>;

interface House {
  readonly timeZone: string;
  readonly currency: string;
}

/** The household's own tariff; it asks nobody. */
export function createStaticTariff({
  clock,
  tariff,
  timeZone,
  currency,
}: { clock: Clock; tariff?: StaticTariff } & House): Provider<PriceFacts> {
  return {
    name: "static-tariff",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch() {
      if (!tariff) {
        throw new AppError("unconfigured", "static-tariff.none", "No tariff was entered");
      }
      return toStaticPrices(tariff, { timeZone, currency, now: clock.now() });
    },
  };
}

/** Today's and tomorrow's prices: an hour each, or quarter hours where the price changes within one. */
export function toStaticPrices(
  tariff: StaticTariff,
  { timeZone, currency, now }: House & { readonly now: number },
): PriceFacts {
  const today = dayOf(now, timeZone);
  const { end } = dayAfter(today, timeZone);
  const slots: PriceSlot[] = [];
  for (let start = today.start; start < end; start += STEP_MS) {
    const price = findRate(tariff.rates, { at: start, timeZone })?.price ?? tariff.price;
    const last = slots.at(-1);
    const isSameHour =
      last &&
      Math.floor((start - today.start) / HOUR_MS) ===
        Math.floor((last.start - today.start) / HOUR_MS);
    if (last && isSameHour && last.price === price) {
      slots[slots.length - 1] = { ...last, end: start + STEP_MS };
    } else slots.push({ start, end: start + STEP_MS, price });
  }
  return toPriceFacts({ currency, isFinal: true, slots });
}
