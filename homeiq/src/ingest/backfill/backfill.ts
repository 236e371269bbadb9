import { dropAbsent, present } from "#foundation/absent.ts";
import { type Clock, sleep } from "#foundation/clock.ts";
import { type AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Recorder } from "#home/recorder/recorder.ts";
import type { Gap, Gaps } from "#ingest/gaps/gaps.ts";
import type { PastKeeper } from "#ingest/past/past.ts";
import type { Db } from "#store/database.ts";
import { keepRun, type Run, readRun } from "./backfill.store.ts";
import { createFetch } from "./fetch-changes.ts";
import { createGapFill } from "./gap-fill.ts";
import { createHistoryPass } from "./history-pass.ts";
import { createPace } from "./pace.ts";
import { createQuestions } from "./questions.ts";
import { createStatisticsPass } from "./statistics-pass.ts";
import {
  type BackfillStatus,
  notReady,
  rememberedProblem,
  type Step,
  toProblem,
} from "./status.ts";

export type { BackfillProblem, BackfillStatus, Step, StepCode } from "./status.ts";

export interface Backfill extends AsyncDisposable {
  status(): BackfillStatus;
  /** Starts, goes on after a pause or a failure, or looks again at everything when it was done. */
  start(): void;
  /** Gaps are closed all the same: they are small. */
  pause(): void;
  /** Something may have become possible: a connection, a gap that is over. */
  wake(): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly recorder: Recorder;
  readonly keeper: PastKeeper;
  readonly gaps: Gaps;
  /** Connected, and the present state of the house is known. */
  canAsk(): boolean;
  /** Entities that exist and that the household records. */
  entityIds(): readonly string[];
  isRecorded(entityId: string): boolean;
  changedAt(entityId: string): number | undefined;
  unitOf(entityId: string): string | undefined;
  findUser(userId: string): { name?: string; isSystem: boolean } | undefined;
}

const USUAL_PER_HOUR = 60;
const LOOK_AGAIN_MS = 30 * SECOND_MS;
const GAP_AGAIN_MS = 10 * MINUTE_MS;
const MEASURED_AFTER_WINDOWS = 6; // the first windows are short, and say little about the pace
const NOTHING: Step = { code: "nothing", text: "Nothing to do" };
const WAITING: Step = { code: "waiting", text: "Waits for Home Assistant" };

/**
 * Fetches the past from Home Assistant's recorder: on the first start all that it has, newest first, and
 * after each interruption exactly what was missed. One request at a time, with rests between them.
 */
export function createBackfill(deps: Deps): Backfill {
  const { db, clock, log, recorder, keeper, gaps } = deps;
  const pace = createPace(clock);
  const questions = createQuestions({ usualPerHour: USUAL_PER_HOUR });
  const fetch = createFetch({ ...deps, pace });
  const shared = { clock, questions, pace, fetch, addPast: keeper.addPast };
  const history = createHistoryPass({ ...shared, entityIds: deps.entityIds });
  const fillGap = createGapFill({ ...deps, ...shared });
  const statistics = createStatisticsPass({
    ...{ recorder, pace, isRecorded: deps.isRecorded },
    addPastStatistics: keeper.addPastStatistics,
  });
  const stopping = new AbortController();
  let pausing = new AbortController();
  let run = readRun(db);
  let step: Step = WAITING;
  let problem = run?.errorCode ? rememberedProblem(run.errorCode) : undefined;
  let wakeUp: () => void = () => {};
  let measured: { at: number; doneFrom: number; windows: number } | undefined;
  const triedGaps = new Map<number, number>();

  function change(next: Partial<Run>): void {
    if (!run) return;
    run = { ...run, ...next };
    keepRun(db, run);
  }

  function begin(): void {
    const now = clock.now();
    run = {
      ...{ state: "running", startedAt: now, to: now, doneFrom: now },
      ...{ entities: deps.entityIds().length, changes: 0, statistics: 0 },
    };
    keepRun(db, run);
  }

  const addChanges = (added: number) => {
    if (run) run = { ...run, changes: run.changes + added };
  };

  const nextGap = () =>
    gaps
      .due()
      .find(
        (gap): gap is Gap & { to: number } =>
          gap.to !== undefined && (triedGaps.get(gap.id) ?? 0) <= clock.now(),
      );

  /** One piece of work; answers whether there was any. */
  async function work(): Promise<boolean> {
    if (!deps.canAsk()) {
      step = WAITING;
      return false;
    }
    if (!run) begin();
    const gap = nextGap();
    if (!gap && run?.state !== "running") {
      step = NOTHING;
      return false;
    }
    const readiness = await pace.ask(() => recorder.readiness(), stopping.signal);
    if (!readiness.ready) {
      step = notReady(readiness.why);
      return false;
    }
    if (gap) await workOnGap(gap);
    else if (run?.state === "running") await unlessPaused(run);
    return true;
  }

  async function workOnGap(gap: Gap & { to: number }): Promise<void> {
    step = { code: "gap", text: "Fetches what was missed", from: gap.from, to: gap.to };
    triedGaps.set(gap.id, clock.now() + GAP_AGAIN_MS);
    try {
      await fillGap(gap, stopping.signal);
      triedGaps.delete(gap.id);
    } catch (error) {
      if (!deps.canAsk()) triedGaps.delete(gap.id); // Home Assistant went away; tried once it is back
      throw error;
    }
  }

  async function unlessPaused(current: Run): Promise<void> {
    const signal = AbortSignal.any([stopping.signal, pausing.signal]);
    try {
      await workOnRun(current, signal);
    } catch (error) {
      if (!signal.aborted) throw error; // else what was read stays, and the window is read again later
    }
  }

  async function workOnRun(current: Run, signal: AbortSignal): Promise<void> {
    const isFresh = current.doneFrom === current.to;
    if (current.from === undefined && !isFresh) {
      step = { code: "looking_back", text: "Looks how far back Home Assistant remembers" };
      change({ from: Math.min(await history.findOldest(signal), current.doneFrom) });
      return;
    }
    if (current.from === undefined || current.from < current.doneFrom) {
      const range = history.next(current.doneFrom, current.from ?? 0);
      step = { code: "history", text: "Reads history", ...range };
      await history.read(range, signal, addChanges);
      change({ doneFrom: range.from });
      measure(range.from);
      return;
    }
    if (current.statisticsDoneFrom === undefined) {
      // When the run began, Home Assistant had not yet written its last seconds.
      await history.read({ from: current.to - MINUTE_MS, to: current.to }, signal, addChanges);
    }
    const doneFrom = current.statisticsDoneFrom ?? statistics.startOf(clock.now());
    step = { code: "statistics", text: "Reads long-term statistics", to: doneFrom };
    const next = await statistics.readBefore(doneFrom, signal, (added) => {
      if (run) run = { ...run, statistics: run.statistics + added };
    });
    if (next !== undefined) return change({ statisticsDoneFrom: next });
    change({ state: "done", finishedAt: clock.now() });
    log.info({ changes: run?.changes, statistics: run?.statistics }, "The past is fetched");
  }

  function measure(doneFrom: number): void {
    measured ??= { at: clock.now(), doneFrom, windows: 0 };
    measured = { ...measured, windows: measured.windows + 1 };
  }

  /** What was expected goes on by itself; only what cannot mend itself ends the run. */
  function onFailure(error: AppError): void {
    if (stopping.signal.aborted) return;
    problem = toProblem(error);
    log.warn({ code: error.code, err: error }, "The past could not be fetched");
    if (error.kind === "unavailable" || step.code === "gap") return;
    if (run?.state === "running") change({ state: "failed", errorCode: error.code });
  }

  async function live(): Promise<void> {
    while (!stopping.signal.aborted) {
      let rest = true;
      try {
        rest = !(await work());
        if (run?.state !== "failed") problem = undefined;
      } catch (thrown) {
        onFailure(toAppError(thrown));
      }
      if (rest) await nap();
    }
  }

  async function nap(): Promise<void> {
    const waking = new AbortController();
    wakeUp = () => waking.abort();
    const signal = AbortSignal.any([waking.signal, stopping.signal]);
    await sleep(clock, LOOK_AGAIN_MS, signal).catch(() => {}); // woken early: that is what it is for
  }

  const living = live();

  function historyDoneAt(): number | undefined {
    if (run?.state !== "running" || run.from === undefined || !measured) return undefined;
    const done = measured.doneFrom - run.doneFrom;
    if (measured.windows < MEASURED_AFTER_WINDOWS || done <= 0) return undefined;
    const left = run.doneFrom - run.from;
    return left <= 0
      ? undefined
      : Math.round(clock.now() + ((clock.now() - measured.at) * left) / done);
  }

  return {
    status: () => ({
      state: run?.state ?? "idle",
      step: !run || run.state === "running" || step.code === "gap" ? step : NOTHING,
      entities: run?.entities ?? 0,
      changesAdded: run?.changes ?? 0,
      statisticsAdded: run?.statistics ?? 0,
      gapsWaiting: gaps.due().length,
      ...dropAbsent({
        startedAt: run?.startedAt,
        finishedAt: run?.finishedAt,
        history: run && {
          to: run.to,
          doneFrom: run.doneFrom,
          ...present("from", run.from),
        },
        statistics:
          run?.statisticsDoneFrom === undefined ? undefined : { doneFrom: run.statisticsDoneFrom },
        historyDoneAt: historyDoneAt(),
        problem,
      }),
    }),
    start() {
      if (run?.state === "running") return;
      pausing = new AbortController();
      measured = undefined;
      problem = undefined;
      triedGaps.clear();
      if (run?.state === "done") begin();
      else if (run) {
        const { errorCode: _, ...rest } = run;
        run = { ...rest, state: "running" };
        keepRun(db, run);
      }
      wakeUp();
    },
    pause() {
      if (run?.state !== "running") return;
      change({ state: "paused" });
      pausing.abort();
    },
    wake: () => wakeUp(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await living;
    },
  };
}
