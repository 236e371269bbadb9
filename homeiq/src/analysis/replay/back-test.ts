import { MINUTE_MS } from "#foundation/time.ts";
import type { Automation, Path } from "#home/automation/automation.ts";
import type { CallEffect, SceneStates } from "./actions/actions.ts";
import { type PastColumns, type PastWorld, toColumns } from "./past/past.ts";
import { type Deed, type Deeds, deedsIn } from "./people.ts";
import { prepare } from "./prepare.ts";
import type { Cannot, Outcome, Run } from "./run.ts";
import { vary } from "./vary.ts";

export interface BackTestOptions {
  /** How far apart a run and what a person did may be. Milliseconds; absent: 15 minutes. */
  readonly nearMs?: number;
  /** How soon after a run its opposite counts as an objection. Milliseconds; absent: 5 minutes. */
  readonly undoMs?: number;
  readonly detail?: boolean;
  readonly scenes?: SceneStates;
  /** What this automation itself did is no deed of another machine. */
  readonly entityId?: string;
  /** Asked now and then; `true` ends it with `unavailable`. */
  isStopped?(): boolean;
}

/** A run that did something, and what people made of it. */
export interface JudgedRun {
  readonly run: Run;
  /**
   * `matched`: a person did the same. `annoying`: a person wanted the opposite. `idle`: everything was so already.
   * `unasked`: nobody did the same, and nobody objected.
   */
  readonly verdict: "matched" | "annoying" | "idle" | "unasked";
  /** What people did that decided it. */
  readonly deeds: readonly Deed[];
  /** What other automations, scripts and scenes did with the same entities around that time, at most ten. */
  readonly machines: readonly Deed[];
}

export interface BackTest {
  readonly automation: Automation;
  /** Those that did something, the newest 2,000; the counts are of all. */
  readonly runs: readonly JudgedRun[];
  /** Every run, also those that were refused. */
  readonly outcomes: Readonly<Partial<Record<Outcome, number>>>;
  /** Those that did nothing, the newest 500. */
  readonly refused: readonly Run[];
  /** What a person did to an entity of the automation, to a state it would set, with no run near. */
  readonly missed: readonly Deed[];
  readonly matched: number;
  readonly annoying: number;
  readonly idle: number;
  readonly unasked: number;
  readonly calls: number;
  readonly cannot: readonly Cannot[];
}

const MOST_RUNS = 2_000; // what goes over to another thread, and what a chart can show
const MOST_REFUSED = 500;
const MOST_MACHINES = 10;

const NEAR_MS = 15 * MINUTE_MS;
const UNDO_MS = 5 * MINUTE_MS;

/** What an automation would have done over the recorded time, compared with what people did by hand. */
export function backTest(
  automation: Automation,
  past: PastWorld,
  options: BackTestOptions = {},
): BackTest {
  const [found] = backTestAll([automation], { past, columns: toColumns(past.changes), options });
  return found as BackTest;
}

interface Given {
  readonly past: PastWorld;
  readonly columns: PastColumns;
  readonly options: BackTestOptions;
}

/** Several at once, over one walk through the changes. */
export function backTestAll(
  automations: readonly Automation[],
  { past, columns, options }: Given,
): readonly BackTest[] {
  const { detail, scenes, isStopped } = options;
  const prepared = prepare(automations, {
    ...{ past, columns },
    options: {
      ...(detail ? { detail } : {}),
      ...(scenes ? { scenes } : {}),
      ...(isStopped ? { isStopped } : {}),
    },
  });
  prepared.play(past.end);
  const runs = Map.groupBy(prepared.runs, ({ automation }) => automation);
  const touched = new Set(
    prepared.runs.flatMap(({ calls }) => calls.flatMap(({ effects }) => effects.map(idOf))),
  );
  const initial = new Map(past.initial.map(({ entityId, state }) => [entityId, state]));
  const deeds = deedsIn(columns, touched, initial);
  return automations.map((automation, index) =>
    judge({
      ...{ automation, deeds, options },
      runs: (runs.get(index) ?? []).toSorted((one, other) => one.at - other.at),
      cannot: prepared.cannot.filter((one) => one.automation === index),
    }),
  );
}

const idOf = ({ entityId }: CallEffect) => entityId;

/** The same automation with each of these values at one place: "what if the limit were 30, 40 or 50?" */
export function whatIf(
  automation: Automation,
  { path, values }: { readonly path: Path; readonly values: readonly unknown[] },
  { past, columns, options }: Given,
): readonly { readonly value: unknown; readonly result: BackTest }[] {
  const results = backTestAll(
    values.map((value) => vary(automation, path, value)),
    { past, columns, options },
  );
  return results.map((result, n) => ({ value: values[n], result }));
}

interface Judging {
  readonly automation: Automation;
  readonly deeds: Deeds;
  readonly options: BackTestOptions;
  readonly runs: readonly Run[];
  readonly cannot: readonly Cannot[];
}

function judge({ automation, deeds, options, runs, cannot }: Judging): BackTest {
  const nearMs = options.nearMs ?? NEAR_MS;
  const judged = runs
    .filter(({ calls }) => calls.length > 0)
    .map((run) => judgeRun(run, { deeds, options, nearMs }));
  const missed = missedBy(runs, deeds, nearMs);
  const count = (verdict: JudgedRun["verdict"]) =>
    judged.filter((one) => one.verdict === verdict).length;
  const outcomes: Partial<Record<Outcome, number>> = {};
  for (const { outcome } of runs) outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
  return {
    ...{ automation, cannot, outcomes, missed, runs: judged.slice(-MOST_RUNS) },
    refused: runs.filter(({ calls }) => calls.length === 0).slice(-MOST_REFUSED),
    matched: count("matched"),
    annoying: count("annoying"),
    idle: count("idle"),
    unasked: count("unasked"),
    calls: judged.reduce((sum, { run }) => sum + run.calls.length, 0),
  };
}

interface Around {
  readonly deeds: Deeds;
  readonly options: BackTestOptions;
  readonly nearMs: number;
}

interface Timed extends CallEffect {
  readonly at: number;
}

const effectsOf = ({ calls }: Run): Timed[] =>
  calls.flatMap(({ at, effects }) => effects.map((effect) => ({ ...effect, at })));

function judgeRun(run: Run, { deeds, options, nearMs }: Around): JudgedRun {
  const effects = effectsOf(run);
  const undoMs = options.undoMs ?? UNDO_MS;
  const isOwn = ({ by }: Deed) => by !== undefined && by === options.entityId;
  const objections = effects.flatMap(({ at, entityId, to, from }) =>
    deeds
      .ofPeople(entityId, { from: at - undoMs, to: at + undoMs })
      // undone soon after, or set otherwise just before: it was meant to be so
      .filter((deed) => deed.to !== to && (deed.at > at || from === deed.to)),
  );
  const near = (at: number) => ({ from: at - nearMs, to: at + nearMs });
  const same = effects.flatMap(({ at, entityId, to }) =>
    deeds.ofPeople(entityId, near(at)).filter((deed) => deed.to === to),
  );
  const machines = effects.flatMap(({ at, entityId }) =>
    deeds.ofMachines(entityId, near(at)).filter((deed) => !isOwn(deed)),
  );
  const verdict = verdictOf({ objections, same, effects });
  return {
    ...{ run, verdict, machines: machines.slice(0, MOST_MACHINES) },
    deeds: verdict === "annoying" ? objections : same,
  };
}

interface Found {
  readonly objections: readonly Deed[];
  readonly same: readonly Deed[];
  readonly effects: readonly Timed[];
}

function verdictOf({ objections, same, effects }: Found): JudgedRun["verdict"] {
  if (objections.length > 0) return "annoying";
  if (same.length > 0) return "matched";
  const isIdle = effects.length > 0 && effects.every(({ from, to }) => from === to);
  return isIdle ? "idle" : "unasked";
}

/** What people brought to a state that a run would have set, while no run was near. */
function missedBy(runs: readonly Run[], deeds: Deeds, nearMs: number): Deed[] {
  const wanted = Map.groupBy(runs.flatMap(effectsOf), ({ entityId, to }) => `${entityId} ${to}`);
  const entityIds = new Set([...wanted.values()].flatMap(([one]) => (one ? [one.entityId] : [])));
  return [...entityIds]
    .flatMap((entityId) => deeds.ofPeople(entityId))
    .filter(({ entityId, to, at }) => {
      const own = wanted.get(`${entityId} ${to}`);
      return own?.every((effect) => Math.abs(effect.at - at) > nearMs) ?? false;
    })
    .toSorted((one, other) => one.at - other.at);
}
