import { expect, test } from "vitest";
import {
  asPaid,
  findPriceWindow,
  findRate,
  PriceFormula,
  priceUnitOf,
  toPriceCurve,
  toPriceFacts,
} from "#src/enrichment/price/price.ts";
import type { PriceFacts } from "#src/enrichment/provider.ts";
import { problemOf } from "./replies.ts";

const HOUR = 3_600_000;
const timeZone = "Europe/Vienna";
const hours = (start: string, prices: readonly number[]): PriceFacts => ({
  currency: "EUR",
  isFinal: false,
  slots: prices.map((price, hour) => {
    const at = Date.parse(start) + hour * HOUR;
    return { start: at, end: at + HOUR, price };
  }),
});

test("the curve says the price now, today and tomorrow, and where nothing is known", () => {
  const now = Date.parse("2026-11-27T10:20Z");
  const curve = toPriceCurve(
    hours(
      "2026-11-26T23:00Z",
      Array.from({ length: 23 }, (_, hour) => hour),
    ),
    { now, timeZone },
  );
  expect(curve.current).toEqual({
    start: Date.parse("2026-11-27T10:00Z"),
    end: Date.parse("2026-11-27T11:00Z"),
    price: 11,
  });
  expect(curve.level).toBe("ordinary");
  expect(curve.today).toMatchObject({ mean: 11, lowest: { price: 0 }, highest: { price: 22 } });
  expect(curve.today.gaps).toEqual([
    { start: Date.parse("2026-11-27T22:00Z"), end: Date.parse("2026-11-27T23:00Z") },
  ]);
  expect(curve.tomorrow.slots).toEqual([]);
  expect(curve.tomorrow.gaps).toEqual([
    { start: Date.parse("2026-11-27T23:00Z"), end: Date.parse("2026-11-28T23:00Z") },
  ]);
  expect(toPriceCurve(hours("2026-11-26T23:00Z", [1]), { now, timeZone }).current).toBeUndefined();
});

test("the dearest quarter of a day is its peak, the cheapest is low, and a flat day has neither", () => {
  const levelAt = (hour: number, prices: readonly number[]) =>
    toPriceCurve(hours("2026-11-26T23:00Z", prices), {
      now: Date.parse("2026-11-26T23:00Z") + hour * HOUR,
      timeZone,
    }).level;
  const rising = Array.from({ length: 24 }, (_, hour) => hour - 5);
  expect([0, 5, 6, 17, 18, 23].map((hour) => levelAt(hour, rising))).toEqual([
    "low",
    "low",
    "ordinary",
    "ordinary",
    "peak",
    "peak",
  ]);
  expect(
    levelAt(
      3,
      Array.from({ length: 24 }, () => 0.2),
    ),
  ).toBe("ordinary");
});

test("a day of 25 hours has all of them, and the night's extra hour can be the cheapest", () => {
  const prices = Array.from({ length: 25 }, (_, hour) => (hour === 3 ? -0.05 : 0.1));
  const curve = toPriceCurve(hours("2026-10-24T22:00Z", prices), {
    now: Date.parse("2026-10-25T12:00Z"),
    timeZone,
  });
  expect(curve.today.slots).toHaveLength(25);
  expect(curve.today.gaps).toEqual([]);
  expect(findPriceWindow(curve.today.slots, { hours: 1 })).toEqual({
    start: Date.parse("2026-10-25T01:00Z"),
    end: Date.parse("2026-10-25T02:00Z"),
    meanPrice: -0.05,
  });
});

const formula = PriceFormula.parse({
  surcharge: 0.03,
  vatPercent: 20,
  gridFee: 0.05,
  gridFees: [
    { from: "22:00", to: "06:00", price: 0.02 },
    { from: "06:00", to: "22:00", days: ["sat", "sun"], price: 0.03 },
  ],
});

/** What a household pays for a kWh of the first slot. */
const paid = (facts: PriceFacts, fees = formula) =>
  asPaid(facts, { formula: fees, timeZone }).slots[0]?.price;

test("the household's price is the market's and the fee, with tax, and the grid's fee of the hour", () => {
  const facts = hours("2026-11-27T11:00Z", [0.123]);
  expect(paid(facts)).toBeCloseTo((0.123 + 0.03) * 1.2 + 0.05, 12);
  expect(paid(hours("2026-11-27T21:00Z", [0.123]))).toBeCloseTo((0.123 + 0.03) * 1.2 + 0.02, 12);
  expect(paid(hours("2026-11-28T11:00Z", [0.123]))).toBeCloseTo((0.123 + 0.03) * 1.2 + 0.03, 12);
  expect(paid({ ...facts, includesVat: true })).toBeCloseTo(0.123 + 0.03 * 1.2 + 0.05, 12);
  const percent = PriceFormula.parse({ surchargePercent: 3 });
  expect(paid(hours("2026-11-27T11:00Z", [-0.1]), percent)).toBeCloseTo(-0.097, 12);
});

test("a price with taxes in it stays as it is, and one that gets them says so", () => {
  const facts = hours("2026-11-27T11:00Z", [0.123]);
  const final = { ...facts, isFinal: true };
  expect(asPaid(final, { formula, timeZone })).toEqual(final);
  const household = asPaid(facts, { formula, timeZone });
  expect(household.isFinal).toBe(true);
  const parts = household.slots[0]?.parts;
  expect(parts).toMatchObject({ market: 0.123, fees: 0.03, gridFee: 0.05 });
  expect(parts?.vat).toBeCloseTo(0.0306, 12);
});

test("an hour in which the grid's fee changes is parted there", () => {
  const fees = PriceFormula.parse({
    gridFee: 0.05,
    gridFees: [
      { from: "12:15", to: "12:45", price: 0.01 },
      { from: "12:45", to: "14:00", price: 0.02 },
    ],
  });
  const facts = hours("2026-11-27T11:00Z", [0.1, 0.2]);
  const now = Date.parse("2026-11-27T11:20Z");
  const household = asPaid(facts, { formula: fees, timeZone });
  const { slots, current } = toPriceCurve(household, { now, timeZone });
  const minutes = slots.map(({ start, end, price }) => [
    (start - now) / 60_000 + 20,
    (end - now) / 60_000 + 20,
    Math.round(price * 100),
  ]);
  expect(minutes).toEqual([
    [0, 15, 15],
    [15, 45, 11],
    [45, 60, 12],
    [60, 120, 22],
  ]);
  expect(current?.price).toBeCloseTo(0.11, 12);
});

test("a formula with an odd time of day or a tax beyond reason is refused", () => {
  const isGood = (given: unknown) => PriceFormula.safeParse(given).success;
  expect(isGood({})).toBe(true);
  expect(isGood({ vatPercent: 120 })).toBe(false);
  expect(isGood({ gridFees: [{ from: "25:00", to: "06:00", price: 1 }] })).toBe(false);
  expect(isGood({ gridFees: [{ from: "06:10", to: "07:00", price: 1 }] })).toBe(false);
  expect(isGood({ gridFees: [{ from: "06:00", to: "24:00", price: 0.1 }] })).toBe(true);
});

test("a rate over midnight holds on both sides, each by its own weekday", () => {
  const rates = [{ from: "22:00", to: "06:00", days: ["fri" as const] }];
  const holds = (at: string) => findRate(rates, { at: Date.parse(at), timeZone }) !== undefined;
  expect(holds("2026-11-27T21:00Z")).toBe(true);
  expect(holds("2026-11-27T04:59Z")).toBe(true);
  expect(holds("2026-11-27T05:00Z")).toBe(false);
  expect(holds("2026-11-28T02:00Z")).toBe(false);
});

test("units of prices are understood in the ways that vendors write them", () => {
  expect(priceUnitOf("Eur/MWh")).toEqual({ currency: "EUR", factor: 0.001 });
  expect(priceUnitOf("EUR / MWh")).toEqual({ currency: "EUR", factor: 0.001 });
  expect(priceUnitOf("€/kWh")).toEqual({ currency: "EUR", factor: 1 });
  expect(priceUnitOf("ct/kWh")).toEqual({ factor: 0.01 });
  expect(priceUnitOf("öre/kWh")).toEqual({ currency: "SEK", factor: 0.01 });
  expect(priceUnitOf("p/kWh")).toEqual({ currency: "GBP", factor: 0.01 });
  expect(priceUnitOf("kWh")).toBeUndefined();
  expect(priceUnitOf("EUR/m³")).toBeUndefined();
});

test("two prices for one moment are an answer that cannot be understood; none is no answer yet", () => {
  const [one] = hours("2026-11-27T10:00Z", [1]).slots;
  if (!one) throw new Error("a slot is there");
  const overlap = { ...one, start: one.start + HOUR / 2, end: one.end + HOUR };
  const read = (slots: PriceFacts["slots"]) =>
    problemOf(() => toPriceFacts({ currency: "EUR", isFinal: false, slots }));
  expect(read([one, overlap])).toBe("internal price.overlap");
  expect(read([{ ...one, end: one.start }])).toBe("internal price.overlap");
  expect(read([])).toBe("unavailable price.none");
});
