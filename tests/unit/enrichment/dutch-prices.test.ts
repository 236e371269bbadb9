import { expect, test } from "vitest";
import { createEasyEnergy, readEasyEnergy } from "#src/enrichment/easy-energy/easy-energy.ts";
import { createEnergyZero, readEnergyZero } from "#src/enrichment/energy-zero/energy-zero.ts";
import { createFakeClock } from "#support/clock.ts";
import { expectRefusals, minutesOf, problemOf, realBody, replyOf, testReal } from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const clock = createFakeClock(Date.parse("2026-11-27T10:20Z"));
const { signal } = new AbortController();

const zero = (prices: readonly (number | null)[]) => ({
  Prices: prices.map((price, hour) => ({ price, readingDate: `2026-11-27T1${hour}:00:00Z` })),
});
const easy = (prices: readonly (number | null)[]) =>
  prices.map((price, hour) => ({
    Timestamp: `2026-11-27T1${hour}:00:00+00:00`,
    SupplierId: 0,
    TariffUsage: price,
    TariffReturn: price,
  }));

test("hours without an end are an hour long, and one without a price is a gap", () => {
  for (const facts of [
    readEnergyZero(replyOf(zero([0.1, null, -0.2]))),
    readEasyEnergy(replyOf(easy([0.1, null, -0.2]))),
  ]) {
    expect(facts.slots.map(({ price }) => price)).toEqual([0.1, -0.2]);
    expect(minutesOf(facts.slots)).toEqual([60]);
  }
  expect(readEnergyZero(replyOf(zero([1]))).includesVat).toBeUndefined();
  expect(readEasyEnergy(replyOf(easy([1]))).includesVat).toBe(true);
});

test("answers without prices are said as what they are", () => {
  expectRefusals(readEnergyZero, zero([1]));
  expectRefusals(readEasyEnergy, easy([1]));
  expect(problemOf(() => readEnergyZero(replyOf(zero([]))))).toBe("unavailable price.none");
  expect(problemOf(() => readEasyEnergy(replyOf([])))).toBe("unavailable price.none");
});

test("both are asked for the local day and the next", async () => {
  const zeroVendor = await startVendor(() => ({ body: zero([1]) }));
  const easyVendor = await startVendor(() => ({ body: easy([1]) }));
  await createEnergyZero({ clock, baseUrl: zeroVendor.baseUrl }).fetch(signal);
  await createEasyEnergy({ clock, baseUrl: easyVendor.baseUrl }).fetch(signal);
  expect(zeroVendor.asked[0]?.query.get("fromDate")).toBe("2026-11-26T23:00:00.000Z");
  expect(zeroVendor.asked[0]?.query.get("inclBtw")).toBe("false");
  expect(easyVendor.asked[0]?.query.get("endTimestamp")).toBe("2026-11-28T23:00:00.000Z");
});

testReal("real days are read", () => {
  const zeroDay = readEnergyZero(realBody("energyzero/today_energy.json"));
  const easyDay = readEasyEnergy(realBody("easyenergy/today_energy.json"));
  expect([zeroDay.slots.length, zeroDay.slots[0]?.price, minutesOf(zeroDay.slots)]).toEqual([
    24,
    0.35,
    [60],
  ]);
  expect([easyDay.slots.length, easyDay.slots[0]?.price, minutesOf(easyDay.slots)]).toEqual([
    24,
    0.1349513,
    [60],
  ]);
});
