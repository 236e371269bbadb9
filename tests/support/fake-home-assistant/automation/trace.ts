import type { Core } from "../model/core.ts";
import type { Context } from "../model/state-machine.ts";
import { toIso } from "../protocol/wire.ts";

export interface TraceElement {
  readonly path: string;
  readonly timestamp: string;
  readonly changed_variables?: unknown;
  readonly result?: unknown;
  readonly error?: string;
}

/** One run as the trace commands tell it. */
export interface Trace {
  readonly domain: "automation" | "script";
  readonly itemId: string;
  readonly runId: string;
  readonly startedAt: string;
  readonly context: Context;
  readonly config: unknown;
  readonly trigger: string | null;
  readonly steps: Map<string, TraceElement[]>;
  lastStep: string | null;
  finishedAt: string | null;
  execution: string | null;
  error: string | undefined;
}

/** Notes each step of a run. */
export interface TraceRecorder {
  readonly runId: string;
  step(path: string, values?: Omit<TraceElement, "path" | "timestamp">): void;
  finish(execution: string, error?: string): void;
}

/** All traces; the newest few of each automation and script. */
export interface Traces {
  start(values: Pick<Trace, "domain" | "itemId" | "context" | "config" | "trigger">): TraceRecorder;
  list(domain: string, itemId?: string): readonly Trace[];
  forget(domain: string, itemId: string): void;
}

const KEPT_PER_ITEM = 5;

export function createTraces({ random, states }: Pick<Core, "random" | "states">): Traces {
  const traces = new Map<string, Trace[]>();
  return {
    start(values) {
      const key = `${values.domain}.${values.itemId}`;
      const trace: Trace = {
        ...values,
        runId: random.hex(32),
        startedAt: toIso(states.stamp()),
        steps: new Map(),
        lastStep: null,
        finishedAt: null,
        execution: null,
        error: undefined,
      };
      const list = traces.get(key) ?? [];
      traces.set(key, list);
      list.push(trace);
      const wanted = Object(Object(values.config).trace).stored_traces ?? KEPT_PER_ITEM;
      if (list.length > wanted) list.splice(0, list.length - wanted);
      let unsaid: object | undefined = { context: values.context };
      return {
        runId: trace.runId,
        step(path, element = {}) {
          const steps = trace.steps.get(path) ?? [];
          trace.steps.set(path, steps);
          // the first action tells the variables that came into being since the trigger
          const isAction = /^(action|sequence)/u.test(path);
          const added = isAction && unsaid !== undefined;
          const changed_variables = { ...unsaid, ...Object(element.changed_variables) };
          if (isAction) unsaid = undefined;
          steps.push({
            path,
            timestamp: toIso(states.stamp()),
            ...element,
            ...(added ? { changed_variables } : {}),
          });
          trace.lastStep = path;
        },
        finish(execution, error) {
          trace.finishedAt = toIso(states.stamp());
          trace.execution = execution;
          trace.error = error;
        },
      };
    },
    list(domain, itemId) {
      if (itemId !== undefined) return traces.get(`${domain}.${itemId}`) ?? [];
      return [...traces].flatMap(([key, list]) => (key.startsWith(`${domain}.`) ? list : []));
    },
    forget: (domain, itemId) => void traces.delete(`${domain}.${itemId}`),
  };
}

/** For items without an id, which are not traced. */
export const NOT_TRACED: TraceRecorder = {
  runId: "",
  step: () => undefined,
  finish: () => undefined,
};

export function toShortTrace(trace: Trace) {
  return {
    last_step: trace.lastStep,
    run_id: trace.runId,
    state: trace.finishedAt === null ? "running" : "stopped",
    script_execution: trace.execution,
    timestamp: { start: trace.startedAt, finish: trace.finishedAt },
    domain: trace.domain,
    item_id: trace.itemId,
    ...(trace.error === undefined ? {} : { error: trace.error }),
    ...(trace.domain === "automation" ? { trigger: trace.trigger } : {}),
  };
}

export function toExtendedTrace(trace: Trace) {
  return {
    ...toShortTrace(trace),
    trace: Object.fromEntries(trace.steps),
    config: trace.config,
    blueprint_inputs: null,
    context: trace.context,
  };
}
