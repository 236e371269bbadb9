import { expect, test } from "vitest";
import { analyseEnergy, type EnergyQuestion, findMeter } from "#src/analysis/energy/energy.ts";
import { createMeteredHome, type MeteredHome, useDaily } from "./energy-home.ts";

const ask = (home: MeteredHome, more: Partial<EnergyQuestion> = {}) => {
  const report = analyseEnergy({
    ...{ from: home.start, to: home.end, timeZone: "UTC" },
    ...{ meter: home.meter(), devices: home.devices() },
    ...more,
  });
  const of = (entityId: string) => report.devices.find((one) => one.entityId === entityId);
  return { report, of };
};

test("a lamp's watts are the meter's step, with what was seen", () => {
  const home = createMeteredHome();
  useDaily(home, "light.hall", { watts: 60, hours: [7, 12, 19] });
  const { of } = ask(home);
  const power = of("light.hall")?.power;
  expect(power?.verdict).toBe("measured");
  expect(power?.watts?.value).toBeCloseTo(60, 0);
  expect(power?.watts?.low).toBeGreaterThan(55);
  expect(power?.watts?.high).toBeLessThan(65);
  expect(power?.n).toBe(18);
  const [first] = power?.evidence ?? [];
  expect(first).toMatchObject({ at: home.at(0, 7) + 500, turned: 1, devices: 1 });
  expect(first?.stepW).toBeCloseTo(60, 0);
});

test("a refrigerator that starts at the same moment does not count", () => {
  const home = createMeteredHome();
  useDaily(home, "light.hall", { watts: 60, hours: [7, 12, 19] });
  home.draw(90, home.at(0, 7, 5), home.at(0, 7, 900));
  home.draw(90, home.at(1, 12, 3), home.at(1, 12, 900));
  home.draw(2_000, home.at(2, 19, 4), home.at(2, 19, 700));
  expect(ask(home).of("light.hall")?.power?.watts?.value).toBeCloseTo(60, 0);
});

test("devices that one automation switches at once are solved together with what each does alone", () => {
  const home = createMeteredHome();
  for (const [entityId, watts] of [
    ["light.a", 40],
    ["switch.b", 300],
  ] as const) {
    useDaily(home, entityId, { watts, hours: [6, 21], cause: "automation", by: "automation.both" });
  }
  useDaily(home, "light.a", { watts: 40, hours: [9, 14] });
  useDaily(home, "switch.b", { watts: 300, hours: [11] });
  const changes = home
    .devices()
    .map((device) => ({ ...device, changes: device.changes.toSorted((a, b) => a.at - b.at) }));
  const { of } = ask(home, { devices: changes });
  expect(of("light.a")?.power?.watts?.value).toBeCloseTo(40, 0);
  expect(of("switch.b")?.power?.watts?.value).toBeCloseTo(300, 0);
});

test("of two that never switch apart only the sum is said", () => {
  const home = createMeteredHome();
  useDaily(home, "switch.pump", { watts: 200, hours: [6, 12, 21] });
  useDaily(home, "switch.valve", { watts: 50, hours: [6, 12, 21] });
  const power = ask(home).of("switch.pump")?.power;
  expect(power).toMatchObject({
    verdict: "not_separable",
    together: { entityIds: ["switch.valve"] },
  });
  expect(power?.watts).toBeUndefined();
  expect(power?.together?.watts?.value).toBeCloseTo(250, 0);
});

test("a lamp that an automation lights at a high load is told from what draws it", () => {
  const home = createMeteredHome();
  useDaily(home, "light.warning", {
    ...{ watts: 2_500, hours: [7, 12, 19], lateMs: 7_000 },
    ...{ cause: "automation", by: "automation.high_load" },
  });
  const power = ask(home).of("light.warning")?.power;
  expect(power?.verdict).toBe("circular");
  expect(power?.watts).toBeUndefined();
});

test("what draws nothing gets no watts, only what the meter would have shown", () => {
  const home = createMeteredHome();
  useDaily(home, "switch.mode", { watts: 0, hours: [7, 12, 19] });
  const power = ask(home).of("switch.mode")?.power;
  expect(power).toMatchObject({ verdict: "no_effect" });
  expect(power?.watts).toBeUndefined();
  expect(power?.lessThanW).toBeLessThan(10);
});

test("two switchings are too few", () => {
  const home = createMeteredHome();
  useDaily(home, "light.attic", { watts: 60, hours: [7], days: 1 });
  const power = ask(home).of("light.attic")?.power;
  expect(power).toMatchObject({ verdict: "too_few", n: 2 });
  expect(power?.watts).toBeUndefined();
});

test("a dimmer has watts by its level", () => {
  const home = createMeteredHome();
  for (const [n, level] of [0.2, 0.5, 1, 0.2, 0.5, 1, 0.2, 0.5, 1].entries()) {
    const [from, to] = [
      home.at(Math.floor(n / 3), 8 + (n % 3)),
      home.at(Math.floor(n / 3), 8 + (n % 3), 600),
    ];
    home.draw(100 * level, from, to);
    home.turn("light.table", { at: from, isOn: true, level });
    home.turn("light.table", { at: to, isOn: false, level });
  }
  const levels = ask(home).of("light.table")?.power?.levels ?? [];
  expect(levels.map(({ level }) => level)).toEqual([0.2, 0.5, 1]);
  expect(levels[0]?.watts).toBeCloseTo(20, 0);
  expect(levels[2]?.watts).toBeCloseTo(100, 0);
});

test("an oven that heats half of its time is not charged for the whole", () => {
  const home = createMeteredHome({ days: 6 });
  for (let day = 0; day < 6; day += 1) {
    for (const [n, hour] of [9, 12, 15, 18].entries()) {
      const [from, to] = [home.at(day, hour), home.at(day, hour, 1_800)];
      home.turn("switch.oven", { at: from, isOn: true });
      home.turn("switch.oven", { at: to, isOn: false });
      home.draw(2_000, from, home.at(day, hour, 600));
      if (n % 2 === 0) home.draw(2_000, home.at(day, hour, 1_500), to);
    }
  }
  const { power, spent } = ask(home).of("switch.oven") ?? {};
  expect(power?.watts?.value).toBeCloseTo(2_000, -1);
  expect(power?.drawingShare).toBeCloseTo(0.5, 1);
  expect(spent?.kwh.value).toBeCloseTo(12, 0);
});

test("cost follows the price of each hour, and stands by day and by what switched it on", () => {
  const home = createMeteredHome();
  useDaily(home, "switch.heater", {
    watts: 1_000,
    hours: [10],
    minutes: 60,
    cause: "automation",
    by: "automation.warm",
  });
  useDaily(home, "switch.heater", { watts: 1_000, hours: [14], minutes: 60 });
  const [device] = home.devices();
  if (!device) throw new Error("There is a heater");
  const devices = [{ ...device, changes: device.changes.toSorted((a, b) => a.at - b.at) }];
  const hourOf = (at: number) => new Date(at).getUTCHours();
  const priceAt = (at: number) => ({
    value: hourOf(at) < 12 ? 0.1 : 0.5,
    until: (Math.floor(at / 3_600_000) + 1) * 3_600_000,
  });
  const spent = ask(home, { devices, priceAt }).of("switch.heater")?.spent;
  expect(spent?.source).toBe("meter");
  expect(spent?.kwh.value).toBeCloseTo(6, 1);
  expect(spent?.cost).toBeCloseTo(1.8, 1);
  expect(spent?.co2Grams).toBeUndefined();
  expect(spent?.byDay.map(({ day }) => day)).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
  const byAutomation = spent?.byCause.find(({ by }) => by === "automation.warm");
  expect(byAutomation?.cost).toBeCloseTo(0.3, 1);
});

test("hours without a price leave the cost unsaid", () => {
  const home = createMeteredHome();
  useDaily(home, "switch.heater", { watts: 1_000, hours: [10, 14] });
  const priceAt = (at: number) =>
    at < home.at(1, 0) ? { value: 0.3, until: home.at(1, 0) } : undefined;
  const spent = ask(home, { priceAt }).of("switch.heater")?.spent;
  expect(spent?.kwh.value).toBeGreaterThan(1);
  expect(spent?.cost).toBeUndefined();
  expect(spent?.byDay[0]?.cost).toBeCloseTo(0.2, 1);
});

test("without a meter there is no number, except of a device with its own sensor", () => {
  const home = createMeteredHome();
  useDaily(home, "switch.heater", { watts: 1_000, hours: [10, 14] });
  useDaily(home, "light.hall", { watts: 60, hours: [8] });
  const devices = home
    .devices()
    .map((device) =>
      device.entityId === "switch.heater" ? { ...device, ownPower: home.meter(10) } : device,
    );
  const report = analyseEnergy({ from: home.start, to: home.end, timeZone: "UTC", devices });
  const of = (entityId: string) => report.devices.find((one) => one.entityId === entityId);
  expect(of("light.hall")).toEqual({ entityId: "light.hall" });
  expect(of("switch.heater")?.spent?.source).toBe("own_sensor");
  expect(of("switch.heater")?.own?.watts).toBeCloseTo(1_000, -1);
  expect(of("switch.heater")?.standby?.watts).toBeCloseTo(101, 0);
  expect(report.base).toBeUndefined();
});

test("the base load is that of the nights, of which standby explains a part", () => {
  const home = createMeteredHome({ days: 5 });
  useDaily(home, "switch.heater", { watts: 1_000, hours: [10, 20], days: 5 });
  home.draw(150, home.at(2, 1), home.at(2, 2));
  const base = ask(home).report.base;
  expect(base?.nights).toBe(5);
  expect(base?.watts.value).toBeCloseTo(100, 0);
  expect(base?.unexplainedW).toBeCloseTo(100, 0);
});

test("the same input gives the same answer", () => {
  const home = createMeteredHome();
  useDaily(home, "light.hall", { watts: 60, hours: [7, 12, 19] });
  useDaily(home, "switch.pump", { watts: 200, hours: [6, 12, 21] });
  expect(ask(home).report).toEqual(ask(home).report);
});

test("the meter is the grid's power sensor of Home Assistant, when there is one", () => {
  const flat = {
    energy_sources: [
      { type: "grid", stat_rate: "sensor.grid_w" },
      { type: "solar", stat_rate: "sensor.pv_w" },
    ],
  };
  const older = {
    energy_sources: [{ type: "grid", flow_from: [], power: [{ stat_rate: "sensor.grid_w" }] }],
  };
  expect(findMeter(flat)).toBe("sensor.grid_w");
  expect(findMeter(older)).toBe("sensor.grid_w");
  const two = {
    energy_sources: [...flat.energy_sources, { type: "grid", stat_rate: "sensor.other_w" }],
  };
  for (const none of [
    two,
    { energy_sources: [{ type: "grid", stat_rate: null }] },
    {},
    null,
    "soon",
  ]) {
    expect(findMeter(none)).toBeUndefined();
  }
});

/** A power by the hour of the day, minute for minute. */
const steady = (from: number, to: number, powerW: (hour: number) => number) => {
  const at = Float64Array.from({ length: (to - from) / 60_000 }, (_, n) => from + n * 60_000);
  return { at, powerW: at.map((moment) => powerW(new Date(moment).getUTCHours())) };
};
const isDay = (hour: number) => hour >= 10 && hour < 16;

test("what came from the grid and the sun, and what went back, is told of the days measured whole", () => {
  const [from, to] = [Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 4, 12)];
  const meter = steady(from, to, (hour) => (isDay(hour) ? -500 : 200));
  const solar = steady(from, to, (hour) => (isDay(hour) ? 700 : 0));
  const { flow } = analyseEnergy({ from, to, timeZone: "UTC", meter, solar, devices: [] });
  expect(flow?.days).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
  expect(flow?.hours).toBe(60);
  expect(flow?.importKwh).toBeCloseTo((18 + 18 + 10) * 0.2, 6);
  expect(flow?.exportKwh).toBeCloseTo((6 + 6 + 2) * 0.5, 6);
  expect(flow?.solarKwh).toBeCloseTo((6 + 6 + 2) * 0.7, 6);
  expect(flow).not.toHaveProperty("batteryInKwh");
});

test("a day on which the meter was away for long is no part of the flows", () => {
  const [from, to] = [Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 5)];
  const meter = steady(Date.UTC(2026, 2, 3), to, () => 100);
  meter.powerW.fill(Number.NaN, 60, 240);
  const { flow } = analyseEnergy({ from, to, timeZone: "UTC", meter, devices: [] });
  expect(flow).toMatchObject({ days: ["2026-03-04"], hours: 24 });
  expect(flow?.importKwh).toBeCloseTo(2.4, 2);
  expect(flow).not.toHaveProperty("solarKwh");
});

test("panels that are away at night made nothing; while the house gives energy they are unknown", () => {
  const [from, to] = [Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 4)];
  const meter = steady(from, to, (hour) => (isDay(hour) ? -500 : 200));
  const ofDay = steady(from, to, (hour) => (isDay(hour) ? 700 : Number.NaN));
  ofDay.powerW.fill(Number.NaN, 24 * 60);
  const { flow } = analyseEnergy({ from, to, timeZone: "UTC", meter, solar: ofDay, devices: [] });
  expect(flow?.days).toEqual(["2026-03-02"]);
  expect(flow?.solarKwh).toBeCloseTo(6 * 0.7, 1);
});
