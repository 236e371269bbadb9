import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readShape, refuseBadStatus } from "#foundation/http.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { dayAfter, dayOf } from "../curve/curve.ts";
import { perKwh, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, PriceSlot, Provider } from "../provider.ts";
import { hideKeys, toVendorText } from "../vendor-text.ts";
import { findEntsoEArea } from "./entso-e.areas.ts";
import { EntsoEDocument, parseXml, type TimeSeries } from "./entso-e.schema.ts";

const DAY_AHEAD_PRICES = "A44";
const DAY_AHEAD_AUCTION = "A01";
const NO_DATA = /no matching data/i;
const PER_MWH = 0.001;
const RESOLUTION_MS = {
  PT15M: 15 * MINUTE_MS,
  PT30M: 30 * MINUTE_MS,
  PT60M: HOUR_MS,
  PT1H: HOUR_MS,
} as const;

/**
 * Day-ahead prices of a bidding zone from the transparency platform, without taxes.
 *
 * Tomorrow's appear at about 13:00. At most 400 calls a minute. Needs a token, which the platform's help desk enables.
 * Source: https://transparencyplatform.zendesk.com, "Sitemap for Restful API Integration".
 */
export function createEntsoE({
  clock,
  token,
  area,
  timeZone,
  baseUrl = "https://web-api.tp.entsoe.eu/",
}: {
  clock: Clock;
  token: string;
  /** `AT`, `DE`, `SE3`, or the zone's code of 16 characters. */
  area: string;
  timeZone: string;
  baseUrl?: string;
}): Provider<PriceFacts> {
  return {
    name: "entso-e",
    topic: "price",
    maxAgeMs: HOUR_MS,

    async fetch(signal) {
      const domain = findEntsoEArea(area);
      if (domain === undefined) {
        throw new AppError("unconfigured", "entso-e.area", `There is no bidding zone ${area}`, {
          facts: { area },
        });
      }
      const today = dayOf(clock.now(), timeZone);
      const url = new URL("api", baseUrl);
      url.searchParams.set("securityToken", token);
      url.searchParams.set("documentType", DAY_AHEAD_PRICES);
      url.searchParams.set("contract_MarketAgreement.type", DAY_AHEAD_AUCTION);
      url.searchParams.set("in_Domain", domain);
      url.searchParams.set("out_Domain", domain);
      url.searchParams.set("periodStart", toPeriod(today.start));
      url.searchParams.set("periodEnd", toPeriod(dayAfter(today, timeZone).end));
      return readEntsoE(hideKeys(await askServer(url, { signal }), [token]));
    },
  };
}

const toPeriod = (at: number) => new Date(at).toISOString().replace(/\D/g, "").slice(0, 12);

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
