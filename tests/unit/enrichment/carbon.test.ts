import { describe, expect, test } from "vitest";
import { findCarbonWindow, toCarbonCurve, toGramsPerKwh } from "#src/enrichment/carbon/carbon.ts";
import {
  createElectricityMaps,
  readElectricityMaps,
  readElectricityMapsPoints,
} from "#src/enrichment/electricity-maps/electricity-maps.ts";
import {
  createGbCarbonIntensity,
  readGbCarbonIntensity,
} from "#src/enrichment/gb-carbon-intensity/gb-carbon-intensity.ts";
import { createFakeClock } from "#support/clock.ts";
import {
  expectRefusals,
  problemOf,
  problemOfAsync,
  realBody,
  replyOf,
  testReal,
} from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const HOUR = 3_600_000;
const now = Date.parse("2026-11-27T10:20Z");
const { signal } = new AbortController();
const place = { latitude: 52.5, longitude: 13.4, timeZone: "Europe/Berlin" };
const hoursFrom = (start: string, grams: readonly number[]) =>
  grams.map((gramsPerKwh, hour) => ({
    start: Date.parse(start) + hour * HOUR,
    end: Date.parse(start) + (hour + 1) * HOUR,
    gramsPerKwh,
  }));

test("the curve says what is now and ahead, the greenest window, and what energy emitted", () => {
  const slots = hoursFrom("2026-11-27T10:00Z", [300, 100, 200, 50]);
  const curve = toCarbonCurve({ slots }, { now, timeZone: "Europe/Vienna" });
  expect(curve.current?.gramsPerKwh).toBe(300);
  expect(curve.ahead[0]?.start).toBe(now);
  expect(curve.gaps).toEqual([{ start: Date.parse("2026-11-27T14:00Z"), end: now + 24 * HOUR }]);
  expect([curve.today.length, curve.tomorrow.length]).toEqual([4, 0]);
  expect(findCarbonWindow(slots, { hours: 2 })).toEqual({
    start: Date.parse("2026-11-27T12:00Z"),
    end: Date.parse("2026-11-27T14:00Z"),
    meanGramsPerKwh: 125,
  });
  expect(findCarbonWindow(slots, { hours: 1, most: "highest" })?.meanGramsPerKwh).toBe(300);
});

test("a pound per MWh is 0.45 grams per kWh", () => {
  expect(toGramsPerKwh(1000)).toBeCloseTo(453.59237, 5);
});

describe("Great Britain", () => {
  const half = (from: string, to: string, intensity: unknown, mix?: unknown) => ({
    from: `2026-11-27T${from}Z`,
    to: `2026-11-27T${to}Z`,
    intensity,
    ...(mix ? { generationmix: mix } : {}),
  });
  const national = {
    data: [
      half("10:00", "10:30", { forecast: 83, actual: 85, index: "low" }),
      half("10:30", "11:00", { forecast: 90, actual: null, index: "low" }),
      half("11:00", "11:30", { forecast: null, actual: null }),
    ],
  };
  const mix = [
    { fuel: "gas", perc: 20.5 },
    { fuel: "coal", perc: 1 },
    { fuel: "wind", perc: 78.5 },
  ];
  const region = {
    shortname: "London",
    postcode: "EC1V",
    data: [half("10:00", "10:30", { forecast: 107 }, mix)],
  };

  test("what was measured counts, else the forecast; a half hour without either is a gap", () => {
    const facts = readGbCarbonIntensity(replyOf(national), Date.parse("2026-11-27T10:40Z"));
    expect(facts).toMatchObject({
      gramsPerKwh: 90,
      at: Date.parse("2026-11-27T10:30Z"),
      region: "Great Britain",
    });
    expect(facts.slots.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([85, 90]);
  });

  test("a region is read as a list or alone, with the fossil part of its mix", () => {
    for (const data of [[region], region]) {
      expect(readGbCarbonIntensity(replyOf({ data }))).toMatchObject({
        gramsPerKwh: 107,
        region: "London",
        fossilPercent: 21.5,
      });
    }
  });

  test("answers without values are said as what they are", () => {
    expectRefusals((reply) => readGbCarbonIntensity(reply), national);
    expect(problemOf(() => readGbCarbonIntensity(replyOf({ data: [] })))).toBe(
      "unavailable carbon.none",
    );
    expect(
      problemOf(() =>
        readGbCarbonIntensity(replyOf({ data: [half("10:00", "10:30", { forecast: null })] })),
      ),
    ).toBe("unavailable carbon.none");
  });

  test("only the first half of the postcode is asked for, and one that is none is for the user to mend", async () => {
    const vendor = await startVendor(({ path }) =>
      path.endsWith("ZZ9") ? { status: 400 } : { body: { data: region } },
    );
    const fetchWith = (postcode: string | undefined) =>
      createGbCarbonIntensity({
        clock: createFakeClock(Date.parse("2026-11-27T10:20Z")),
        baseUrl: vendor.baseUrl,
        ...(postcode ? { postcode } : {}),
      }).fetch(signal);
    await fetchWith("ec1v 9hx");
    await fetchWith("EC1V9HX");
    await fetchWith("W1");
    await fetchWith(undefined);
    expect(vendor.asked.map(({ path }) => path)).toEqual([
      "/regional/intensity/2026-11-27T10:20Z/fw48h/postcode/EC1V",
      "/regional/intensity/2026-11-27T10:20Z/fw48h/postcode/EC1V",
      "/regional/intensity/2026-11-27T10:20Z/fw48h/postcode/W1",
      "/intensity/2026-11-27T10:20Z/fw48h",
    ]);
    expect((await problemOfAsync(() => fetchWith("ZZ9"))).code).toBe(
      "gb-carbon-intensity.postcode",
    );
    expect((await problemOfAsync(() => fetchWith("../x"))).kind).toBe("unconfigured");
  });

  testReal("real answers of the nation and of a region are read", () => {
    expect(readGbCarbonIntensity(realBody("carbonintensity-gb/intensity.json"))).toMatchObject({
      gramsPerKwh: 85,
    });
    expect(
      readGbCarbonIntensity(realBody("carbonintensity-gb/regional-postcode.json")),
    ).toMatchObject({ gramsPerKwh: 107, region: "London", fossilPercent: 20.2 });
  });
});

describe("Electricity Maps", () => {
  const latest = {
    zone: "DE",
    carbonIntensity: 302,
    datetime: "2026-11-27T10:00:00.000Z",
    isEstimated: true,
  };
  const point = (hour: number, carbonIntensity: number | null) => ({
    carbonIntensity,
    datetime: `2026-11-27T${String(hour).padStart(2, "0")}:00:00.000Z`,
  });

  test("both forms of the answer are read", () => {
    expect(readElectricityMaps(replyOf(latest))).toMatchObject({
      gramsPerKwh: 302,
      region: "DE",
      at: Date.parse("2026-11-27T10:00Z"),
    });
    const forHome = {
      status: "ok",
      countryCode: "AT",
      data: { datetime: latest.datetime, carbonIntensity: 90, fossilFuelPercentage: 12.5 },
    };
    expect(readElectricityMaps(replyOf(forHome))).toMatchObject({
      gramsPerKwh: 90,
      region: "AT",
      fossilPercent: 12.5,
    });
  });

  test("answers without values are said as what they are", () => {
    expectRefusals(readElectricityMaps, latest);
    expectRefusals(readElectricityMapsPoints, { history: [point(10, 1)] });
    expect(
      problemOf(() => readElectricityMaps(replyOf({ ...latest, carbonIntensity: null }))),
    ).toBe("unavailable carbon.none");
    expect(problemOf(() => readElectricityMaps(replyOf({ message: "Zone unknown" }, 404)))).toBe(
      "unconfigured electricity-maps.zone",
    );
    expect(
      readElectricityMapsPoints(replyOf({ forecast: [point(10, null), point(11, 5)] })),
    ).toHaveLength(1);
  });

  test("the past and the forecast meet at the current hour, and what the plan lacks is left out", async () => {
    const bodies: Record<string, { status?: number; body?: unknown }> = {
      latest: { body: latest },
      history: { body: { zone: "DE", history: [point(10, 299), point(9, 280)] } },
      forecast: {
        body: { zone: "DE", forecast: [point(10, 333), point(11, 250), point(12, 200)] },
      },
    };
    const vendor = await startVendor(
      ({ path }) => bodies[path.split("/").at(-1) ?? ""] ?? { status: 500 },
    );
    const provider = createElectricityMaps({ key: "secret-key", place, baseUrl: vendor.baseUrl });
    const full = await provider.fetch(signal);
    expect(full.slots.map(({ gramsPerKwh }) => gramsPerKwh)).toEqual([280, 302, 250, 200]);
    bodies.forecast = { status: 403, body: { error: "not in your plan" } };
    expect((await provider.fetch(signal)).slots).toHaveLength(2);
    bodies.latest = { status: 401, body: { error: "Invalid auth-token" } };
    expect((await problemOfAsync(() => provider.fetch(signal))).code).toBe("http.refused");
    expect(vendor.asked[0]?.headers["auth-token"]).toBe("secret-key");
    expect(vendor.asked[0]?.query.get("lat")).toBe("52.5");
  });

  testReal("a real answer is read", () => {
    expect(readElectricityMaps(realBody("electricitymaps/home-assistant-v3.json"))).toMatchObject({
      gramsPerKwh: 386,
      region: "DE",
      fossilPercent: 43.06,
    });
  });
});
