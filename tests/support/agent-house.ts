import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  type AgentSettings,
  createAgent,
  type RunningAgent,
  type Sources,
} from "#src/ai/agent/agent.ts";
import type { WeatherFacts } from "#src/enrichment/provider.ts";
import { createLog } from "#src/foundation/log.ts";
import type { EntityState } from "#src/home/states/states.ts";
import { openStore } from "#src/store/database.ts";
import { createFakeClock } from "./clock.ts";

const NOON = Date.parse("2026-09-01T10:00:00Z"); // in Berlin
export const ANNA = { id: "u1", name: "Anna" };

/** What the agent asked Home Assistant to do. */
export interface Call {
  readonly service: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly entityIds?: readonly string[];
}

const ENDS: Readonly<Record<string, string>> = {
  close_cover: "closed",
  open_cover: "open",
  turn_off: "off",
  turn_on: "on",
};

const buttonsOf = (call: Call | undefined) =>
  (call?.data as { data?: { actions?: { action: string; title: string }[] } } | undefined)?.data
    ?.actions ?? [];

/** An agent with a house around it: a skylight that is open, Anna at home, and her phone. The clock is the test's. */
export function openAgentHouse() {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-agent-"));
  const store = openStore(join(folder, "homeiq.db"));
  const states = new Map<string, EntityState>();
  const calls: Call[] = [];
  let clock = createFakeClock(NOON);
  let weather: WeatherFacts | undefined;
  let refusal: string | undefined;
  let agent: RunningAgent;

  function put(entityId: string, state: string, attributes: object = {}): void {
    const at = clock.now();
    const context = { id: "" };
    states.set(entityId, {
      ...{ entityId, state, attributes: { ...states.get(entityId)?.attributes, ...attributes } },
      ...{ lastChangedAt: at, lastUpdatedAt: at, context },
    });
  }

  function start(withPhone = true): RunningAgent {
    const services = {
      cover: { close_cover: {}, open_cover: {} },
      light: { turn_on: {}, turn_off: {} },
      persistent_notification: { create: {}, dismiss: {} },
      notify: withPhone ? { mobile_app_annas_phone: {}, notify: {} } : { notify: {} },
    };
    return createAgent({
      ...{ db: store.db, clock, log: createLog("silent"), states, settleMs: 0 },
      sources: sources(),
      isConnected: () => true,
      house: () => ({ timeZone: "Europe/Berlin", language: "en", temperatureUnit: "°C", services }),
      nameOf: (id) => String(states.get(id)?.attributes.friendly_name ?? id),
      areaOf: () => undefined,
      phoneOf: (id) => (id === "device_tracker.phone" ? { deviceName: "Anna’s Phone" } : undefined),
      async call(service, { data = {}, entityIds }) {
        if (refusal !== undefined && entityIds) throw new Error(refusal);
        calls.push({ service, data: { ...data }, ...(entityIds ? { entityIds } : {}) });
        const end = ENDS[service.split(".")[1] ?? ""];
        for (const id of entityIds ?? []) if (end) put(id, end);
      },
    });
  }

  const sources = (): Sources => ({
    states,
    // Only the weather is known here.
    latest: ((topic: string) =>
      topic === "weather" && weather
        ? { facts: weather, isStale: false }
        : undefined) as Sources["latest"],
    trips: async () => [],
    bestRun: async () => undefined,
    whereabouts: async () => [],
    dailyLevels: async () => new Map(),
    power: async () => new Map(),
    openedAt: () => undefined,
    forgotten: () => new Set(),
    newSuggestions: () => ["A light for the hall"],
    openSuggestions: () => 2,
    energyWeek: async () => undefined,
  });

  put("person.anna", "home", { friendly_name: "Anna", device_trackers: ["device_tracker.phone"] });
  put("cover.skylight", "open", { device_class: "window", friendly_name: "Skylight" });
  agent = start();

  const onPhone = () => calls.filter(({ service }) => service === "notify.mobile_app_annas_phone");
  const shown = () => onPhone().filter(({ data }) => data.message !== "clear_notification");
  /** Time passes, and what it starts is done. */
  async function minute(ms = 60_000): Promise<void> {
    clock.advance(ms);
    for (let n = 0; n < 20; n++) await new Promise(setImmediate);
  }
  const startAgain = async (at = clock.now(), withPhone = true) => {
    await agent[Symbol.asyncDispose]();
    clock = createFakeClock(at);
    agent = start(withPhone);
  };

  return {
    put,
    minute,
    shown,
    onPhone,
    buttonsOf,
    /** HomeIQ was off until then. */
    startAgain,
    agent: () => agent,
    now: () => clock.now(),
    state: (entityId: string) => states.get(entityId)?.state,
    calls: () => calls,
    /** What was done in the house. */
    done: () => calls.filter(({ entityIds }) => entityIds),
    rains(): void {
      const at = clock.now();
      weather = { now: { at, temperatureC: 12, condition: "rainy" }, hours: [], days: [] };
    },
    isDry(): void {
      weather = undefined;
    },
    /** From now on everything in the house fails with these words. */
    refuse(reason: string): void {
      refusal = reason;
    },
    /** Messages are on, and no hours are quiet. */
    set(change: Partial<AgentSettings>): void {
      const { quietHours: _, ...settings } = agent.status().settings;
      agent.saveSettings({ ...settings, messages: true, ...change }, ANNA);
    },
    async tap(title: string, call = shown().at(-1)): Promise<void> {
      const found = buttonsOf(call).find((one) => one.title === title);
      agent.onPressed({ data: { action: found?.action } });
      await minute(0);
    },
    async close(): Promise<void> {
      await agent[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}
export type AgentHouse = ReturnType<typeof openAgentHouse>;
