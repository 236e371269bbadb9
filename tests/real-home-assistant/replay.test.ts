import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Outcome, replay, type WorldState } from "#src/analysis/replay/replay.ts";
import type { RawClient, Wire } from "#support/fake-home-assistant/raw-client.ts";
import { automation, BERLIN } from "#support/past-world.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { ACTIONS } from "./replay/actions.ts";
import { CONDITIONS } from "./replay/conditions.ts";
import { HELPERS } from "./replay/helpers.ts";
import { PURPOSE_CONDITIONS } from "./replay/purpose-conditions.ts";
import { PURPOSE_KINDS } from "./replay/purpose-kinds.ts";
import { PURPOSE_NUMBERS } from "./replay/purpose-numbers.ts";
import { PURPOSES } from "./replay/purposes.ts";
import { LASTS_SECONDS, type Raw, type Scenario } from "./replay/scenario.ts";
import { TRIGGERS } from "./replay/triggers.ts";

const SCENARIOS = [
  ...[...TRIGGERS, ...PURPOSES, ...PURPOSE_KINDS, ...PURPOSE_NUMBERS],
  ...[...CONDITIONS, ...PURPOSE_CONDITIONS, ...ACTIONS, ...HELPERS],
];

/** What was done, in words that can be compared: runs by automation, calls in their order. */
interface Done {
  readonly runs: readonly (readonly string[])[];
  readonly calls: readonly string[];
}

/** A scenario with its own entities. */
interface Own {
  readonly n: number;
  /** When it begins: a house cannot do everything at one moment. */
  readonly start: number;
  readonly scenario: Scenario;
  readonly raws: readonly Raw[];
  readonly initial: readonly (readonly [string, string, Raw])[];
  readonly steps: readonly (readonly [number, string, string, Raw])[];
}

const prefixOf = (n: number) => `r${n}_`;
const idOf = (n: number, k: number) => `replay_${n}_${k}`;

const SHIFTS = 25;
const SHIFT_MS = 130; // not at whole seconds, at which the steps are

function toOwn(scenario: Scenario, n: number, first: number): Own {
  const start = first + (n % SHIFTS) * SHIFT_MS;
  const clock = (seconds: number) =>
    new Date(start + seconds * 1000).toLocaleTimeString("en-GB", { timeZone: "Europe/Berlin" });
  const own = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value).replaceAll("§", prefixOf(n))) as T;
  const { automations, initial = {}, steps = [] } = scenario;
  return {
    ...{ n, scenario, start },
    raws: own(typeof automations === "function" ? automations(clock) : automations),
    initial: Object.entries(own(initial)).map(([entityId, said]) =>
      typeof said === "string" ? [entityId, said, {}] : [entityId, said[0], said[1]],
    ),
    steps: own(steps).map(([at, entityId, state, attributes]) => [
      ...([at, entityId, state, attributes ?? {}] as const),
    ]),
  };
}

describe.skipIf(missing !== undefined)(
  "automations are replayed as Home Assistant runs them",
  () => {
    let house: RealHomeAssistant;
    const real = new Map<number, Done>();
    let played: readonly Own[] = [];
    let start = 0;

    beforeAll(async () => {
      house = await startRealHomeAssistant({ more: "timer:\n" });
      using client = await house.client();
      start = Math.ceil((Date.now() + 40_000) / 1000) * 1000 + 300;
      played = SCENARIOS.map((scenario, n) => toOwn(scenario, n, start));
      await playForReal(client);
    }, 360_000);

    afterAll(async () => {
      await house?.[Symbol.asyncDispose]();
    });

    async function playForReal(client: RawClient): Promise<void> {
      for (const { initial } of played) for (const one of initial) await put(client, one, true);
      const all = played.flatMap(({ n, raws }) =>
        raws.map((raw, k) => ({
          ...{ id: idOf(n, k), alias: idOf(n, k), trace: { stored_traces: 30 }, ...raw },
        })),
      );
      writeFileSync(join(house.folder, "automations.yaml"), JSON.stringify(all));
      await client.ask("subscribe_events", { event_type: "call_service" });
      await client.ask("call_service", { domain: "automation", service: "reload" });
      if (Date.now() > start) throw new Error("the house was not ready in time");
      await Promise.all(played.map((own) => playSteps(client, own)));
      await pause(Math.max(0, start + LASTS_SECONDS * 1000 + SHIFTS * SHIFT_MS - Date.now()));
      const calls = client.messages
        .filter(
          (message: Wire) => message.type === "event" && message.event.context.user_id === null,
        )
        .map((message: Wire) => message.event.data);
      for (const own of played)
        real.set(own.n, { runs: await runsOf(client, own), calls: callsOf(own, calls) });
    }

    async function playSteps(client: RawClient, own: Own): Promise<void> {
      for (const [seconds, ...step] of own.steps.toSorted(([one], [other]) => one - other)) {
        await pause(Math.max(0, own.start + seconds * 1000 - Date.now()));
        await put(client, step);
      }
    }

    async function put(
      client: RawClient,
      [entityId, state, attributes]: readonly [string, string, Raw],
      isNew = false,
    ): Promise<void> {
      const [domain = "", name = ""] = entityId.split(".");
      if (domain === "timer" && isNew && "duration" in attributes) {
        await client.ask("timer/create", { name, duration: attributes.duration });
        return;
      }
      if (domain !== "input_boolean") {
        await house.rest(`/api/states/${entityId}`, { state, attributes });
        return;
      }
      if (isNew) {
        await client.ask("input_boolean/create", { name, initial: state === "on" });
        return;
      }
      const service = state === "on" ? "turn_on" : "turn_off";
      await client.ask("call_service", { domain, service, target: { entity_id: entityId } });
    }

    async function runsOf(client: RawClient, { n, raws }: Own): Promise<string[][]> {
      const runs: string[][] = [];
      for (const k of raws.keys()) {
        const { result } = await client.ask("trace/list", {
          domain: "automation",
          item_id: idOf(n, k),
        });
        const traces = (result as Wire[]).toSorted((one, other) =>
          String(one.timestamp.start).localeCompare(String(other.timestamp.start)),
        );
        runs.push(
          traces
            .filter((one) => one.script_execution !== "not_triggered")
            .map((one) => `${one.trigger}: ${one.script_execution}`),
        );
      }
      return runs;
    }

    function simulated({ raws, initial, steps, start }: Own): Done {
      const states = initial.map(
        ([entityId, state, attributes]): WorldState => ({
          ...{
            entityId,
            state,
            attributes,
            lastChangedAt: start - 5000,
            lastUpdatedAt: start - 5000,
          },
        }),
      );
      const home: WorldState = {
        ...{ entityId: "zone.home", state: "0", lastChangedAt: 0, lastUpdatedAt: 0 },
        attributes: { latitude: 52.52, longitude: 13.4, radius: 100, friendly_name: "Demo house" },
      };
      const { runs } = replay(
        raws.map((raw, k) => automation({ id: String(k), alias: String(k), ...raw })),
        {
          ...{
            start,
            end: start + LASTS_SECONDS * 1000,
            timeZone: "Europe/Berlin",
            position: BERLIN,
          },
          ...{ initial: [...states, home], events: [] },
          changes: steps.map(([seconds, entityId, state, changedAttributes]) => ({
            ...{ at: start + seconds * 1000, entityId, state, changedAttributes },
          })),
        },
        { effects: "simulated" },
      );
      return {
        runs: raws.map((_, k) =>
          runs
            .filter((run) => run.automation === k)
            .map((run) => `${run.trigger.description}: ${EXECUTION[run.outcome]}`),
        ),
        calls: runs
          .flatMap((run) => run.calls)
          .toSorted((one, other) => one.order - other.order)
          .map(({ action, entityIds }) => `${action} ${entityIds.join(",")}`),
      };
    }

    test.for(SCENARIOS.map((scenario, n) => ({ n, name: scenario.name })))("$name", ({ n }) => {
      const own = played[n];
      if (!own) throw new Error("it was not played");
      const isCompared = ({ runs, calls }: Done) =>
        own.scenario.onlyRuns ? { runs } : { runs, calls };
      expect(isCompared(simulated(own))).toEqual(isCompared(real.get(n) as Done));
    });
  },
);

const EXECUTION: Readonly<Record<Outcome, string>> = {
  ran: "finished",
  conditions_failed: "failed_conditions",
  single_refused: "failed_single",
  max_refused: "failed_max_runs",
  restarted: "cancelled",
  aborted: "aborted",
  failed: "error",
  unfinished: "null",
};

function callsOf({ n }: Own, calls: readonly Wire[]): string[] {
  return calls.flatMap(({ domain, service, service_data }) => {
    const ids = [service_data?.entity_id ?? []].flat() as string[];
    const isOwn = ids.some((id) => id.slice(id.indexOf(".") + 1).startsWith(prefixOf(n)));
    return isOwn ? [`${domain}.${service} ${ids.join(",")}`] : [];
  });
}
