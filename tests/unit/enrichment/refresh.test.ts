import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createOpenMeteo } from "#src/enrichment/open-meteo/open-meteo.ts";
import { createOpenWeatherMap } from "#src/enrichment/openweathermap/openweathermap.ts";
import type { OutsideTopic, Provider } from "#src/enrichment/provider.ts";
import { type Refresh, startRefresh } from "#src/enrichment/refresh/refresh.ts";
import { createLog } from "#src/foundation/log.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#src/foundation/time.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { openStore, type Store } from "#src/store/database.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { type FakeVendor, startFakeVendor, type VendorAnswer } from "#support/fake-vendor.ts";
import { openMeteoBody } from "#support/weather-bodies.ts";

const log = createLog("silent");
const NOON = Date.UTC(2026, 10, 27, 12);
const DUE_MS = 13.5 * MINUTE_MS; // nine tenths of what the weather is good for
const place = { latitude: 48.2, longitude: 16.37, timeZone: "Europe/Vienna" };

let folder: string;
let store: Store;
let clock: ReturnType<typeof createFakeClock>;
let vendor: FakeVendor;
let refresh: Refresh;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-refresh-"));
  store = openStore(join(folder, "homeiq.db"));
  clock = createFakeClock(NOON);
  vendor = await startFakeVendor(good());
  refresh = start();
});

afterEach(async () => {
  await refresh[Symbol.asyncDispose]();
  await vendor.close();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const good = (temperature = 7.5): VendorAnswer => ({
  body: JSON.stringify(openMeteoBody(clock.now(), temperature)),
});

const start = (secrets: readonly string[] = []) =>
  startRefresh({
    ...{ store, clock, log, secrets, random: () => 0 },
    changed: createTopic<OutsideTopic>({ name: "changed", log }),
  });

const openMeteo = () => createOpenMeteo({ clock, place, baseUrl: vendor.url });
const use = (provider: Provider<unknown> = openMeteo(), isActive = true) =>
  refresh.use([{ provider, isActive }]);
const status = () => refresh.status()[0] ?? expect.fail("there is no provider");

/** Lets the time pass and waits until that many questions in all have their answer. */
async function after(ms: number, asked: number) {
  clock.advance(ms);
  return eventually(`${asked} answers`, () => {
    const { ok, failed } = status();
    const done = ok + Object.values(failed).reduce((sum, one) => sum + one, 0);
    return done === asked ? status() : undefined;
  });
}

test("the weather is asked for at the start, and again before it is too old", async () => {
  use();
  await after(0, 1);
  expect(refresh.latest("weather")).toMatchObject({
    name: "open-meteo",
    ageMs: 0,
    isStale: false,
    facts: { now: { temperatureC: 7.5 } },
  });
  vendor.answer(good(8.25));
  clock.advance(DUE_MS - 1);
  expect(vendor.asked).toHaveLength(1);
  await after(1, 2);
  expect(refresh.latest("weather")?.facts.now.temperatureC).toBe(8.25);
});

test.each<[string, VendorAnswer, string, string]>([
  ["401", { status: 401, body: '{"cod":401}' }, "unconfigured", "http.refused"],
  ["403", { status: 403, body: "no" }, "unconfigured", "http.refused"],
  ["429", { status: 429 }, "unavailable", "http.too_many"],
  ["500", { status: 500, body: "<html>" }, "unavailable", "http.server"],
  ["404", { status: 404 }, "internal", "http.unexpected_status"],
  ["a page", { body: "<!doctype html><title>Sign in" }, "internal", "http.not_json"],
  ["half an answer", { body: '{"current":{"time":17' }, "internal", "http.not_json"],
  ["another shape", { body: '{"current":{"time":[1]}}' }, "internal", "http.unexpected_shape"],
  ["nothing of weather", { body: "{}" }, "internal", "http.unexpected_shape"],
])(
  "after %s the last good answer stays, and the failure has its kind and is counted",
  async (_, bad, kind, code) => {
    use();
    await after(0, 1);
    vendor.answer(bad);
    await after(DUE_MS, 2);
    expect(status()).toMatchObject({ failure: { kind, code }, failed: { [`${kind} ${code}`]: 1 } });
    expect(refresh.latest("weather")).toMatchObject({ isStale: false, ageMs: DUE_MS });
    clock.advance(HOUR_MS);
    expect(refresh.latest("weather")).toMatchObject({
      isStale: true,
      facts: { now: { temperatureC: 7.5 } },
    });
  },
);

test("a server that is gone is asked again after one second, two, four, and found when it is back", async () => {
  vendor.answer({ status: 503 });
  use();
  await after(0, 1);
  for (const [n, seconds] of [1, 2, 4].entries()) {
    clock.advance(0.8 * seconds * SECOND_MS);
    expect(vendor.asked).toHaveLength(n + 1);
    await after(0.2 * seconds * SECOND_MS, n + 2);
  }
  vendor.answer(good());
  expect(await after(10 * SECOND_MS, 5)).toMatchObject({ state: "ok", ok: 1 });
  expect(status().failure).toBeUndefined();
});

test("after five failures in a row it is only asked each quarter of an hour", async () => {
  await vendor.close();
  use();
  await after(0, 1);
  for (let n = 2; n <= 5; n += 1) await after(10 * SECOND_MS, n);
  expect(status()).toMatchObject({
    isProbed: true,
    state: "unavailable",
    failure: { code: "http.unreachable", facts: { reason: "ECONNREFUSED" } },
    nextAt: clock.now() + 15 * MINUTE_MS,
  });
  clock.advance(14 * MINUTE_MS);
  expect(status().asked).toBe(5);
  await after(MINUTE_MS, 6);
});

test.each([
  ["seconds", () => "1800"],
  ["a date", () => new Date(Date.now() + 1_800_000).toUTCString()],
])("a server that says when to come back, in %s, is not asked before", async (_, retryAfter) => {
  vendor.answer({ status: 429, headers: { "retry-after": retryAfter() } });
  use();
  await after(0, 1);
  const nextAt = status().nextAt ?? 0;
  expect(Math.abs(nextAt - clock.now() - 30 * MINUTE_MS)).toBeLessThan(3 * SECOND_MS);
  clock.advance(29 * MINUTE_MS);
  expect(vendor.asked).toHaveLength(1);
});

test("a refused key is not tried again by itself, only when the user tests it", async () => {
  vendor.answer({ status: 401 });
  use();
  await after(0, 1);
  clock.advance(2 * DAY_MS);
  expect(status()).toMatchObject({ asked: 1, state: "unconfigured" });
  vendor.answer(good());
  expect(await refresh.test("open-meteo")).toMatchObject({
    topic: "weather",
    facts: { now: { temperatureC: 7.5 } },
  });
  expect(status().state).toBe("ok");
  await after(DUE_MS, 3);
});

test("one that answers never is given up after ten seconds, also when it does not listen", async () => {
  vendor.answer({ isSilent: true });
  use();
  clock.advance(0);
  await eventually("asked", () => vendor.asked[0]);
  expect(await after(10 * SECOND_MS, 1)).toMatchObject({ failure: { kind: "unavailable" } });

  const deaf: Provider<unknown> = {
    ...{ name: "deaf", topic: "air", maxAgeMs: HOUR_MS },
    fetch: () => new Promise(() => {}),
  };
  use(deaf);
  clock.advance(0);
  expect(await after(10 * SECOND_MS, 1)).toMatchObject({
    failure: { code: "surroundings.timeout" },
  });
});

test("stopping does not wait for a server that never answers", async () => {
  vendor.answer({ isSilent: true });
  use();
  clock.advance(0);
  await eventually("asked", () => vendor.asked[0]);
  const before = performance.now();
  await refresh[Symbol.asyncDispose]();
  expect(performance.now() - before).toBeLessThan(5_000); // far below its patience, which stands still here
});

test("after a restart the last answer is there with its age, stale when it is too old, before anybody is asked", async () => {
  use();
  await after(0, 1);
  await refresh[Symbol.asyncDispose]();
  clock.advance(10 * MINUTE_MS);
  refresh = start();
  expect(refresh.latest("weather")).toMatchObject({
    ...{ name: "open-meteo", isStale: false, ageMs: 10 * MINUTE_MS },
    facts: { now: { temperatureC: 7.5, condition: "rainy" } },
  });
  clock.advance(10 * MINUTE_MS);
  expect(refresh.latest("weather")).toMatchObject({ isStale: true });
  await vendor.close();
  use();
  await after(0, 2); // it fails, and what was known stays
  expect(status()).toMatchObject({ state: "stale", asked: 2, ok: 1 });
});

test("what a vendor allows in a day is kept to, over restarts and also by tests", async () => {
  let asked = 0;
  const frugal: Provider<unknown> = {
    ...{ name: "frugal", topic: "price", maxAgeMs: MINUTE_MS, mostPerDay: 3 },
    fetch: async () => {
      asked += 1;
      return {};
    },
  };
  for (let n = 1; n <= 3; n += 1) {
    use(frugal);
    await after(0, n);
    await refresh[Symbol.asyncDispose]();
    refresh = start();
  }
  use(frugal);
  clock.advance(20 * HOUR_MS);
  expect(asked).toBe(3);
  expect(status().quota).toEqual({ used: 3, mostPerDay: 3 });
  expect(await refresh.test("frugal")).toMatchObject({ failure: { code: "surroundings.quota" } });
  expect(asked).toBe(3);
  await after(6 * HOUR_MS, 4);
});

test("within its quota a vendor is asked evenly over the day", async () => {
  const provider = { ...openMeteo(), maxAgeMs: MINUTE_MS, mostPerDay: 24 };
  use(provider);
  await after(0, 1);
  expect(status().nextAt).toBe(clock.now() + HOUR_MS);
});

test("one that is not used is asked only by a test, and its answer is not the topic's", async () => {
  use(openMeteo(), false);
  clock.advance(DAY_MS);
  expect(vendor.asked).toHaveLength(0);
  expect(await refresh.test("open-meteo")).toMatchObject({ facts: { now: {} } });
  clock.advance(DAY_MS);
  expect(vendor.asked).toHaveLength(1);
  await expect(refresh.test("nobody")).rejects.toMatchObject({ kind: "not_found" });
});

test("a meter that reports by itself is heard at once, and its connection ends with it", async () => {
  let isOver = false;
  const meter: Provider<unknown> & Disposable = {
    ...{ name: "meter", topic: "meter", maxAgeMs: 10 * SECOND_MS },
    fetch: async () => ({ at: clock.now(), powerW: 100 }),
    [Symbol.dispose]: () => {
      isOver = true;
    },
  };
  use(meter);
  await after(0, 1);
  clock.advance(SECOND_MS);
  refresh.push("meter", { at: clock.now(), powerW: 250 });
  expect(refresh.latest("meter")).toMatchObject({ ageMs: 0, facts: { powerW: 250 } });
  expect(status().asked).toBe(1);
  clock.advance(8 * SECOND_MS);
  expect(status().asked).toBe(1); // what was heard is as good as an answer
  use(openMeteo());
  await eventually("it is over", () => isOver || undefined);
});

test("a key, and what was got for it, is in the question and in nothing that is told", async () => {
  const [key, token] = ["k3y-of-the-house", "token/of this hour"];
  refresh = start([key]);
  const provider = createOpenWeatherMap({ place, key, baseUrl: vendor.url });
  const loud: Provider<unknown> = {
    ...{ name: "loud", topic: "air", maxAgeMs: HOUR_MS },
    fetch: async () => {
      refresh.hide(token); // as one that logs in by itself
      throw new TypeError(`Headers.append: "${key}" or "${token}" is an invalid header value.`);
    },
  };
  refresh.use([provider, loud].map((one) => ({ provider: one, isActive: true })));
  for (const answer of [{ status: 401 }, { status: 500 }, { body: "<" }, { body: "{}" }]) {
    vendor.answer(answer);
    const said = JSON.stringify([await refresh.test("openweathermap"), refresh.status()]);
    expect(said).toContain('"failure"');
    expect(said).not.toContain(key);
  }
  expect(vendor.asked[0]).toContain(`appid=${key}`);
  const said = JSON.stringify(await refresh.test("loud"));
  expect(said).toMatch(/\[hidden\]\\" or \\"\[hidden\]/);
  expect(said).not.toContain(key);
});
