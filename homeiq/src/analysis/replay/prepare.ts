import type { Automation } from "#home/automation/automation.ts";
import type { SceneStates } from "./actions/actions.ts";
import { whatCannotBe } from "./cannot.ts";
import type { PastColumns, PastWorld } from "./past/past.ts";
import { type Cast, type Played, playAutomation } from "./played.ts";
import { restartsIn } from "./restarts.ts";
import type { Cannot, Run } from "./run.ts";
import { createStage, driveSun, type PlayedStage } from "./stage/stage.ts";
import { STARTED_EVENT } from "./triggers/triggers.ts";

export interface ReplayOptions {
  /**
   * `recorded`: states stay as they were, what automations do is only noted: a back-test.
   * `simulated`: what they do changes the states, as in a house. Absent: recorded.
   */
  readonly effects?: "recorded" | "simulated";
  /** Keep what was checked and done in each run. */
  readonly detail?: boolean;
  readonly scenes?: SceneStates;
  /** Play no further than this, exclusive; absent: to the end of the past. */
  readonly until?: number;
  /** Asked now and then; `true` ends it with `unavailable`. */
  isStopped?(): boolean;
}

export interface Prepared {
  readonly stage: PlayedStage;
  readonly runs: Run[];
  readonly cannot: readonly Cannot[];
  /** Plays to a moment, ends what runs then. */
  play(until: number): void;
}

interface Given {
  readonly past: PastWorld;
  readonly columns: PastColumns;
  readonly options: ReplayOptions;
}

/** Everything attached, nothing played yet. */
export function prepare(
  automations: readonly Automation[],
  { past, columns, options }: Given,
): Prepared {
  const stage = createStage({ past, columns, isStopped: options.isStopped });
  const runs: Run[] = [];
  const cast: Cast = {
    stage,
    changesStates: options.effects === "simulated",
    keepsSteps: options.detail ?? false,
    scenes: options.scenes ?? new Map(),
  };
  if (stage.sun && READS_SUN.test(JSON.stringify(automations))) {
    driveSun({ ...stage, sun: stage.sun });
  }
  const played: Played[] = automations.map((automation, index) =>
    playAutomation({ automation, index, cast, onRun: (run) => void runs.push(run) }),
  );
  for (const { at, upAt } of restartsIn(columns)) {
    stage.timers.set(at, () => {
      for (const one of played) one.stop();
    });
    stage.timers.set(upAt, () => {
      for (const one of played) one.listen();
      stage.fireEvent({ type: STARTED_EVENT, data: {} });
    });
  }
  const cannot = automations.flatMap((automation, index) =>
    whatCannotBe(automation, {
      ...{ index, stage, scenes: cast.scenes, hasEvents: past.events !== undefined },
    }),
  );
  return {
    stage,
    runs,
    cannot,
    play(until) {
      stage.drain();
      stage.playUntil(until);
      for (const one of played) one.end();
      cannot.push(...endlessOnes(runs, stage.endlessAt));
    },
  };
}

const READS_SUN = /\bsun\.sun\b|"sun\.elevation/;

const MANY = 100; // runs of one automation at one moment: it is part of the circle

/** Those that started each other at one moment without end. */
function endlessOnes(runs: readonly Run[], at: number | undefined): Cannot[] {
  if (at === undefined) return [];
  const then = Map.groupBy(
    runs.filter((run) => run.at === at),
    ({ automation }) => automation,
  );
  return [...then].flatMap(([automation, own]) =>
    own.length < MANY
      ? []
      : [
          {
            automation,
            path: "actions",
            why: "it starts itself, or others that start it, without end; this was cut off",
          },
        ],
  );
}
