import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { createGlow, readGlow } from "#src/enrichment/glow/glow.ts";
import {
  createHomewizard,
  readHomewizard,
  readHomewizardDevice,
} from "#src/enrichment/homewizard/homewizard.ts";
import { findGaps, pollMeter } from "#src/enrichment/meter/meter.ts";
import {
  readP1Monitor,
  readP1MonitorPhases,
  readP1MonitorSettings,
} from "#src/enrichment/p1-monitor/p1-monitor.ts";
import type { MeterFacts, Provider } from "#src/enrichment/provider.ts";
import { AppError } from "#src/foundation/errors.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { noBodies, realBodies, reply, wrongReplies } from "#support/provider-bodies.ts";

const when = { timeZone: "Europe/Amsterdam", receivedAt: Date.UTC(2026, 6, 14, 12) };

describe("HomeWizard", () => {
  test("version 1 says power, phases, tariffs and gas with its own time", () => {
    const body = {
      wifi_strength: 90,
      smr_version: 50,
      active_tariff: 2,
      total_power_import_kwh: 100.5,
      total_power_import_t1_kwh: 60.25,
      total_power_import_t2_kwh: 40.25,
      total_power_export_kwh: 7,
      active_power_w: -543,
      active_power_l1_w: -543,
      active_power_l2_w: null,
      active_voltage_l1_v: 231.5,
      total_gas_m3: 12.5,
      gas_timestamp: 260714130000,
    };
    expect(readHomewizard(reply(body), when)).toEqual({
      at: when.receivedAt,
      powerW: -543,
      phasePowerW: [-543],
      phaseVoltageV: [231.5],
      importKwh: 100.5,
      exportKwh: 7,
      tariff: "2",
      tariffs: [
        { tariff: "1", importKwh: 60.25 },
        { tariff: "2", importKwh: 40.25 },
      ],
      gasM3: 12.5,
      gasAt: Date.UTC(2026, 6, 14, 11),
    });
  });

  test("version 2 has its own time and lists the gas meter among others", () => {
    const body = {
      protocol_version: 50,
      timestamp: "2026-07-14T14:00:05",
      energy_import_kwh: 1,
      power_w: 10,
      external: [
        { type: "water_meter", timestamp: "2026-07-14T13:55:00", value: 3, unit: "m3" },
        { type: "gas_meter", timestamp: "2026-07-14T13:55:00", value: 2, unit: "m3" },
      ],
    };
    expect(readHomewizard(reply(body), when)).toEqual({
      at: Date.UTC(2026, 6, 14, 12, 0, 5),
      powerW: 10,
      importKwh: 1,
      gasM3: 2,
      gasAt: Date.UTC(2026, 6, 14, 11, 55),
    });
  });

  test("without a meter on its cable it is worth trying again", () => {
    const read = () => readHomewizard(reply({ wifi_ssid: "x", wifi_strength: 50 }), when);
    expect(read).toThrow(expect.objectContaining({ kind: "unavailable" }));
  });

  test("with a token version 2 is asked, and a refused one is the user's to mend", async () => {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization, request.headers["x-api-version"]]);
      response.statusCode = 401;
      response.end('{"error":"unauthorized"}');
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as { port: number };
    const clock = createFakeClock();
    const provider = createHomewizard({
      baseUrl: `http://127.0.0.1:${port}`,
      token: "ABC",
      place: when,
      clock,
    });
    await expect(provider.fetch(AbortSignal.timeout(2_000))).rejects.toMatchObject({
      kind: "unconfigured",
    });
    expect(asked).toEqual([["/api/measurement", "Bearer ABC", "2"]]);
    server.close();
  });
});

describe("P1 Monitor", () => {
  const row = {
    TIMESTAMP_UTC: 1_784_030_400,
    CONSUMPTION_W: 877,
    PRODUCTION_W: 0,
    CONSUMPTION_KWH_LOW: 2,
    CONSUMPTION_KWH_HIGH: "1.5",
    PRODUCTION_KWH_LOW: 0,
    PRODUCTION_KWH_HIGH: 0,
    TARIFCODE: "P",
  };
  const status = [
    { LABEL: "Huidige KW verbruik L1 (21.7.0)", STATUS: "0.315" },
    { LABEL: "Huidige KW levering L1 (22.7.0)", STATUS: "1.315" },
    { LABEL: "Huidige Voltage L1 (32.7.0)", STATUS: "233.6" },
    { LABEL: "Huidige Voltage L2 (52.7.0)", STATUS: "" },
  ];

  test("says the meter and its phases", () => {
    expect(readP1Monitor(reply([row]), reply(status))).toMatchObject({
      at: 1_784_030_400_000,
      powerW: 877,
      importKwh: 3.5,
      tariff: "2",
      phasePowerW: [-1000],
      phaseVoltageV: [233.6],
    });
  });

  test("an empty text or null is no zero", () => {
    const facts = readP1Monitor(reply([{ ...row, CONSUMPTION_W: "", PRODUCTION_KWH_LOW: null }]));
    expect(facts.powerW).toBeUndefined();
    expect(facts.exportKwh).toBe(0);
    const read = () => readP1Monitor(reply([{ ...row, TIMESTAMP_UTC: null }]));
    expect(read).toThrow(expect.objectContaining({ kind: "internal" }));
  });

  test("that has not heard the meter yet is worth trying again", () => {
    const read = () => readP1Monitor(reply([]));
    expect(read).toThrow(expect.objectContaining({ kind: "unavailable" }));
  });
});

describe("Glow", () => {
  const electricity = (power: object, time = "2026-07-14T12:00:00Z") =>
    JSON.stringify({
      electricitymeter: {
        timestamp: time,
        energy: {
          import: { cumulative: 6613.405, day: 1, units: "kWh", mpan: "read pending" },
          export: { cumulative: null, units: "kWh" },
        },
        power,
      },
    });

  test("says power in kW or W, and nothing for its placeholder", () => {
    const power = (value: object) => {
      const message = readGlow(electricity(value));
      return message.kind === "electricity" ? message.facts.powerW : "other";
    };
    expect(power({ value: 0.951, units: "kW" })).toBe(951);
    expect(power({ value: -120, units: "W" })).toBe(-120);
    expect(power({ value: 8388.607, units: "kW" })).toBeUndefined();
    expect(power({ value: null, units: "kW" })).toBeUndefined();
    expect(power({ value: 5, units: "furlongs" })).toBeUndefined();
  });

  test("electricity and gas are one answer, and silence is none", async () => {
    let say = (_: string) => {};
    const clock = createFakeClock();
    const glow = createGlow({
      subscribe: (topic, onMessage) => {
        if (topic.includes("SENSOR")) say = onMessage;
        return () => {};
      },
      clock,
    });
    const fetch = () => glow.fetch(AbortSignal.timeout(100));
    await expect(fetch()).rejects.toMatchObject({ code: "glow.silent" });
    say(
      '{"gasmeter":{"timestamp":"2026-07-14T11:55:00Z","energy":{"import":{"cumulative":17,"units":"kWh","cumulativevol":1.5,"cumulativevolunits":"m3"}}}}',
    );
    say(electricity({ value: 0.5, units: "kW" }));
    say("<html>");
    expect(await fetch()).toEqual({
      at: Date.UTC(2026, 6, 14, 12),
      powerW: 500,
      importKwh: 6613.405,
      gasKwh: 17,
      gasM3: 1.5,
      gasAt: Date.UTC(2026, 6, 14, 11, 55),
    });
    clock.advance(10 * 60_000);
    await expect(fetch()).rejects.toMatchObject({ kind: "internal" });
  });
});

describe("what is not an answer of a meter", () => {
  const readers: Readonly<Record<string, (body: ReturnType<typeof reply>) => unknown>> = {
    homewizard: (body) => readHomewizard(body, when),
    "p1-monitor": (body) => readP1Monitor(body),
  };
  for (const [name, read] of Object.entries(readers)) {
    test.each(wrongReplies)(`${name}: %s`, (_, body, kind) => {
      expect(() => read(body)).toThrow(AppError);
      expect(() => read(body)).toThrow(expect.objectContaining({ kind }));
    });
  }
  const texts = wrongReplies.filter(([, { status }]) => status === 200);
  test.each(texts)("glow: %s", (_, { text }) => {
    expect(() => readGlow(text)).toThrow(expect.objectContaining({ kind: "internal" }));
  });
});

test("a meter that is asked every second is not asked while it fails, and a gap stays a gap", async () => {
  const clock = createFakeClock(0);
  const heard: number[] = [];
  const problems: string[] = [];
  let isDown = false;
  const provider: Provider<MeterFacts> = {
    name: "test",
    topic: "meter",
    maxAgeMs: 1_000,
    async fetch() {
      if (isDown) throw new AppError("unavailable", "test.down", "Down");
      return { at: clock.now(), powerW: 1 };
    },
  };
  using _ = pollMeter({
    provider,
    everyMs: 1_000,
    clock,
    random: () => 0.5,
    onFacts: ({ at }) => heard.push(at),
    onProblem: ({ code }) => problems.push(code),
  });
  const pass = async (until: () => boolean) =>
    eventually("the meter was asked", () => {
      if (until()) return true;
      clock.advance(1_000);
      return undefined;
    });
  await pass(() => heard.length >= 3);
  isDown = true;
  await pass(() => problems.length >= 3);
  isDown = false;
  const before = heard.length;
  await pass(() => heard.length > before + 1);
  const [gap] = findGaps(heard, 1_000);
  expect(findGaps(heard, 1_000)).toHaveLength(1);
  expect(gap?.start).toBe(heard[before - 1]);
  expect(gap?.end).toBe(heard[before]);
});

test("real answers of HomeWizard, P1 Monitor and Glow are read", (context) => {
  const text = (bytes: Buffer) => reply(bytes.toString());
  const bodies = realBodies("homewizard-p1");
  if (bodies.length === 0) return context.skip(noBodies);
  for (const { name, bytes } of bodies) {
    if (name.includes("device")) expect(readHomewizardDevice(text(bytes)).api_version).toBe("v1");
    else expect(readHomewizard(text(bytes), when).powerW, name).toEqual(expect.any(Number));
  }
  const monitor = Object.fromEntries(
    realBodies("p1_monitor").map(({ name, bytes }) => [name, text(bytes)]),
  );
  expect(readP1Monitor(monitor["smartmeter.json"] ?? reply("")).powerW).toBe(877);
  const phases = readP1MonitorPhases(monitor["phases.json"] ?? reply(""));
  expect(phases.phasePowerW).toEqual([315, 0, 624]);
  expect(readP1MonitorSettings(monitor["settings.json"] ?? reply(""))).toHaveLength(5);
  for (const { name, bytes } of realBodies("smets2-glow")) {
    expect(name).toContain(readGlow(bytes.toString()).kind);
  }
});
