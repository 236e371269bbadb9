import { z } from "zod";
import type { PriceFacts, PriceSlot } from "../provider.ts";
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
  readonly facts: Pick<PriceFacts, "isFinal" | "includesVat">;
  readonly slot: PriceSlot;
  readonly formula: PriceFormula;
  readonly timeZone: string;
}

export interface PriceExplanation {
  /** Without value added tax, as far as the vendor's price can be parted. */
  readonly market: number;
  /** Without value added tax. */
  readonly fees: number;
  readonly vat: number;
  readonly vatPercent: number;
  /** With its value added tax. */
  readonly gridFee: number;
  /** The sum of all of them. */
  readonly total: number;
}

/** What the household pays for a kWh; a slot counts by the rate at its start. */
export function householdPrice(pricing: Pricing): number {
  return explainPrice(pricing).total;
}

/** Of what a price is made. A price that is final already is all market. */
export function explainPrice({ facts, slot, formula, timeZone }: Pricing): PriceExplanation {
  if (facts.isFinal) {
    return { market: slot.price, fees: 0, vat: 0, vatPercent: 0, gridFee: 0, total: slot.price };
  }
  const { vatPercent, surcharge, surchargePercent, gridFees } = formula;
  const market = facts.includesVat ? slot.price / (1 + vatPercent / 100) : slot.price;
  const fees = surcharge + (Math.abs(market) * surchargePercent) / 100;
  const vat = ((market + fees) * vatPercent) / 100;
  const gridFee = findRate(gridFees, { at: slot.start, timeZone })?.price ?? formula.gridFee;
  return { market, fees, vat, vatPercent, gridFee, total: market + fees + vat + gridFee };
}

const HUNDREDTH = new Map([
  ["EUR", "ct"],
  ["USD", "¢"],
  ["GBP", "p"],
  ["SEK", "öre"],
  ["NOK", "øre"],
  ["DKK", "øre"],
]);

/** `12.3 ct market + 3.0 ct fees + 20 % VAT = 18.4 ct`, for the log and for language models. */
export function toPriceText(explained: PriceExplanation, currency: string): string {
  const hundredth = HUNDREDTH.get(currency);
  const say = (price: number) =>
    hundredth ? `${(price * 100).toFixed(1)} ${hundredth}` : `${price.toFixed(4)} ${currency}`;
  const { market, fees, vat, vatPercent, gridFee, total } = explained;
  const parts = [
    `${say(market)} market`,
    ...(fees === 0 ? [] : [`${say(fees)} fees`]),
    ...(vat === 0 ? [] : [`${vatPercent} % VAT`]),
    ...(gridFee === 0 ? [] : [`${say(gridFee)} grid`]),
  ];
  return parts.length === 1 ? say(total) : `${parts.join(" + ")} = ${say(total)}`;
}
