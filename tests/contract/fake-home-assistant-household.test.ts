import { describe, expect, test } from "vitest";
import {
  type FakeOptions,
  type Preset,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { connectRaw, type Wire } from "#support/fake-home-assistant/raw-client.ts";

const STARTS_AT = Date.UTC(2026, 8, 1, 16, 0); // a Tuesday, 18:00 in Berlin
const LIGHT = "light.kitchen_ceiling_light";
const HALL_LIGHT = "light.hallway_ceiling_light";

/** A flat whose time moves only when told. */
const startStill = (options: FakeOptions = {}) =>
  startFakeHomeAssistant({ preset: "flat", startAt: STARTS_AT, live: false, ...options });

describe("the household", () => {
  const SIZES: readonly (readonly [Preset, number])[] = [
    ["studio", 20],
    ["flat", 80],
    ["house", 300],
    ["villa", 1500],
  ];
  test.each(SIZES)("the %s has exactly %i entities", async (preset, size) => {
    await using fake = await startStill({ preset });
    expect(fake.states()).toHaveLength(size);
  });

  test("the same seed lives the same day, another seed another", async () => {
    const liveOneDay = async (seed: number) => {
      await using fake = await startStill({ seed });
      fake.advance(24 * 3_600_000);
      return fake.states();
    };
    const first = await liveOneDay(7);
    expect(await liveOneDay(7)).toEqual(first);
    expect(await liveOneDay(8)).not.toEqual(first);
  });

  test("the past is in the history, with every cause of a change", async () => {
    await using fake = await startStill({ days: 2 });
    using client = await connectRaw(fake.url, { token: fake.token });
    const start_time = new Date(STARTS_AT - 2 * 86_400_000).toISOString();
    const history = await client.ask("history/history_during_period", {
      start_time,
      entity_ids: [HALL_LIGHT],
    });
    const rows: Wire[] = history.result[HALL_LIGHT];
    expect(rows.map(({ s }) => s)).toEqual(expect.arrayContaining(["on", "off"]));
    const logbook = await client.ask("logbook/get_events", { start_time });
    const entries: Wire[] = logbook.result;
    expect(entries.some((entry) => entry.context_event_type === "automation_triggered")).toBe(true);
    expect(entries.some((entry) => entry.context_user_id !== undefined)).toBe(true);
    const statistics = await client.ask("recorder/statistics_during_period", {
      start_time,
      statistic_ids: ["sensor.electricity_meter_energy"],
      period: "day",
      types: ["change"],
    });
    const days: Wire[] = statistics.result["sensor.electricity_meter_energy"];
    expect(days.length).toBeGreaterThanOrEqual(2);
    for (const { change } of days) expect(change).toBeGreaterThanOrEqual(0);
  });
});

describe("faults", () => {
  test("a restart cuts the line, answers 502, and comes back with restored entities", async () => {
    await using fake = await startStill();
    using before = await connectRaw(fake.url, { token: fake.token, path: "/core/websocket" });
    const oldContext = fake.state(LIGHT)?.context.id;
    const started: Wire[] = [];
    fake.simulation.core.bus.onEvent(({ eventType }) => {
      if (eventType === "homeassistant_started") started.push(fake.state(LIGHT));
    });
    const over = fake.restart({ downMs: 500, settleMs: 50 });
    await before.closed;
    const upgrade = connectRaw(fake.url, { path: "/core/websocket" });
    await expect(upgrade).rejects.toThrow("502");
    await expect(connectRaw(fake.url)).rejects.toThrow();

    await over;
    expect(started).toMatchObject([{ state: "unavailable", attributes: { restored: true } }]);
    using after = await connectRaw(fake.url, { token: fake.token, path: "/core/websocket" });
    expect((await after.ask("get_config")).result.state).toBe("RUNNING");
    expect(fake.states()).toHaveLength(80);
    expect(fake.state(LIGHT)?.context.id).not.toBe(oldContext);
    expect(fake.state(LIGHT)?.state).not.toBe("unavailable");
  });

  test("a stalled Home Assistant answers when it goes on", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    fake.stall(400);
    const pong = client.ask("ping");
    await fetch(`${fake.url}/__fake/status`, { method: "POST" }); // long enough for a pong
    expect(client.messages.some(({ type }) => type === "pong")).toBe(false);
    expect((await pong).type).toBe("pong");
  });

  test("a withdrawn token cuts the session and refuses the next", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    fake.refuseToken(true);
    await client.closed;
    using next = await connectRaw(fake.url, { token: fake.token });
    expect(next.messages.at(-1).type).toBe("auth_invalid");
  });

  test("a blast reaches the client whole, spread over the house, and stays the state", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token, coalesce: true });
    await client.ask("subscribe_entities");
    const { sent } = await fake.blast({ changesPerSecond: 5000, seconds: 0.2 });
    expect(sent).toBe(1000);
    const diffs = () => client.messages.filter(({ event }) => event?.c !== undefined);
    await client.until(() => diffs().length === 1000);
    expect(new Set(diffs().flatMap(({ event }) => Object.keys(event.c))).size).toBeGreaterThan(40);
    const [entityId = "", diff] = Object.entries<Wire>(diffs().at(-1).event.c)[0] ?? [];
    expect(fake.state(entityId)?.state).toBe(diff["+"].s);
  });

  test("another process can order a fault over HTTP", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    const order = (name: string, body: object = {}) =>
      fetch(`${fake.url}/__fake/${name}`, { method: "POST", body: JSON.stringify(body) });
    expect((await order("set-state", { entityId: LIGHT, state: "on" })).status).toBe(200);
    expect(fake.state(LIGHT)?.state).toBe("on");
    expect((await order("no-such-thing")).status).toBe(404);
    await order("drop-connections");
    await client.closed;
  });
});
