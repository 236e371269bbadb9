import { z } from "zod";
import type { PriceFacts, PriceParts, PriceSlot } from "../provider.ts";
import { findRate, Rate } from "./rate.ts";

/**
 * What a household pays on top of the market's price of a kWh:
 * `(market × (1 + surchargePercent) + surcharge) × (1 + vatPercent) + grid fee`.
 */
export const PriceFormula = z.object({
  /** The supplier's fee and taxes per kWh, without value added tax. */
  surcharge: z.number().min(-10).max(10).default(0),
  /** The supplier's fee in percent of the market's price; of a negative price it counts by size: it is never paid out. */
  surchargePercent: z.number().min(0).max(100).default(0),
  vatPercent: z.number().min(0).max(100).default(0),
  /** Per kWh, with value added tax, at hours that no rate names. */
  gridFee: z.number().min(0).max(10).default(0),
  /** Grid fees by time of day, with value added tax; the first that fits. */
  gridFees: z.array(Rate).default([]),
});
export type PriceFormula = z.infer<typeof PriceFormula>;

interface Pricing {
  readonly facts: Pick<PriceFacts, "includesVat">;
  readonly slot: PriceSlot;
  readonly formula: PriceFormula;
  readonly timeZone: string;
}

/** Of what the household's price is made; a slot counts by the rate at its start. */
export function partsOf({ facts, slot, formula, timeZone }: Pricing): PriceParts {
  const { vatPercent, surcharge, surchargePercent, gridFees } = formula;
  const market = facts.includesVat ? slot.price / (1 + vatPercent / 100) : slot.price;
  const fees = surcharge + (Math.abs(market) * surchargePercent) / 100;
  const vat = ((market + fees) * vatPercent) / 100;
  const gridFee = findRate(gridFees, { at: slot.start, timeZone })?.price ?? formula.gridFee;
  return { market, fees, vat, gridFee };
}
