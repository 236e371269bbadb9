import { type CarbonCurve, findCarbonWindow, toCarbonCurve } from "#enrichment/carbon/carbon.ts";
import { findPriceWindow, type PriceCurve, toPriceCurve } from "#enrichment/price/price.ts";
import type { CarbonFacts, PriceFacts, Slot } from "#enrichment/provider.ts";

export const CURVE_TOPICS = ["price", "carbon"] as const;
export type CurveTopic = (typeof CURVE_TOPICS)[number];

export type Curve =
  | ({ readonly topic: "price" } & PriceCurve)
  | ({ readonly topic: "carbon" } & CarbonCurve);

export interface WindowWish {
  readonly hours: number;
  /** Absent: from now on. Milliseconds. */
  readonly from?: number;
  /** Exclusive; absent: as far as the curve is known. */
  readonly to?: number;
}

/** A stretch of time with its mean: per kWh, or grams of CO2 per kWh. */
export interface CurveWindow extends Slot {
  readonly mean: number;
  readonly unit: string;
}

const isPrice = (facts: PriceFacts | CarbonFacts): facts is PriceFacts => "currency" in facts;

export const curveOf = (
  facts: PriceFacts | CarbonFacts,
  at: { readonly now: number; readonly timeZone: string },
): Curve =>
  isPrice(facts)
    ? { topic: "price", ...toPriceCurve(facts, at) }
    : { topic: "carbon", ...toCarbonCurve(facts, at) };

export function windowOf(
  facts: PriceFacts | CarbonFacts,
  { hours, from, to = Number.POSITIVE_INFINITY }: WindowWish & { readonly from: number },
): CurveWindow | undefined {
  const wanted = { hours, range: { start: from, end: to } };
  if (isPrice(facts)) {
    const found = findPriceWindow(facts.slots, wanted);
    if (!found) return undefined;
    const { start, end, meanPrice } = found;
    return { start, end, mean: meanPrice, unit: `${facts.currency}/kWh` };
  }
  const found = findCarbonWindow(facts.slots, wanted);
  if (!found) return undefined;
  const { start, end, meanGramsPerKwh } = found;
  return { start, end, mean: meanGramsPerKwh, unit: "g/kWh" };
}
