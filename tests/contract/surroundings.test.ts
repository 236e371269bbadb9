import { afterAll, beforeAll, expect, test } from "vitest";
import type { Overview, TopicView, ValueThen } from "#src/enrichment/surroundings/surroundings.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startFakeVendor, type VendorAnswer } from "#support/fake-vendor.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { listeningLog } from "#support/listening-log.ts";
import { openMeteoBody } from "#support/weather-bodies.ts";

const HOUR = 3_600_000;

let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 7 });
});
afterAll(() => house.stop());

const good = (): VendorAnswer => ({ body: JSON.stringify(openMeteoBody(Date.now(), 7.5)) });
const weatherEntity = () =>
  house.states().find(({ entity_id }) => entity_id.startsWith("weather."))?.entity_id ?? "";

const overview = (homeiq: HomeIq) => homeiq.get<Overview>("/api/v1/surroundings");
const weather = async (homeiq: HomeIq) =>
  (await overview(homeiq)).topics.find(({ topic }) => topic === "weather");
const inState = (homeiq: HomeIq, state: TopicView["state"]) =>
  eventually(`the weather is ${state}`, async () => {
    const view = await weather(homeiq);
    return view?.state === state ? view : undefined;
  });
const own = (homeiq: HomeIq) => homeiq.events("domain=homeiq");

test("the weather is there by itself: in the surroundings, in the history, in the lists, and at each event", async () => {
  await using vendor = await startFakeVendor(good());
  await using homeiq = await startHomeIq({
    url: house.url,
    options: { outside_off: false },
    vendorUrls: { "open-meteo": vendor.url },
  });
  expect(await inState(homeiq, "ok")).toMatchObject({
    provider: "open-meteo",
    facts: { now: { temperatureC: 7.5, condition: "rainy" } },
    entityIds: expect.arrayContaining(["homeiq.outdoor_temperature"]),
  });
  const curves = await homeiq.get<{ facts: { hours: unknown[] }; sun: object }>(
    "/api/v1/surroundings/weather",
  );
  expect(curves.facts.hours).toHaveLength(3);
  expect(curves.sun).toMatchObject({
    elevation: expect.any(Number),
    today: { noon: expect.any(Number) },
  });

  const temperature = await eventually("it is in the history", async () =>
    (await own(homeiq)).find(({ entityId }) => entityId === "homeiq.outdoor_temperature"),
  );
  expect(temperature).toMatchObject({
    ...{ name: "Outdoor temperature", newState: "7.5", value: 7.5, unit: "°C" },
    cause: { kind: "integration", by: "open-meteo" },
  });
  expect(await homeiq.get("/api/v1/entities?domain=homeiq&text=temperature")).toMatchObject({
    entities: [
      {
        entityId: "homeiq.outdoor_temperature",
        name: "Outdoor temperature",
        state: "7.5",
        unit: "°C",
      },
    ],
  });
  const event = await eventually("something happens after it", async () => {
    const [newest] = await homeiq.events("category=lighting,appliance,climate,general,monitoring");
    return newest && newest.at > temperature.at ? newest : undefined;
  });
  const { surroundings } = await homeiq.get<RecordedChange & { surroundings: ValueThen[] }>(
    `/api/v1/events/${event.id}`,
  );
  expect(surroundings).toContainEqual({
    ...{ series: "outdoor_temperature", name: "Outdoor temperature", value: 7.5, unit: "°C" },
    at: temperature.at,
  });
  // Where the house is, to about a kilometer.
  expect(vendor.asked[0]).toMatch(/latitude=-?\d+(\.\d\d?)?&longitude=-?\d+(\.\d\d?)?&/);
});

test("a restart without the vendor shows what it last said, and invents no change of it", async () => {
  const vendor = await startFakeVendor(good());
  const options = { outside_off: false };
  const vendorUrls = { "open-meteo": vendor.url };
  await using first = await startHomeIq({ url: house.url, options, vendorUrls });
  await inState(first, "ok");
  const before = await eventually("all is stored", async () => {
    const events = await own(first);
    return events.length >= 6 ? events : undefined;
  });
  await first.stop();
  await vendor.close();
  await using second = await startHomeIq({
    url: house.url,
    folder: first.folder,
    options,
    vendorUrls,
  });
  const failed = await eventually("the vendor was asked in vain", async () => {
    const view = await weather(second);
    return view?.failure ? view : undefined;
  });
  expect(failed).toMatchObject({
    ...{ provider: "open-meteo", state: "ok", facts: { now: { temperatureC: 7.5 } } },
    failure: { kind: "unavailable", code: "http.unreachable" },
  });
  expect((await own(second)).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  await second.stop();

  // Who turns the topic off has nothing of it any more, and the history says so.
  await using third = await startHomeIq({ url: house.url, folder: first.folder });
  expect(await inState(third, "off")).not.toHaveProperty("facts");
  const ends = await eventually("its values end", async () => {
    const events = await own(third);
    return events.length > before.length
      ? events.slice(0, events.length - before.length)
      : undefined;
  });
  expect(new Set(ends.map(({ newState }) => newState))).toEqual(new Set(["unavailable"]));
});

test("with outside_off nobody outside is asked, and a weather entity goes on with its forecast", async () => {
  await using vendor = await startFakeVendor(good());
  await using homeiq = await startHomeIq({
    url: house.url,
    options: { outside_off: true, openweathermap_key: "a-key", weather_entity: weatherEntity() },
    vendorUrls: { "open-meteo": vendor.url, openweathermap: vendor.url },
  });
  expect(await inState(homeiq, "ok")).toMatchObject({
    provider: "home-assistant-weather",
    facts: { now: { temperatureC: expect.any(Number), condition: expect.any(String) } },
  });
  const { facts } = await homeiq.get<{ facts: { hours: object[]; days: object[] } }>(
    "/api/v1/surroundings/weather",
  );
  expect({ hours: facts.hours.length, days: facts.days.length }).toEqual({ hours: 48, days: 7 });
  const { isOutsideAllowed, topics, providers, vendors } = await overview(homeiq);
  expect(isOutsideAllowed).toBe(false);
  expect(topics.find(({ topic }) => topic === "air")?.state).toBe("off");
  expect(providers.map(({ name }) => name)).not.toContain("open-meteo");
  expect(vendors).toContainEqual({ topic: "weather", name: "open-meteo", isLocal: false });
  expect(vendor.asked).toEqual([]);
});

test("a refused key: the page and the test say so, and the key is in no answer and no line of the log", async () => {
  const key = "s3cret-key-of-mine";
  await using vendor = await startFakeVendor({
    status: 401,
    body: `{"cod":401,"message":"${key}"}`,
  });
  const { log, lines } = listeningLog();
  await using homeiq = await startHomeIq({
    ...{ url: house.url, log, vendorUrls: { openweathermap: vendor.url } },
    options: { outside_off: false, openweathermap_key: key, weather_provider: "openweathermap" },
  });
  expect(await inState(homeiq, "unconfigured")).toMatchObject({
    failure: { code: "http.refused", facts: { status: 401 } },
  });
  for (const answer of [{ status: 500 }, { body: key }, { status: 404 }, { status: 429 }]) {
    vendor.answer(answer);
    const tested = await homeiq.ask("/api/v1/surroundings/openweathermap/test", { method: "POST" });
    const said = await tested.text();
    expect(said).toContain('"code":"http.');
    expect(said).not.toContain(key);
  }
  expect(vendor.asked.every((path) => path.includes(key))).toBe(true);
  const told = await Promise.all(
    [
      "surroundings",
      "surroundings/weather",
      "session",
      "jobs",
      "entities",
      "events",
      "real-time-metrics",
    ].map(async (path) => (await homeiq.ask(`/api/v1/${path}`)).text()),
  );
  expect(told.join()).not.toContain(key);
  expect(lines.join()).toContain("openweathermap");
  expect(lines.join()).not.toContain(key);
});

test("vendors that never answer delay nothing", async () => {
  await using vendor = await startFakeVendor({ isSilent: true });
  await using homeiq = await startHomeIq({
    ...{ url: house.url, options: { outside_off: false } },
    vendorUrls: { "open-meteo": vendor.url },
  });
  await eventually("it is asked", () => vendor.asked[0]);
  const asked = performance.now();
  expect((await homeiq.ask("/api/v1/surroundings")).status).toBe(200);
  expect(performance.now() - asked).toBeLessThan(2_000);
  const newest = async () => (await homeiq.events())[0]?.id;
  const before = await newest();
  const light = house.states().find(({ entity_id }) => entity_id.startsWith("light."));
  house.pressPhysical(light?.entity_id ?? "", light?.state === "on" ? "off" : "on");
  await eventually("events go on", async () => (await newest()) !== before || undefined);
  const stopping = performance.now();
  await homeiq.stop();
  expect(performance.now() - stopping).toBeLessThan(3_000);
});

test("what the filter leaves out is shown now and not kept", async () => {
  await using vendor = await startFakeVendor(good());
  await using homeiq = await startHomeIq({
    ...{ url: house.url, options: { outside_off: false } },
    vendorUrls: { "open-meteo": vendor.url },
  });
  const rules = [{ by: "entity", pattern: "homeiq.*" }];
  const filtered = await homeiq.ask("/api/v1/filter", {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ mode: "exclude", rules, exceptions: [] }),
  });
  expect(filtered.status).toBe(200);
  await inState(homeiq, "ok");
  const before = (await own(homeiq)).length;
  vendor.answer({ body: JSON.stringify(openMeteoBody(Date.now() + 120_000, 9)) });
  await homeiq.ask("/api/v1/surroundings/open-meteo/test", { method: "POST" });
  const event = await eventually("something happens", async () => (await homeiq.events())[0]);
  const detail = await homeiq.ask(`/api/v1/events/${event.id}`);
  expect(detail.status).toBe(200);
  expect(await weather(homeiq)).toMatchObject({ facts: { now: { temperatureC: 9 } } });
  expect(await own(homeiq)).toHaveLength(before);
});

test("an unknown topic or provider is refused and says why", async () => {
  await using homeiq = await startHomeIq({ url: house.url });
  expect((await homeiq.ask("/api/v1/surroundings/tides")).status).toBe(400);
  const tested = await homeiq.ask("/api/v1/surroundings/nobody/test", { method: "POST" });
  expect(tested.status).toBe(404);
  expect(await tested.json()).toMatchObject({ error: { code: "surroundings.unknown" } });
});

test("prices are as the household pays them, and the cheapest hours are found", async () => {
  const midnight = new Date().setHours(0, 0, 0, 0);
  const data = Array.from({ length: 48 }, (_, hour) => ({
    start_timestamp: midnight + hour * HOUR,
    end_timestamp: midnight + (hour + 1) * HOUR,
    marketprice: 100 + hour,
    unit: "Eur/MWh",
  }));
  await using vendor = await startFakeVendor({ body: JSON.stringify({ data }) });
  await using homeiq = await startHomeIq({
    url: house.url,
    options: {
      ...{ outside_off: false, weather_provider: "off", air_provider: "off" },
      ...{ price_provider: "awattar", price_zone: "AT" },
      ...{ price_surcharge: 0.03, price_vat_percent: 20, price_grid_fee: "0.05" },
    },
    vendorUrls: { awattar: vendor.url },
  });
  const { curve } = await eventually("prices are there", async () => {
    const found = await homeiq.get<{
      curve?: { current: { start: number; price: number; parts: object }; today: object };
    }>("/api/v1/surroundings/price/curve");
    return found.curve ? { curve: found.curve } : undefined;
  });
  const { start, price } = curve.current;
  const market = (100 + (start - midnight) / HOUR) / 1_000;
  expect(price).toBeCloseTo((market + 0.03) * 1.2 + 0.05, 9);
  expect(curve.current.parts).toMatchObject({ fees: 0.03, gridFee: 0.05 });

  // Each hour is dearer than the one before: the cheapest three are the first of those asked for.
  const from = midnight + 24 * HOUR;
  const { window } = await homeiq.get<{ window: object }>(
    `/api/v1/surroundings/price/window?hours=3&from=${from}`,
  );
  expect(window).toMatchObject({ start: from, end: from + 3 * HOUR, unit: "EUR/kWh" });
  const none = await homeiq.get(`/api/v1/surroundings/price/window?hours=3&from=${from * 2}`);
  expect(none).toEqual({});

  const recorded = await eventually("it is in the history", async () =>
    (await own(homeiq)).find(({ entityId }) => entityId === "homeiq.electricity_price"),
  );
  expect(recorded.value).toBeCloseTo(price, 4);
});
