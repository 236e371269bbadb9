import { expect, test } from "vitest";
import { createPriceEntity, readPriceEntity } from "#src/enrichment/price-entity/price-entity.ts";
import { createStaticTariff, StaticTariff } from "#src/enrichment/static-tariff/static-tariff.ts";
import type { EntityState } from "#src/home/states/states.ts";
import { createFakeClock } from "#support/clock.ts";
import { minutesOf, problemOf, problemOfAsync } from "./replies.ts";

const HOUR = 3_600_000;
const now = Date.parse("2026-11-27T10:20Z");
const midnight = Date.parse("2026-11-26T23:00Z");
const timeZone = "Europe/Vienna";

const entity = (attributes: Record<string, unknown>, state = "0.25"): EntityState => ({
  entityId: "sensor.price",
  state,
  attributes,
  lastChangedAt: now,
  lastUpdatedAt: now,
  context: { id: "x" },
});
const read = (attributes: Record<string, unknown>, state?: string) =>
  readPriceEntity(entity(attributes, state), { timeZone, now, currency: "EUR" });
const firstTwo = [
  { start: midnight, end: midnight + HOUR, price: 0.1 },
  { start: midnight + HOUR, end: midnight + 2 * HOUR, price: -0.02 },
];
const [first, second, third] = [
  "2026-11-27T00:00:00+01:00",
  "2026-11-27T01:00:00+01:00",
  "2026-11-27T02:00:00+01:00",
];

test.each([
  [
    "Nord Pool",
    {
      unit_of_measurement: "EUR/kWh",
      raw_today: [
        { start: first, end: second, value: 0.1 },
        { start: second, end: third, value: -0.02 },
      ],
      raw_tomorrow: [],
    },
  ],
  [
    "Nord Pool in cents",
    {
      currency: "EUR",
      price_in_cents: true,
      raw_today: [
        { start: first, end: second, value: 10 },
        { start: second, end: third, value: -2 },
      ],
    },
  ],
  [
    "Tibber",
    {
      today: [
        { startsAt: first, total: 0.1 },
        { startsAt: second, total: -0.02 },
      ],
      tomorrow: [],
    },
  ],
  [
    "ENTSO-E",
    {
      prices_today: [
        { time: "2026-11-27 00:00:00+01:00", price: 0.1 },
        { time: "2026-11-27 01:00:00+01:00", price: -0.02 },
      ],
      prices_tomorrow: "unavailable",
    },
  ],
  [
    "EPEX Spot",
    {
      data: [
        { start_time: first, end_time: second, price_per_kwh: 0.1 },
        { start_time: second, end_time: third, price_per_kwh: -0.02 },
      ],
    },
  ],
  [
    "EPEX Spot in cents",
    {
      data: [
        { start_time: first, price_ct_per_kwh: 10 },
        { start_time: second, price_ct_per_kwh: -2 },
      ],
    },
  ],
  [
    "Octopus",
    {
      rates: [
        { start: first, end: second, value_inc_vat: 0.1 },
        { start: second, end: third, value_inc_vat: -0.02 },
      ],
    },
  ],
  [
    "aWATTar",
    {
      prices: [
        {
          start_timestamp: midnight,
          end_timestamp: midnight + HOUR,
          marketprice: 100,
          unit: "Eur/MWh",
        },
        { start_timestamp: midnight + HOUR, marketprice: -20, unit: "Eur/MWh" },
      ],
    },
  ],
  [
    "a forecast of local times",
    {
      unit_of_measurement: "ct/kWh",
      forecast: [
        { start: "2026-11-27T00:00:00", value: "10" },
        { start: "2026-11-27T01:00", value: "-2" },
      ],
    },
  ],
])("the curve of an entity in the style of %s is read", (_, attributes) => {
  expect(read(attributes).slots).toEqual(firstTwo);
});

test("an end that an entity says counts, also when it is not where the next price begins", () => {
  const half = "2026-11-27T00:30:00+01:00";
  const rates = [
    { start: first, end: half, value_inc_vat: 0.1 },
    { start: second, end: "2026-11-27T05:00:00+01:00", value_inc_vat: 0.2 },
  ];
  const lengths = read({ rates }).slots.map(({ start, end }) => (end - start) / HOUR);
  expect(lengths).toEqual([0.5, 4]);
});

test("bare numbers fill their local day, of 24 hours or of 100 quarter hours", () => {
  const numbers = Array.from({ length: 24 }, (_, hour) => hour / 100);
  const facts = read({ today: numbers, tomorrow: [null] });
  expect([facts.slots.length, facts.slots[1]]).toEqual([
    24,
    { start: midnight + HOUR, end: midnight + 2 * HOUR, price: 0.01 },
  ]);
  const autumn = readPriceEntity(entity({ today: Array.from({ length: 100 }, () => 0.1) }), {
    timeZone,
    now: Date.parse("2026-10-25T12:00Z"),
    currency: "EUR",
  });
  expect([autumn.slots.length, ...minutesOf(autumn.slots)]).toEqual([100, 15]);
});

test("the state counts only where there is no curve, for this hour", () => {
  const hour = {
    start: Date.parse("2026-11-27T10:00Z"),
    end: Date.parse("2026-11-27T11:00Z"),
    price: 0.25,
  };
  expect(read({ unit_of_measurement: "SEK/kWh", prices: [] })).toEqual({
    currency: "SEK",
    isFinal: true,
    slots: [hour],
  });
  expect(read({ today: ["x", 3, null], data: "no", rates: [{}] }).slots).toEqual([hour]);
  for (const state of ["unavailable", "unknown", "", "cheap"]) {
    expect(problemOf(() => read({}, state))).toBe("unavailable price.none");
  }
  expect(problemOf(() => readPriceEntity(entity({}), { timeZone, now }))).toBe(
    "unconfigured price-entity.currency",
  );
});

test("two entities are one curve, and one that does not exist is for the user to mend", async () => {
  const states = new Map([
    ["event.today", entity({ rates: [{ start: first, end: second, value_inc_vat: 0.1 }] })],
    ["event.tomorrow", entity({ rates: [{ start: second, end: third, value_inc_vat: -0.02 }] })],
  ]);
  const clock = createFakeClock(now);
  const fetchWith = (entityIds: readonly string[]) =>
    createPriceEntity({
      clock,
      entityIds,
      timeZone,
      currency: "GBP",
      isFinal: false,
      findState: (id) => states.get(id),
    }).fetch(new AbortController().signal);
  expect(await fetchWith(["event.today", "event.tomorrow"])).toEqual({
    currency: "GBP",
    isFinal: false,
    slots: firstTwo,
  });
  expect((await problemOfAsync(() => fetchWith(["event.gone"]))).code).toBe("price-entity.missing");
  expect((await problemOfAsync(() => fetchWith([]))).kind).toBe("unconfigured");
});

test("a price that HomeIQ shows itself is refused: it would be fed with itself", async () => {
  const own = createPriceEntity({
    ...{ clock: createFakeClock(now), timeZone, currency: "EUR" },
    entityIds: ["sensor.supplier", "sensor.homeiq_price_now"],
    findState: () => entity({}),
    isOwn: (entityId) => entityId === "sensor.homeiq_price_now",
  });
  const problem = await problemOfAsync(() => own.fetch(new AbortController().signal));
  expect(problem).toMatchObject({
    ...{ kind: "unconfigured", code: "price-entity.own" },
    facts: { entityId: "sensor.homeiq_price_now" },
  });
});

test("a tariff by the clock gives hours, and quarter hours where it changes within one, through a short day", async () => {
  const tariff = StaticTariff.parse({
    price: 0.3,
    rates: [
      { from: "22:15", to: "06:00", price: 0.2 },
      { from: "00:00", to: "24:00", days: ["sun"], price: 0.25 },
    ],
  });
  const clock = createFakeClock(Date.parse("2026-03-28T12:00Z"));
  const { slots } = await createStaticTariff({ clock, tariff, timeZone, currency: "EUR" }).fetch(
    new AbortController().signal,
  );
  expect((slots.at(-1)?.end ?? 0) - (slots[0]?.start ?? 0)).toBe(47 * HOUR);
  const priceAt = (at: string) =>
    slots.find(({ start, end }) => start <= Date.parse(at) && Date.parse(at) < end)?.price;
  expect(
    ["T04:59Z", "T05:00Z", "T21:00Z", "T21:15Z"].map((time) => priceAt(`2026-03-28${time}`)),
  ).toEqual([0.2, 0.3, 0.3, 0.2]);
  expect(priceAt("2026-03-29T10:00Z")).toBe(0.25);
  expect(minutesOf(slots)).toEqual([60, 15, 45]);
  const none = createStaticTariff({ clock, timeZone, currency: "EUR" });
  expect((await problemOfAsync(() => none.fetch(new AbortController().signal))).code).toBe(
    "static-tariff.none",
  );
});
