import { describe, expect, test } from "vitest";
import { createAwattar, readAwattar } from "#src/enrichment/awattar/awattar.ts";
import { createNordPool, readNordPool } from "#src/enrichment/nord-pool/nord-pool.ts";
import {
  createOctopusAgile,
  readOctopusAgile,
} from "#src/enrichment/octopus-agile/octopus-agile.ts";
import { toPriceCurve } from "#src/enrichment/price/price.ts";
import { createFakeClock } from "#support/clock.ts";
import {
  expectRefusals,
  minutesOf,
  problemOf,
  problemOfAsync,
  realBody,
  replyOf,
  testReal,
} from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const HOUR = 3_600_000;
const clock = createFakeClock(Date.parse("2026-11-27T10:20Z"));
const { signal } = new AbortController();

describe("aWATTar", () => {
  const at = Date.parse("2026-11-27T10:00Z");
  const entry = (hour: number, marketprice: unknown, unit = "Eur/MWh") => ({
    start_timestamp: at + hour * HOUR,
    end_timestamp: at + (hour + 1) * HOUR,
    marketprice,
    unit,
  });

  test("megawatt hours become kilowatt hours, also below zero, and no price is a gap", () => {
    const facts = readAwattar(
      replyOf({ object: "list", data: [entry(2, -12.5), entry(0, 123.45), entry(1, null)] }),
    );
    expect(facts).toEqual({
      currency: "EUR",
      isFinal: false,
      slots: [
        { start: at, end: at + HOUR, price: 0.12345 },
        { start: at + 2 * HOUR, end: at + 3 * HOUR, price: -0.0125 },
      ],
    });
  });

  test("answers without prices and with unknown units are said as what they are", () => {
    expectRefusals(readAwattar, { data: [entry(0, 1)] });
    expect(problemOf(() => readAwattar(replyOf({ data: [] })))).toBe("unavailable price.none");
    expect(problemOf(() => readAwattar(replyOf({ data: [entry(0, null)] })))).toBe(
      "unavailable price.none",
    );
    expect(problemOf(() => readAwattar(replyOf({ data: [entry(0, 1, "kWh")] })))).toBe(
      "internal price.unit",
    );
    expect(problemOf(() => readAwattar(replyOf({ data: [entry(0, "1")] })))).toBe(
      "internal http.unexpected_shape",
    );
  });

  test("today and tomorrow are asked for with an end, so that a day of 25 hours is whole", async () => {
    const vendor = await startVendor(() => ({ body: { data: [entry(0, 1)] } }));
    const autumn = createFakeClock(Date.parse("2026-10-25T10:00Z"));
    await createAwattar({ clock: autumn, country: "at", baseUrl: vendor.baseUrl }).fetch(signal);
    const [asked] = vendor.asked;
    expect(asked?.path).toBe("/v1/marketdata");
    expect(Number(asked?.query.get("end")) - Number(asked?.query.get("start"))).toBe(49 * HOUR);
  });

  testReal("real days are read, and the hour that is missing in autumn is said", () => {
    const gapsOn = (file: string, day: string) => {
      const facts = readAwattar(realBody(file));
      const now = Date.parse(`${day}T12:00Z`);
      const { today } = toPriceCurve(facts, { now, timeZone: "Europe/Vienna" });
      return [facts.slots.length, today.slots.length, today.gaps.length];
    };
    expect(gapsOn("awattar/marketdata-2023-10-29-dst-autumn-day-25h.json", "2023-10-29")).toEqual([
      24, 24, 1,
    ]);
    expect(gapsOn("awattar/marketdata-2023-03-26-dst-spring-day-23h.json", "2023-03-26")).toEqual([
      24, 23, 0,
    ]);
    expect(gapsOn("awattar/marketdata-2023-01-10-ordinary-day.json", "2023-01-10")).toEqual([
      24, 24, 0,
    ]);
    expect(gapsOn("smard-15min/marketdata-2025-12-24.json", "2025-12-24")).toEqual([96, 96, 0]);
    const negative = readAwattar(realBody("awattar/marketdata-2023-05-28-negative-prices.json"));
    expect(negative.slots.some(({ price }) => price < 0)).toBe(true);
  });
});

testReal(
  "every day of a real year is whole, save for the hour that the vendor leaves out in autumn",
  () => {
    const rows = realBody("awattar/at-hourly-2023.csv").text.trim().split("\n").slice(1);
    const data = rows.map((row) => {
      const [start = "", end = "", price] = row.split(",");
      return {
        start_timestamp: Date.parse(start),
        end_timestamp: Date.parse(end),
        marketprice: Number(price),
        unit: "Eur/MWh",
      };
    });
    const facts = readAwattar(replyOf({ data }));
    const days = Array.from(
      { length: 365 },
      (_, day) =>
        toPriceCurve(facts, {
          now: Date.parse("2023-01-01T12:00Z") + day * 24 * HOUR,
          timeZone: "Europe/Vienna",
        }).today,
    );
    const notOf24 = days
      .filter(({ slots }) => slots.length !== 24)
      .map(({ slots }) => slots.length);
    expect(notOf24).toEqual([23]);
    expect(days.flatMap(({ gaps }) => gaps)).toEqual([
      { start: Date.parse("2023-10-29T22:00Z"), end: Date.parse("2023-10-29T23:00Z") },
    ]);
  },
);

describe("Nord Pool", () => {
  const day = (
    date: string,
    prices: Readonly<Record<string, number | null>>,
    key = "multiAreaEntries",
  ) => ({
    currency: "SEK",
    [key]: [
      {
        deliveryStart: `${date}T10:00:00Z`,
        deliveryEnd: `${date}T10:15:00Z`,
        entryPerArea: prices,
      },
      {
        deliveryStart: `${date}T10:15:00Z`,
        deliveryEnd: `${date}T10:30:00Z`,
        entryPerArea: { SE3: 200, SE4: 1 },
      },
    ],
  });

  test("the area's prices are read from days and from indices", () => {
    for (const key of ["multiAreaEntries", "multiIndexEntries"]) {
      const facts = readNordPool(replyOf(day("2026-11-27", { SE3: 100, SE4: 3 }, key)), "SE3");
      expect(facts.slots.map(({ price }) => price)).toEqual([0.1, 0.2]);
      expect([facts.currency, ...minutesOf(facts.slots)]).toEqual(["SEK", 15]);
    }
    expect(readNordPool(replyOf(day("2026-11-27", { SE3: null }))).slots).toHaveLength(1);
  });

  test("an area that is not in the answer is for the user to mend", () => {
    expectRefusals(readNordPool, day("2026-11-27", { SE3: 1 }));
    expect(problemOf(() => readNordPool(replyOf(day("2026-11-27", { SE3: 1 })), "NO1"))).toBe(
      "unconfigured nord-pool.area",
    );
    expect(
      problemOf(() => readNordPool(replyOf({ currency: "EUR", multiAreaEntries: [] }), "NO1")),
    ).toBe("unavailable price.none");
    expect(problemOf(() => readNordPool(replyOf("", 204)))).toBe("unavailable price.none");
  });

  test("tomorrow that is not traded yet leaves today", async () => {
    const vendor = await startVendor(({ query }) =>
      query.get("date") === "2026-11-27"
        ? { body: day("2026-11-27", { SE3: 100 }) }
        : { status: 204 },
    );
    const provider = createNordPool({
      clock,
      area: "SE3",
      currency: "SEK",
      baseUrl: vendor.baseUrl,
    });
    expect((await provider.fetch(signal)).slots).toHaveLength(2);
    expect(vendor.asked.map(({ query }) => query.get("date"))).toEqual([
      "2026-11-27",
      "2026-11-28",
    ]);
  });

  test("in Finland the first hour of today is of the market's yesterday", async () => {
    const vendor = await startVendor(({ query }) => ({
      body: day(query.get("date") ?? "", { SE3: 100 }),
    }));
    const provider = createNordPool({
      clock,
      area: "SE3",
      timeZone: "Europe/Helsinki",
      baseUrl: vendor.baseUrl,
    });
    await provider.fetch(signal);
    expect(vendor.asked.map(({ query }) => query.get("date")).sort()).toEqual([
      "2026-11-26",
      "2026-11-27",
      "2026-11-28",
    ]);
  });

  testReal("a real day of quarter hours and its index by hours are read", () => {
    const quarters = readNordPool(realBody("nordpool/delivery_period_today.json"), "SE4");
    const hourly = readNordPool(realBody("nordpool/indices_60.json"));
    expect([
      quarters.slots.length,
      minutesOf(quarters.slots),
      hourly.slots.length,
      minutesOf(hourly.slots),
    ]).toEqual([96, [15], 24, [60]]);
  });
});

describe("Octopus", () => {
  const rate = (
    from: string,
    to: string | null,
    value: number | null,
    payment: string | null = null,
  ) => ({
    value_exc_vat: 1,
    value_inc_vat: value,
    valid_from: from,
    valid_to: to,
    payment_method: payment,
  });

  test("pence become pounds in order of time, and an open end is the range's", () => {
    const results = [
      rate("2026-11-27T10:30:00Z", null, -2, "DIRECT_DEBIT"),
      rate("2026-11-27T10:30:00Z", null, 99, "NON_DIRECT_DEBIT"),
      rate("2026-11-27T10:00:00Z", "2026-11-27T10:30:00Z", 18.942),
    ];
    const range = { start: Date.parse("2026-11-27T00:00Z"), end: Date.parse("2026-11-27T12:00Z") };
    const facts = readOctopusAgile(replyOf({ count: 3, next: null, results }), range);
    expect(facts.slots.map(({ price }) => price)).toEqual([0.18942, -0.02]);
    expect(facts.slots[1]?.end).toBe(range.end);
    expect([facts.currency, facts.isFinal]).toEqual(["GBP", true]);
  });

  test("answers without rates are said as what they are", () => {
    expectRefusals((reply) => readOctopusAgile(reply), rate("2026-11-27T10:30:00Z", null, 1));
    expect(problemOf(() => readOctopusAgile(replyOf({ next: null, results: [] })))).toBe(
      "unavailable price.none",
    );
    expect(
      problemOf(() => readOctopusAgile(replyOf(rate("2026-11-27T10:30:00Z", null, null)))),
    ).toBe("unavailable price.none");
  });

  test("pages are followed on the same server only", async () => {
    const vendor = await startVendor(({ query }) => {
      const isSecond = query.get("page") === "2";
      const next = isSecond ? "http://elsewhere.invalid/x" : `${vendor.baseUrl}v1?page=2`;
      const hour = isSecond ? "10" : "11";
      return {
        body: {
          next,
          results: [rate(`2026-11-27T${hour}:00:00Z`, `2026-11-27T${hour}:30:00Z`, 10)],
        },
      };
    });
    const tariff = "E-1R-AGILE-24-10-01-C";
    const facts = await createOctopusAgile({ clock, tariff, baseUrl: vendor.baseUrl }).fetch(
      signal,
    );
    expect(facts.slots).toHaveLength(2);
    expect(vendor.asked.map(({ path }) => path)).toEqual([
      `/v1/products/AGILE-24-10-01/electricity-tariffs/${tariff}/standard-unit-rates/`,
      "/v1",
    ]);
  });

  test("a tariff that does not exist is for the user to mend", async () => {
    const vendor = await startVendor(() => ({ status: 404, body: { detail: "Not found." } }));
    const problemWith = async (tariff: string) =>
      (
        await problemOfAsync(() =>
          createOctopusAgile({ clock, tariff, baseUrl: vendor.baseUrl }).fetch(signal),
        )
      ).code;
    expect(await problemWith("E-1R-NONE-1-C")).toBe("octopus-agile.tariff");
    expect(await problemWith("../../secrets")).toBe("octopus-agile.tariff");
    expect(vendor.asked).toHaveLength(1);
  });

  testReal("a real rate is read", () => {
    expect(
      readOctopusAgile(realBody("octopus-agile/standard-unit-rates-entry.json")).slots,
    ).toEqual([
      {
        start: Date.parse("2024-06-20T21:30Z"),
        end: Date.parse("2024-06-20T22:00Z"),
        price: 0.18942,
      },
    ]);
  });
});
