import { expect, test } from "vitest";
import { choose, type Vendor } from "#src/enrichment/choice/choice.ts";
import {
  createReadings,
  type OwnChange,
  SERIES,
  toEntityId,
  toReadings,
} from "#src/enrichment/readings/readings.ts";
import { HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { toOutsidePoint } from "#src/ingest/influx/outside.ts";
import { linesOf, toPoint } from "#src/ingest/influx/points.ts";
import { createFakeClock } from "#support/clock.ts";
import { recordedChange } from "#support/influx-mirror.ts";

const NOON = Date.UTC(2026, 10, 27, 12);

type Deps = Parameters<typeof createReadings>[0];

function open(
  before: Deps["before"] = [],
  isRecorded: (entityId: string) => boolean = () => false,
) {
  const clock = createFakeClock(NOON);
  const changes: OwnChange[] = [];
  const record = (more: readonly OwnChange[]) => void changes.push(...more);
  const readings = createReadings({ clock, before, record, isRecorded });
  const temperature = (value: number, at = clock.now()) =>
    readings.keep([{ series: "outdoor_temperature", at, value, unit: "°C" }], "open-meteo");
  return { clock, changes, readings, temperature };
}

test("a value is kept when it is another one, with how long the one before had held", () => {
  const { clock, changes, temperature } = open();
  temperature(7.51);
  clock.advance(15 * MINUTE_MS);
  temperature(7.49); // the same to a tenth
  clock.advance(15 * MINUTE_MS);
  temperature(8);
  const entityId = "homeiq.outdoor_temperature";
  const said = { entityId, unit: "°C", by: "open-meteo" };
  expect(changes).toEqual([
    { ...said, at: NOON, newState: "7.5", value: 7.5 },
    {
      ...{ ...said, at: NOON + 30 * MINUTE_MS, oldState: "7.5", newState: "8", value: 8 },
      heldMs: 30 * MINUTE_MS,
    },
  ]);
});

test("a value that moves all the time is kept once a minute, the power of the house each second", () => {
  const { clock, changes, temperature, readings } = open();
  for (let second = 0; second < 120; second += 1) {
    temperature(second);
    const at = clock.now();
    readings.keep([{ series: "house_power", at, value: 300 + second, unit: "W" }], "dsmr-p1");
    clock.advance(1_000);
  }
  const counts = Object.groupBy(changes, ({ entityId }) => entityId);
  expect(counts["homeiq.outdoor_temperature"]).toHaveLength(2);
  expect(counts["homeiq.house_power"]).toHaveLength(120);
});

test("a power that Home Assistant records by the second itself is kept of ours once a minute", () => {
  const { clock, changes, readings } = open([], (entityId) => entityId === "sensor.meter");
  const power = (shownBy: string) => {
    for (let second = 0; second < 120; second += 1) {
      const at = clock.now();
      readings.keep([{ series: "house_power", at, value: second, unit: "W", shownBy }], "entities");
      clock.advance(1_000);
    }
    return changes.splice(0).length;
  };
  expect(power("sensor.meter")).toBe(2);
  expect(power("sensor.left_out")).toBe(120);
});

test("a moment is in whole milliseconds, as the store keeps it", () => {
  const { changes, temperature } = open();
  temperature(7.5, NOON - 1_000.25);
  expect(changes[0]?.at).toBe(NOON - 1_000);
});

test("what nobody knows any more is unavailable, once, and comes back", () => {
  const { clock, changes, readings, temperature } = open();
  temperature(5);
  clock.advance(HOUR_MS);
  readings.lose("weather", "open-meteo");
  readings.lose("weather", "open-meteo");
  temperature(5);
  expect(changes.map(({ newState }) => newState)).toEqual(["5", "unavailable", "5"]);
});

test("after a restart a value goes on from the history: the same is no change", () => {
  const before = [{ entityId: "homeiq.outdoor_temperature", state: "5", at: NOON - HOUR_MS }];
  const { changes, temperature } = open(before);
  temperature(5);
  expect(changes).toEqual([]);
  temperature(6);
  expect(changes).toMatchObject([{ oldState: "5", heldMs: HOUR_MS }]);
});

test("what is said in words is kept when its state or an attribute is another one", () => {
  const { clock, changes, readings } = open();
  const say = (state: string, score: number | undefined) =>
    readings.say(
      [{ series: "game_hares", name: "Hares", state, attributes: { score, league: "nfl" } }],
      "espn",
    );
  const said = { entityId: "homeiq.game_hares", by: "espn" };
  say("live", 0);
  clock.advance(MINUTE_MS);
  say("live", 0);
  say("live", 7);
  clock.advance(MINUTE_MS);
  say("over", undefined);
  readings.lose("sports", "espn", new Set(["homeiq.game_hares"]));
  readings.lose("sports", "espn");
  expect(changes).toEqual([
    { ...said, at: NOON, newState: "live", attributes: { score: 0, league: "nfl" } },
    {
      ...{ ...said, at: NOON + MINUTE_MS, oldState: "live", newState: "live" },
      attributes: { score: 7 },
    },
    {
      ...{ ...said, at: NOON + 2 * MINUTE_MS, oldState: "live", newState: "over" },
      ...{ heldMs: 2 * MINUTE_MS, attributes: { score: null } },
    },
    {
      ...{ ...said, at: NOON + 2 * MINUTE_MS + 1, oldState: "over", newState: "unavailable" },
      heldMs: 1,
    },
  ]);
  expect(readings.states().get("homeiq.game_hares")).toMatchObject({ name: "Hares" });
});

test("after a restart words that are the same are no change, and later ones are", () => {
  const before = [{ entityId: "homeiq.game_hares", state: "live", at: NOON - HOUR_MS }];
  const { changes, readings } = open(before);
  const say = (score: number) =>
    readings.say([{ series: "game_hares", state: "live", attributes: { score } }], "espn");
  say(3);
  expect(changes).toEqual([]);
  say(4);
  expect(changes).toMatchObject([{ oldState: "live", newState: "live", attributes: { score: 4 } }]);
});

test("the price is that of the slot, also when it costs less than nothing; beyond the curve there is none", () => {
  const slots = [
    { start: NOON, end: NOON + HOUR_MS, price: -0.01234 },
    { start: NOON + HOUR_MS, end: NOON + 2 * HOUR_MS, price: 0.2 },
  ];
  const facts = { currency: "EUR", isFinal: false, slots };
  expect(toReadings("price", facts, NOON + HOUR_MS - 1)).toEqual([
    { series: "electricity_price", at: NOON, value: -0.01234, unit: "EUR/kWh" },
  ]);
  expect(toReadings("price", facts, NOON + HOUR_MS)).toMatchObject([{ value: 0.2 }]);
  expect(toReadings("price", facts, NOON + 2 * HOUR_MS)).toEqual([]);
});

test("every value that is kept has a measurement of its own in InfluxDB", () => {
  for (const series of Object.keys(SERIES)) {
    const change = { ...recordedChange(0), entityId: toEntityId(series), value: 1.5, unit: "x" };
    expect(
      toOutsidePoint({ ...change, cause: { kind: "integration", confidence: 1, by: "y" } }),
    ).toMatch(
      /^(weather_data|electricity_pricing|carbon_intensity|air_quality|smart_meter),.*provider=y \w+=1.5 \d+$/,
    );
  }
  expect(toOutsidePoint(recordedChange(0))).toBeUndefined();
  const own = { ...recordedChange(0), entityId: toEntityId("uv_index"), value: 3 };
  expect(linesOf(own)).toEqual([toPoint(own), toOutsidePoint(own)]);
});

const vendor = (name: string, more: Partial<Vendor> = {}): Vendor => ({
  ...{ topic: "weather", name, isFitting: true, isLocal: false, ...more },
  create: () => {
    throw new Error("Nobody is built to be chosen");
  },
});

test("of a topic the first that fits is used, or the one that the user names, or none", () => {
  const vendors = [
    vendor("keyed", { isFitting: false }),
    vendor("usual"),
    vendor("entity", { isLocal: true }),
  ];
  const weather = (wish: string | undefined, isOutsideAllowed = true) =>
    choose(vendors, { wishes: { weather: wish }, isOutsideAllowed }).get("weather");
  expect(weather(undefined)).toBe("usual");
  expect(weather("keyed")).toBe("keyed");
  expect(weather("off")).toBeUndefined();
  expect(weather("auto", false)).toBe("entity");
  expect(weather("keyed", false)).toBeUndefined();
});
