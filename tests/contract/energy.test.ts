import { afterAll, beforeAll, expect, test } from "vitest";
import { createEnergyAnalysis, type EnergyAnalysis } from "#src/analysis/energy/energy.ts";
import { EnergyCostAnswer, EnergyReportAnswer, ForecastAnswer } from "#src/api/energy-answers.ts";
import { toAnswer } from "#src/api/errors.ts";
import { energyRoutes } from "#src/api/routes/energy.ts";
import { createLog } from "#src/foundation/log.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";
import { openHistory, type TestHistory } from "#support/history.ts";

const DAYS = 4;
const DAY_MS = 86_400_000;
const NOW = Date.UTC(2026, 2, 20, 0, 0);
const START = NOW - DAYS * DAY_MS;
const METER = "sensor.house_power";
const COUNTER = "sensor.house_energy"; // half a kWh each hour
const clock = createFakeClock(NOW);

let recorded: TestHistory;
let energy: EnergyAnalysis;
let meter: string | undefined = METER;

const change = (at: number, entityId: string, newState: string, unit?: string): StateChange => ({
  ...{ entityId, newState, kind: "state", at },
  ...(unit ? { unit, value: Number(newState) } : {}),
  cause: { kind: "physical", confidence: 1 },
  context: { id: `c${at}${entityId}` },
});

/** A lamp of 80 W, on at every second hour for half an hour; the meter speaks each twenty seconds. */
function* changes() {
  yield change(START + 1, "light.hall", "off");
  for (let second = 20; second < DAYS * 86_400 - 60; second += 20) {
    const at = START + second * 1_000;
    const isOn = second % 7_200 >= 3_600 && second % 7_200 < 5_400;
    if (second % 7_200 === 3_600) yield change(at - 1_000, "light.hall", "on");
    if (second % 7_200 === 5_400) yield change(at - 1_000, "light.hall", "off");
    const watts = 150 + (isOn ? 80 : 0) + (((second / 20) * 13) % 41) / 10;
    yield change(at, METER, String(watts), "W");
    if (second % 900 === 0) {
      const shown = (until: number) => (until / 7_200).toFixed(3);
      yield { ...change(at, COUNTER, shown(second), "kWh"), oldState: shown(second - 900) };
    }
  }
}

const answer = (path: string, init?: RequestInit) => {
  const app = energyRoutes({ energy });
  app.onError((error, c) => {
    const { status, body } = toAnswer(error, createLog("silent"));
    return c.json(body, status);
  });
  return app.request(path, init);
};

beforeAll(async () => {
  recorded = await openHistory({ clock });
  const all = [...changes()];
  for (let row = 0; row < all.length; row += 5_000)
    await recorded.record(all.slice(row, row + 5_000));
  await recorded.history.seal();
  energy = createEnergyAnalysis({
    ...{ db: recorded.store.db, clock, history: recorded.history },
    ...{ timeZone: () => "Europe/Vienna", meter: () => meter },
    prices: (from, to) => Promise.resolve([{ start: from, end: to, value: 0.25 }]),
    carbon: () => Promise.resolve(undefined),
    temperatures: () => Promise.resolve(undefined),
    askSolar: () =>
      Promise.resolve({ roof: { wh_hours: { [new Date(NOW + 36_000_000).toISOString()]: 750 } } }),
  });
}, 60_000);

afterAll(async () => {
  await energy[Symbol.asyncDispose]();
  await recorded[Symbol.asyncDispose]();
});

test("the past is measured a day at a time, and told with what it cost", async () => {
  const signal = new AbortController().signal;
  let calls = 1;
  while (await energy.measureNext(signal)) calls += 1;
  expect(calls).toBeGreaterThan(10); // two weeks are looked at, though there are four days
  expect(await energy.measureNext(signal)).toBe(false);
  const response = await answer("/devices?days=7");
  expect(response.status).toBe(200);
  const report = EnergyReportAnswer.parse(await response.json());
  expect(report.meter).toBe(METER);
  const [lamp] = report.devices;
  expect(lamp?.power).toMatchObject({ entityId: "light.hall", verdict: "measured" });
  expect(lamp?.power?.watts?.value).toBeCloseTo(80, 0);
  expect(lamp?.power?.n).toBeGreaterThan(90);
  expect(lamp?.spent?.kwh.value).toBeCloseTo(DAYS * 12 * 0.5 * 0.08, 1);
  expect(lamp?.spent?.cost).toBeCloseTo((lamp?.spent?.kwh.value ?? 0) * 0.25, 6);
  expect(lamp?.spent?.co2Grams).toBeUndefined();
  expect(report.base?.watts.value).toBeCloseTo(151, -1);
  const days = ["2026-03-16", "2026-03-17", "2026-03-18", "2026-03-19", "2026-03-20"];
  expect(report.flow?.days).toEqual(days); // an hour is missing of the first: of Vienna it began before
  expect(report.flow?.importKwh).toBeCloseTo(DAYS * 24 * 0.172, 0);
});

test("the forecast of the meter stands beside the same time a day ago", async () => {
  const forecast = ForecastAnswer.parse(await (await answer("/forecast")).json());
  if (forecast.verdict !== "forecast") throw new Error("There are four days");
  expect(forecast.slots).toHaveLength(192);
  expect(forecast.solar).toEqual([{ start: NOW + 36_000_000, end: NOW + 39_600_000, kwh: 0.75 }]);
  expect(forecast.errors?.slots).toBeGreaterThan(50);
  expect(forecast.errors?.meanKwh).toBeLessThan(0.01); // the house does the same each day
  const sum = forecast.slots.reduce((total, { meanKwh }) => total + meanKwh, 0);
  expect(sum).toBeCloseTo(48 * 0.1715, 0);
  expect(
    forecast.slots.filter(({ lastDayKwh }) => lastDayKwh !== undefined).length,
  ).toBeGreaterThan(150);
});

test("without a meter no watts and no forecast are made up", async () => {
  meter = undefined;
  const report = EnergyReportAnswer.parse(await (await answer("/devices?days=7")).json());
  expect(report.meter).toBeUndefined();
  expect(report.base).toBeUndefined();
  expect(report.devices).toEqual([{ entityId: "light.hall" }]);
  const refused = await answer("/forecast");
  expect(refused.status).toBe(424);
  expect(await refused.json()).toMatchObject({ error: { code: "energy.no_meter" } });
  meter = METER;
});

test("a counter of energy says what it rose by, and what of it cost how much", async () => {
  const ask = async (query: string) => {
    const response = await answer(`/cost?${query}`);
    return { status: response.status, body: (await response.json()) as object };
  };
  const day = { from: START + DAY_MS, to: START + 2 * DAY_MS };
  const { body } = await ask(`entityId=${COUNTER}&from=${day.from}&to=${day.to}`);
  const cost = EnergyCostAnswer.parse(body);
  expect(cost.kwh).toBeCloseTo(24 * 0.5, 6);
  expect(cost.cost).toBeCloseTo(24 * 0.5 * 0.25, 6);
  expect(cost.unpricedKwh).toBe(0);
  expect(cost.since).toBe(day.from);
  const early = await ask(`entityId=${COUNTER}&from=${START - DAY_MS}&to=${day.to}`);
  const { since } = EnergyCostAnswer.parse(early.body);
  expect(since).toBeGreaterThanOrEqual(START); // nothing is said of the time before it was seen
  expect(since).toBeLessThanOrEqual(START + 30 * 60_000);
  expect(cost).not.toHaveProperty("co2Grams");
  expect(await ask(`entityId=${METER}&from=${day.from}&to=${day.to}`)).toMatchObject({
    status: 404,
    body: { error: { code: "energy.no_counter" } },
  });
  expect((await ask(`entityId=${COUNTER}&from=${day.to}&to=${day.from}`)).status).toBe(400);
});

test("savings of a few days are not enough", async () => {
  const response = await answer(`/savings?entityId=${METER}&since=${NOW - 2 * DAY_MS}`);
  expect(await response.json()).toMatchObject({ verdict: "not_enough_days", neededDays: 5 });
});

test("a best start needs runs, and a source of what it goes by", async () => {
  const ask = (wish: object) =>
    answer("/best-start", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ entityId: METER, deadline: NOW + 8 * 3_600_000, ...wish }),
    });
  expect((await ask({ by: "carbon" })).status).toBe(424);
  expect((await ask({ entityId: "sensor.nowhere" })).status).toBe(404);
  expect((await ask({ entityId: "light.hall" })).status).toBe(400);
  // One endless run of days is no appliance's: no start of it is done by then.
  expect(await (await ask({})).json()).toEqual({ verdict: "no_start", runs: 1 });
});

test("what the grid operator measured is forecast from where the meter has nothing", async () => {
  const imported = "homeiq.meter_import_power";
  const quarters = Array.from({ length: 21 * 96 }, (_, slot) => NOW - (slot + 1) * 900_000);
  await recorded.history.addPast(
    quarters.map((at) => ({
      ...{ entityId: imported, at, unit: "W", source: "csv" },
      state: new Date(at).getUTCHours() === 6 ? "1200" : "300",
    })),
  );
  for (const [chosen, days] of [
    [undefined, 21],
    [METER, 21],
  ] as const) {
    await using house = createEnergyAnalysis({
      ...{ db: recorded.store.db, clock, history: recorded.history },
      ...{ timeZone: () => "UTC", meter: () => chosen, importedMeter: imported },
      prices: () => Promise.resolve(undefined),
      carbon: () => Promise.resolve(undefined),
      temperatures: () => Promise.resolve(undefined),
      askSolar: () => Promise.resolve(undefined),
    });
    const forecast = ForecastAnswer.parse(await house.forecast());
    expect(forecast).toMatchObject({ verdict: "forecast", meter: chosen ?? imported });
    expect(forecast.days).toBeCloseTo(days, 0);
    if (forecast.verdict !== "forecast") continue;
    const atSix = forecast.slots.find(({ start }) => new Date(start).getUTCHours() === 6);
    if (!chosen) expect(atSix?.kwh).toBeCloseTo(0.3, 1);
  }
});
