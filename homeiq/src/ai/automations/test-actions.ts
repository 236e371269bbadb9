import { randomBytes } from "node:crypto";
import { type Clock, sleep } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Json, JsonMap, Path } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Audit, Person } from "./audit.ts";
import { fieldValues, withValues } from "./fields.ts";
import { type PlanDeps, planOf } from "./plan.ts";
import { callToRestore, type Remembered } from "./restore.ts";
import { shorten } from "./shorten.ts";
import { actionsOf, isMap, toArray } from "./steps.ts";
import type { OpenTests } from "./tests-store.ts";

/** What became of one entity. */
export interface TestedEntity {
  readonly entityId: string;
  readonly before: string;
  /** When the actions had run. */
  readonly during?: string;
  readonly after?: string;
  readonly restored: boolean;
}

export interface Tested {
  readonly outcome: "finished" | "failed" | "timed_out" | "aborted";
  /** In Home Assistant's words. */
  readonly failure?: string;
  readonly ranMs: number;
  /** Where it waited less or repeated less often than written. */
  readonly shortened: readonly Path[];
  readonly entities: readonly TestedEntity[];
}

export interface TestOptions {
  readonly by: Person;
  /** What it is a test of, for the audit log. */
  readonly about: {
    readonly automationId?: string;
    readonly entityId?: string;
    readonly draftId?: string;
  };
  /** A person has seen what is dangerous about it. */
  readonly confirmed: boolean;
  /** What a script's fields are given, by name. */
  readonly fields?: JsonMap;
  readonly signal: AbortSignal;
}

interface Deps extends PlanDeps {
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<AutomationConfig, "checks">;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly audit: Audit;
  readonly open: OpenTests;
  readonly limitMs?: number;
}

const LIMIT_MS = 20 * SECOND_MS;
const SETTLE_MS = 500; // until what was called is seen
const RESTORED_WITHIN_MS = 5 * SECOND_MS;
const LOOK_EVERY_MS = 100;

/**
 * Runs the actions of a configuration for real, and brings everything they touched back afterwards: also when
 * they fail, take too long, or the person goes away.
 */
export function createTestActions(deps: Deps) {
  const { clock, log, house, states, audit, open, limitMs = LIMIT_MS } = deps;
  let isRunning = false;

  async function remember(entityIds: readonly string[]): Promise<{ id: number; scene?: string }> {
    const remembered = entityIds.flatMap((id) => {
      const state = states.get(id);
      // Attributes came as JSON.
      return state
        ? [{ entityId: id, state: state.state, attributes: state.attributes as JsonMap }]
        : [];
    });
    const name = `homeiq_test_${randomBytes(4).toString("hex")}`;
    const id = open.begin({ scene: `scene.${name}`, remembered });
    if (remembered.length === 0) return { id };
    try {
      const data = { scene_id: name, snapshot_entities: remembered.map((one) => one.entityId) };
      await house.checks.call({ action: "scene.create", data });
      return { id, scene: `scene.${name}` };
    } catch (error) {
      log.info({ err: error }, "No snapshot as a scene; every entity is brought back by itself");
      return { id };
    }
  }

  const isBack = ({ entityId, state, attributes }: Remembered) => {
    const now = states.get(entityId);
    if (!now || now.state !== state) return false;
    return (
      typeof attributes.brightness !== "number" ||
      now.attributes.brightness === attributes.brightness
    );
  };

  async function waitUntilBack(remembered: readonly Remembered[]): Promise<readonly Remembered[]> {
    const end = clock.now() + RESTORED_WITHIN_MS;
    for (;;) {
      const left = remembered.filter((one) => !isBack(one));
      if (left.length === 0 || clock.now() >= end) return left;
      await sleep(clock, LOOK_EVERY_MS);
    }
  }

  /** First all at once by the scene, then each that is not as it was. */
  async function restore(id: number, scene: string | undefined): Promise<void> {
    const remembered = open.get(id);
    const touched = remembered.filter((one) => !isBack(one));
    if (scene && touched.length > 0) {
      await house.checks
        .call({ action: "scene.turn_on", target: { entity_id: scene } })
        .catch(quiet);
    }
    const left = scene && touched.length > 0 ? await waitUntilBack(remembered) : touched;
    for (const one of left) {
      const call = callToRestore(one);
      if (call) await house.checks.call(call).catch(quiet);
    }
    if (left.length > 0) await waitUntilBack(remembered);
    if (scene) {
      await house.checks
        .call({ action: "scene.delete", target: { entity_id: scene } })
        .catch(quiet);
    }
    open.end(id);
  }

  const quiet = (error: unknown) => log.info({ err: error }, "A part of restoring did not work");

  async function run(
    config: JsonMap,
    { values, signal }: { values: JsonMap; signal: AbortSignal },
  ) {
    const { sequence: shortened, at } = shorten(...sequenceOf(config));
    const sequence = [...variablesOf(config, values), ...toArray(shortened)];
    const startedAt = clock.now();
    const ended = (outcome: Tested["outcome"], failure?: string) => ({
      outcome,
      ...(failure === undefined ? {} : { failure }),
      ranMs: clock.now() - startedAt,
      shortened: at,
    });
    const running = house.checks.runActions(sequence, {
      timeoutMs: limitMs,
      variables: values,
    });
    running.catch(() => {}); // after an abort nobody waits for it any more
    try {
      await Promise.race([running, aborted(signal)]);
      return ended("finished");
    } catch (error) {
      if (signal.aborted) return ended("aborted");
      const failure = toAppError(error);
      if (failure.code === "connection.timeout") return ended("timed_out");
      return ended("failed", failure.message);
    }
  }

  async function test(
    written: JsonMap,
    { by, about, confirmed, fields = {}, signal }: TestOptions,
  ): Promise<Tested> {
    const values = fieldValues(written, fields);
    const config = withValues(written, values) as JsonMap; // a mapping stays one
    const plan = planOf(config, deps);
    if (plan.dangers.length > 0 && !confirmed) {
      throw new AppError(
        "conflict",
        "automations.needs_confirmation",
        "It touches what is dangerous",
        {
          facts: { dangers: plan.dangers },
        },
      );
    }
    const { id, scene } = await remember(plan.entityIds);
    const ran = await run(config, { values, signal });
    await sleep(clock, SETTLE_MS);
    const during = new Map(plan.entityIds.map((one) => [one, states.get(one)?.state]));
    const remembered = open.get(id);
    await restore(id, scene);
    const entities = remembered.map((one) => toTested(one, during.get(one.entityId)));
    const lost = entities.filter(({ restored }) => !restored).map(({ entityId }) => entityId);
    const detail = lost.length > 0 ? `Not as before: ${lost.join(", ")}` : ran.failure;
    audit.note({
      ...{ by, ...about, action: "test", outcome: ran.outcome === "finished" ? "done" : "failed" },
      ...(detail ? { detail } : {}),
    });
    return { ...ran, entities };
  }

  const toTested = (before: Remembered, during: string | undefined): TestedEntity => {
    const after = states.get(before.entityId)?.state;
    return {
      entityId: before.entityId,
      before: before.state,
      ...(during === undefined ? {} : { during }),
      ...(after === undefined ? {} : { after }),
      restored: isBack(before),
    };
  };

  return {
    /** One at a time: two would restore each other's middle. Throws `conflict` while one runs. */
    async test(config: JsonMap, options: TestOptions): Promise<Tested> {
      if (isRunning) {
        throw new AppError("conflict", "automations.test_running", "Another test is running");
      }
      isRunning = true;
      try {
        return await test(config, options);
      } finally {
        isRunning = false;
      }
    },
    /** What a test left behind that was cut off by an end of HomeIQ. */
    async resume(): Promise<void> {
      if (isRunning) return;
      for (const { id, scene } of open.unfinished()) await restore(id, scene);
    },
  };
}

export type TestActions = ReturnType<typeof createTestActions>;

/** A scene is one action: all of it at once. */
function sequenceOf(config: JsonMap): [Path, Json] {
  if (isMap(config.entities)) {
    return [["entities"], [{ action: "scene.apply", data: { entities: config.entities } }]];
  }
  const [path, written] = actionsOf(config);
  return [path, written ?? []];
}

/** What it works out before its first action, but for what it was given. */
function variablesOf({ variables }: JsonMap, values: JsonMap): Json[] {
  if (!isMap(variables)) return [];
  const own = Object.entries(variables).filter(([name]) => !(name in values));
  return own.length === 0 ? [] : [{ variables: Object.fromEntries(own) }];
}

const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    if (signal.aborted) reject(signal.reason);
  });
