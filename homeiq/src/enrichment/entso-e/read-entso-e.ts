import { AppError } from "#foundation/errors.ts";
import { type Reply, readShape, refuseBadStatus } from "#foundation/http.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { perKwh, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, PriceSlot } from "../provider.ts";
import { toVendorText } from "../vendor-text.ts";
import { EntsoEDocument, parseXml, type TimeSeries } from "./entso-e.schema.ts";

const NO_DATA = /no matching data/i;
const PER_MWH = 0.001;
const RESOLUTION_MS = {
  PT15M: 15 * MINUTE_MS,
  PT30M: 30 * MINUTE_MS,
  PT60M: HOUR_MS,
  PT1H: HOUR_MS,
} as const;

/** A document of prices; where several series speak of one moment the coupled auction counts, then the finer one. */
export function readEntsoE(reply: Reply): PriceFacts {
  const isExplained = reply.status === 400 && reply.text.includes("Acknowledgement_MarketDocument");
  if (!isExplained) refuseBadStatus(reply);
  const document = readShape(parseXml(reply.text), EntsoEDocument);
  if ("Acknowledgement_MarketDocument" in document) {
    throw refusal(document.Acknowledgement_MarketDocument.Reason.map(({ text }) => text).join(" "));
  }
  const { TimeSeries: series } = document.Publication_MarketDocument;
  const currency = series[0]?.["currency_Unit.name"] ?? "EUR";
  const ranked = series
    .filter((one) => one["currency_Unit.name"] === currency)
    .flatMap(toRanked)
    .sort((one, other) => one.sequence - other.sequence || lengthOf(one) - lengthOf(other));
  return toPriceFacts({ currency, isFinal: false, slots: withoutDoubles(ranked) });
}

function refusal(said: string): AppError {
  if (NO_DATA.test(said)) {
    return new AppError("unavailable", "price.none", "There are no prices for these days yet");
  }
  const text = toVendorText(said);
  return new AppError("unconfigured", "entso-e.refused", `ENTSO-E answered: ${text}`, {
    facts: { said: text },
  });
}

interface Ranked extends PriceSlot {
  readonly sequence: number;
}

const lengthOf = ({ start, end }: PriceSlot) => end - start;

/** Of slots that speak of the same quarter of an hour the first. */
function withoutDoubles(ranked: readonly Ranked[]): PriceSlot[] {
  const taken = new Set<number>();
  const kept: PriceSlot[] = [];
  for (const { start, end, price } of ranked) {
    const quarters: number[] = [];
    for (let at = start; at < end; at += RESOLUTION_MS.PT15M) quarters.push(at);
    if (quarters.some((at) => taken.has(at))) continue;
    for (const at of quarters) taken.add(at);
    kept.push({ start, end, price });
  }
  return kept;
}

function toRanked(series: TimeSeries): Ranked[] {
  const said = series["classificationSequence_AttributeInstanceComponent.position"];
  const sequence = said === undefined ? 1 : Number(said);
  return series.Period.flatMap((period) => {
    const stepMs = RESOLUTION_MS[period.resolution];
    const { start, end } = period.timeInterval;
    const byPosition = new Map(
      period.Point.map((point) => [point.position, point["price.amount"]] as const),
    );
    const slots: Ranked[] = [];
    let before: number | undefined;
    for (let position = 1; start + position * stepMs <= end; position++) {
      // In a curve of type A03 a price that is the same as the one before is left out.
      const amount = byPosition.get(position) ?? (series.curveType === "A03" ? before : undefined);
      before = amount;
      if (amount === undefined) continue;
      const from = start + (position - 1) * stepMs;
      slots.push({ start: from, end: from + stepMs, price: perKwh(amount, PER_MWH), sequence });
    }
    return slots;
  });
}
