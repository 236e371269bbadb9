import { describe, expect, test } from "vitest";
import { createAirEntity, readAirEntities } from "#src/enrichment/air-entity/air-entity.ts";
import { createAirNow, readAirNow } from "#src/enrichment/airnow/airnow.ts";
import {
  createOpenMeteoAir,
  readOpenMeteoAir,
} from "#src/enrichment/open-meteo-air/open-meteo-air.ts";
import {
  expectRefusals,
  problemOf,
  problemOfAsync,
  realBody,
  replyOf,
  testReal,
} from "./replies.ts";
import { startVendor } from "./vendor-server.ts";

const { signal } = new AbortController();
const place = { latitude: 34, longitude: -118, timeZone: "America/Los_Angeles" };

describe("AirNow", () => {
  const row = (ParameterName: string, AQI: number | null, zone = "PST") => ({
    DateObserved: "2026-11-27 ",
    HourObserved: 15,
    LocalTimeZone: zone,
    ReportingArea: "Here",
    ParameterName,
    AQI,
  });

  test("one row per pollutant is read, and its local time by the zone's abbreviation", () => {
    const facts = readAirNow(
      replyOf([
        row("O3", 44),
        row("PM2.5", 137),
        row("PM10", -1),
        row("NO2", null),
        row("Pollen", 300),
      ]),
    );
    expect(facts).toEqual({
      at: Date.parse("2026-11-27T23:00Z"),
      aqi: 137,
      pollutant: "pm2_5",
      parts: [
        { pollutant: "o3", aqi: 44 },
        { pollutant: "pm2_5", aqi: 137 },
      ],
    });
    expect(readAirNow(replyOf([row("CO", 3, "EDT")])).at).toBe(Date.parse("2026-11-27T19:00Z"));
    expect(readAirNow(replyOf([row("CO", 3, "XYZ")]), "Europe/Vienna").at).toBe(
      Date.parse("2026-11-27T14:00Z"),
    );
  });

  test("no station, a wrong key and a full quota are said as what they are", () => {
    expectRefusals((reply) => readAirNow(reply), [row("O3", 1)]);
    const said = (body: unknown, status = 200) =>
      problemOf(() => readAirNow(replyOf(body, status)));
    expect(said([])).toBe("unavailable airnow.no_station");
    expect(said([row("O3", -1)])).toBe("unavailable air.none");
    const failed = (Message: string) => ({ WebServiceError: [{ Message }] });
    expect(said(failed("Invalid API key"))).toBe("unconfigured http.refused");
    expect(said(failed("Invalid API key"), 401)).toBe("unconfigured http.refused");
    expect(said(failed("Web service request limit exceeded"))).toBe("unavailable http.too_many");
    expect(said(failed("Database error"))).toBe("internal airnow.failed");
  });

  test("the place and the key are asked with, and no message holds the key", async () => {
    const key = "12345678-secret-key";
    const vendor = await startVendor(({ query }) => ({
      body: { WebServiceError: [{ Message: `Odd: ${query.get("API_KEY")}` }] },
    }));
    const thrown = await problemOfAsync(() =>
      createAirNow({ key, place, baseUrl: vendor.baseUrl }).fetch(signal),
    );
    expect(vendor.asked[0]?.query.get("latitude")).toBe("34");
    expect(thrown.message).toBe("AirNow answered: Odd: ***");
  });

  testReal("real answers are read", () => {
    expect(readAirNow(realBody("airnow/response.json"))).toMatchObject({
      aqi: 44,
      pollutant: "o3",
      at: Date.parse("2020-12-20T23:00Z"),
    });
    expect(problemOf(() => readAirNow(realBody("airnow/200-empty.json")))).toBe(
      "unavailable airnow.no_station",
    );
    expect(problemOf(() => readAirNow(realBody("airnow/401-invalid-key.json", 401)))).toBe(
      "unconfigured http.refused",
    );
    expect(problemOf(() => readAirNow(realBody("airnow/401-invalid-key.json")))).toBe(
      "unconfigured http.refused",
    );
  });
});

describe("Open-Meteo", () => {
  const now = Date.parse("2026-11-27T10:00Z") / 1000;
  const units = { pm2_5: "μg/m³", pm10: "μg/m³", ozone: "μg/m³" };
  const hourly = {
    time: Array.from({ length: 26 }, (_, hour) => now - (24 - hour) * 3600),
    pm2_5: Array.from({ length: 26 }, (_, hour) => (hour > 12 ? 20 : 10)),
    ozone: Array.from({ length: 26 }, () => 50),
  };
  const answer = {
    current: { time: now, european_aqi: 33, pm2_5: 90, pm10: 8, ozone: 80 },
    current_units: units,
    hourly,
  };

  test("particles count by their day, ozone by eight hours, what has no hours by now", () => {
    const facts = readOpenMeteoAir(replyOf(answer));
    expect(facts).toMatchObject({ at: now * 1000, pollutant: "pm2_5", aqi: 62, europeanAqi: 33 });
    expect(
      facts.parts.map(({ pollutant, microgramsPerM3 }) => [pollutant, microgramsPerM3]),
    ).toEqual([
      ["pm2_5", 15],
      ["pm10", 8],
      ["o3", 50],
    ]);
  });

  test("a day of which too little is known does not count as one", () => {
    const sparse = {
      ...hourly,
      pm2_5: hourly.pm2_5.map((value, hour) => (hour % 2 ? value : null)),
    };
    expect(readOpenMeteoAir(replyOf({ ...answer, hourly: sparse })).parts[0]?.microgramsPerM3).toBe(
      90,
    );
  });

  test("answers without values are said as what they are", () => {
    expectRefusals(readOpenMeteoAir, answer);
    const said = (body: unknown, status = 200) =>
      problemOf(() => readOpenMeteoAir(replyOf(body, status)));
    expect(said({ current: { time: now, pm2_5: null }, current_units: units })).toBe(
      "unavailable air.none",
    );
    expect(said({ ...answer, current_units: { ...units, pm10: "ppm" } })).toBe("internal air.unit");
    expect(said({ error: true, reason: "Daily API request limit exceeded" }, 429)).toBe(
      "unavailable http.too_many",
    );
  });

  test("a day of hours is asked for at the place", async () => {
    const vendor = await startVendor(() => ({ body: answer }));
    await createOpenMeteoAir({ place, baseUrl: vendor.baseUrl }).fetch(signal);
    expect(Object.fromEntries(vendor.asked[0]?.query ?? [])).toMatchObject({
      latitude: "34",
      past_hours: "24",
      timeformat: "unixtime",
    });
  });
});

describe("sensors of Home Assistant", () => {
  const sensor = (
    device_class: string,
    unit_of_measurement: string | undefined,
    state: string,
    more = {},
  ) => ({
    entityId: `sensor.${device_class}`,
    state,
    attributes: { device_class, unit_of_measurement, ...more },
    lastChangedAt: 5,
    lastUpdatedAt: 7,
    context: { id: "x" },
  });

  test("they are read by device class and unit", () => {
    const facts = readAirEntities([
      sensor("pm25", "µg/m³", "9.1"),
      sensor("ozone", "ppb", "71"),
      sensor("carbon_monoxide", "ppm", "4.5"),
      sensor("carbon_monoxide", "mg/m³", "1"),
      sensor("pm10", "ppm", "9"),
      sensor("temperature", "°C", "20"),
      sensor("nitrogen_dioxide", "µg/m³", "unavailable"),
    ]);
    expect([facts.pollutant, facts.aqi, facts.at]).toEqual(["o3", 101, 7]);
    expect(facts.parts.map(({ pollutant, aqi }) => [pollutant, aqi])).toEqual([
      ["pm2_5", 51],
      ["o3", 101],
      ["co", 51],
      ["co", 9],
    ]);
  });

  test("an index counts when it names its pollutant", () => {
    expect(
      readAirEntities([sensor("aqi", undefined, "63", { dominant_pollutant: "PM2.5" })]),
    ).toMatchObject({ aqi: 63, pollutant: "pm2_5" });
    expect(problemOf(() => readAirEntities([sensor("aqi", undefined, "63")]))).toBe(
      "unavailable air.none",
    );
    expect(problemOf(() => readAirEntities([sensor("pm25", "µg/m³", "")]))).toBe(
      "unavailable air.none",
    );
  });

  test("an index that HomeIQ shows itself is refused: it would be fed with itself", async () => {
    const own = createAirEntity({
      ...{ entityIds: ["sensor.homeiq_aqi"], isOwn: () => true },
      findState: () => undefined,
    });
    expect((await problemOfAsync(() => own.fetch(signal))).code).toBe("air-entity.own");
  });

  test("a sensor that does not exist is for the user to mend", async () => {
    const fetchWith = (entityIds: readonly string[]) =>
      createAirEntity({ entityIds, findState: () => undefined }).fetch(signal);
    expect((await problemOfAsync(() => fetchWith(["sensor.gone"]))).code).toBe(
      "air-entity.missing",
    );
    expect((await problemOfAsync(() => fetchWith([]))).code).toBe("air-entity.none");
  });
});
