import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, SECOND_MS } from "#foundation/time.ts";
import type { AutomationConfig, Triggered } from "#home/automation-config/automation-config.ts";
import type { RecordedChange } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import { type Audit, HOMEIQ } from "./audit.ts";
import { entityIdNow } from "./item-id.ts";
import { createOverrides } from "./overrides.ts";
import { createWatches, type Watch, type WatchedRun } from "./watches.ts";

export type { Watch, WatchedRun } from "./watches.ts";

const PROBATION_DAYS = 14;
const OVERRIDES_TO_DEMOTE = 3; // two may be a guest, or a party
const OVERRIDE_SHARE_TO_DEMOTE = 0.3;
const FAILURES_TO_DEMOTE = 3; // in a row
const READ_TRACES_AFTER_MS = 10 * SECOND_MS; // most runs are over by then; the hourly job reads the others
const FAILED = new Set(["error", "aborted", "disallowed_recursion_detected"]);

export interface Probation {
  /** From now on, also when it was watched before. */
  begin(automationId: string, entityId: string): void;
  /** It stands there no more, or a person has decided. */
  end(automationId: string): void;
  find(automationId: string): Watch | undefined;
  list(): readonly Watch[];
  /** Newest first. */
  runs(automationId: string): readonly WatchedRun[];
  /** Reads traces, judges, and ends what has lasted its time. */
  judge(signal?: AbortSignal): Promise<void>;
  onTriggered(triggered: Triggered): void;
  onRecorded(changes: readonly RecordedChange[]): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly house: Pick<AutomationConfig, "traces" | "checks" | "find" | "findById">;
  readonly audit: Audit;
  readonly probationDays?: number;
}

/**
 * Watches new automations: whether they run, fail, or are undone by people within five minutes.
 *
 * One that is undone at least three times and in more than 30 % of its runs, or fails three times in a row,
 * is turned off, with a note that says why. It is never removed.
 */
export function createProbation(deps: Deps): Probation {
  const { db, clock, log, house, audit, probationDays = PROBATION_DAYS } = deps;
  const watches = createWatches({ db, clock });
  const overrides = createOverrides();
  let watched = new Map(watches.watching().map((watch) => [watch.automationId, watch]));
  let readDue = false;

  const refresh = () => {
    watched = new Map(watches.watching().map((watch) => [watch.automationId, watch]));
  };
  /** By its id: an entity can get another name while it is watched. */
  const watchOf = (entityId: string) => watched.get(house.find(entityId)?.id ?? "");

  const asNow = (watch: Watch): Watch => ({
    ...watch,
    entityId: entityIdNow(house, watch) ?? watch.entityId,
  });

  async function readTraces(): Promise<void> {
    const contexts = await house.traces.contexts();
    for (const watch of watched.values()) {
      const { automationId } = watch;
      const traces = await house.traces.list("automation", automationId);
      const byRun = new Map(traces.map((trace) => [trace.runId, trace]));
      for (const [contextId, run] of contexts) {
        const trace = run.itemId === automationId ? byRun.get(run.runId) : undefined;
        if (!trace?.execution || trace.startedAt < watch.startedAt) continue;
        if (trace.execution.startsWith("failed_")) continue; // refused by a condition or its mode: no run
        const { startedAt: at, execution, error } = trace;
        watches.keepRun({ automationId, contextId, at, execution, ...(error ? { error } : {}) });
      }
    }
  }

  /** Why it has to be turned off, in plain words; `undefined` when it does well. */
  function verdict({ automationId }: Watch): string | undefined {
    const runs = watches.runs(automationId);
    const overridden = runs.filter(({ overridden: one }) => one).length;
    if (overridden >= OVERRIDES_TO_DEMOTE && overridden > OVERRIDE_SHARE_TO_DEMOTE * runs.length) {
      return `People undid it in ${overridden} of ${runs.length} runs.`;
    }
    const finished = runs.filter(({ execution }) => execution !== undefined);
    const last = finished.slice(0, FAILURES_TO_DEMOTE);
    const allFailed = last.every(({ execution = "" }) => FAILED.has(execution));
    if (last.length < FAILURES_TO_DEMOTE || !allFailed) return undefined;
    return `It failed ${last.length} times in a row: ${last[0]?.error ?? last[0]?.execution ?? ""}`;
  }

  async function demote(watch: Watch, why: string): Promise<void> {
    const { automationId, entityId } = asNow(watch);
    await house.checks.call({
      action: "automation.turn_off",
      target: { entity_id: entityId },
    });
    const note = `${why} It was turned off.`;
    watches.end(automationId, "demoted", note);
    const common = { by: HOMEIQ, automationId, entityId };
    audit.note({ ...common, action: "demote", outcome: "done", detail: note });
    refresh();
  }

  async function judgeOne(watch: Watch): Promise<void> {
    const { automationId, entityId } = asNow(watch);
    const why = verdict(watch);
    if (why) return demote(watch, why);
    if (clock.now() < watch.until) return;
    watches.end(automationId, "passed");
    audit.note({ by: HOMEIQ, automationId, entityId, action: "pass", outcome: "done" });
    refresh();
  }

  async function judge(signal?: AbortSignal): Promise<void> {
    if (watched.size === 0) return;
    await readTraces();
    for (const watch of [...watched.values()]) {
      signal?.throwIfAborted();
      await judgeOne(watch);
    }
  }

  function judgeLater(): void {
    if (readDue) return;
    readDue = true;
    clock.after(READ_TRACES_AFTER_MS, () => {
      readDue = false;
      judge().catch((error: unknown) => log.debug({ err: error }, "Probation waits for the job"));
    });
  }

  return {
    begin(automationId, entityId) {
      const now = clock.now();
      const until = now + probationDays * DAY_MS;
      watches.begin({ automationId, entityId, startedAt: now, until });
      refresh();
    },
    end(automationId) {
      watches.end(automationId, "ended");
      refresh();
    },
    find(automationId) {
      const watch = watches.find(automationId);
      return watch && asNow(watch);
    },
    list: () => watches.list().map(asNow),
    runs: (automationId) => watches.runs(automationId),
    judge,
    onTriggered({ entityId, contextId, at }) {
      const watch = watchOf(entityId);
      if (!watch) return;
      watches.keepRun({ automationId: watch.automationId, contextId, at });
      judgeLater();
    },
    onRecorded(changes) {
      if (watched.size === 0) return;
      for (const change of changes) {
        const undone = overrides.take(change, (entityId) => watchOf(entityId) !== undefined);
        if (!undone) continue;
        watches.keepOverride(undone);
        judgeLater();
      }
    },
  };
}
