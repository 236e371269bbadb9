import type { z } from "zod";
import { present } from "#foundation/absent.ts";
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import type { Json, JsonMap } from "#home/automation/automation.ts";
import type { Ask } from "./ask.ts";
import { WireContexts, WireShortTrace, WireTrace } from "./automation-config.schema.ts";

/** One run of an automation or a script, in short. */
export interface ShortTrace {
  readonly runId: string;
  readonly domain: string;
  /** The id of an automation, the key of a script. */
  readonly itemId: string;
  readonly startedAt: number;
  readonly finishedAt?: number;
  /**
   * `finished`, `failed_conditions`, `failed_single`, `failed_max_runs`, `cancelled`, `aborted`, `error`,
   * `disallowed_recursion_detected`; absent while it runs.
   */
  readonly execution?: string;
  readonly lastStep?: string;
  readonly error?: string;
  /** What began it, in Home Assistant's words: "state of binary_sensor.door". */
  readonly trigger?: string;
}

export interface TraceStep {
  /** As in the configuration: `action/0/then/1`. */
  readonly path: string;
  readonly at: number;
  readonly variables?: JsonMap;
  readonly result?: Json;
  readonly error?: string;
}

export interface RunTrace extends ShortTrace {
  readonly contextId?: string;
  /** In the order in which they happened. */
  readonly steps: readonly TraceStep[];
  readonly config?: JsonMap;
}

export interface RunOfContext {
  readonly runId: string;
  readonly domain: string;
  readonly itemId: string;
}

export interface Traces {
  /** Oldest first; of all when no item is named. Home Assistant keeps five of each unless told otherwise. */
  list(domain: "automation" | "script", itemId?: string): Promise<readonly ShortTrace[]>;
  /** Throws `not_found`. */
  get(run: RunOfContext): Promise<RunTrace>;
  /** Which run each context belongs to. */
  contexts(): Promise<ReadonlyMap<string, RunOfContext>>;
}

export const createTraces = (ask: Ask): Traces => ({
  async list(domain, itemId) {
    const command = { type: "trace/list", domain, ...present("item_id", itemId) };
    const traces = await ask(command, WireShortTrace.array());
    return traces.flatMap(toShort);
  },
  async get({ domain, itemId, runId }) {
    const wire = await ask(
      { type: "trace/get", domain, item_id: itemId, run_id: runId },
      WireTrace,
    );
    return {
      ...toShortTrace(wire),
      ...present("contextId", wire.context?.id),
      ...present("config", wire.config),
      steps: Object.values(wire.trace)
        .flat()
        .map((step) => ({
          path: step.path,
          at: Date.parse(step.timestamp),
          ...present("variables", step.changed_variables),
          ...present("result", step.result),
          ...present("error", step.error && maskSecrets(step.error, secretsIn(wire.config))),
        }))
        .sort((one, other) => one.at - other.at),
    };
  },
  async contexts() {
    const wire = await ask({ type: "trace/contexts" }, WireContexts);
    return new Map(
      Object.entries(wire).map(([contextId, { run_id, domain, item_id }]) => [
        contextId,
        { runId: run_id, domain, itemId: item_id },
      ]),
    );
  },
});

/** Since 2026.7 there are traces of triggers that could not be evaluated; those are no runs. */
const toShort = (wire: z.output<typeof WireShortTrace>): ShortTrace[] =>
  wire.script_execution === "not_triggered" ? [] : [toShortTrace(wire)];

const toShortTrace = (wire: z.output<typeof WireShortTrace>): ShortTrace => ({
  runId: wire.run_id,
  domain: wire.domain,
  itemId: wire.item_id,
  startedAt: Date.parse(wire.timestamp.start),
  ...(wire.timestamp.finish ? { finishedAt: Date.parse(wire.timestamp.finish) } : {}),
  ...present("execution", wire.script_execution),
  ...present("lastStep", wire.last_step),
  ...present("error", wire.error && maskSecrets(wire.error)),
  ...present("trigger", wire.trigger),
});
