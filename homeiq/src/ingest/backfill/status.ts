import { AppError } from "#foundation/errors.ts";

/** What is being done at the moment. */
export type StepCode =
  | "waiting"
  | "not_ready"
  | "looking_back"
  | "history"
  | "statistics"
  | "gap"
  | "nothing";

export interface Step {
  readonly code: StepCode;
  /** The same in plain words. */
  readonly text: string;
  /** The time that is being read. */
  readonly from?: number;
  readonly to?: number;
}

export interface BackfillProblem {
  readonly code: string;
  readonly message: string;
  /** What the household can do about it. */
  readonly advice: string;
}

/** How far the past was fetched from Home Assistant's recorder. */
export interface BackfillStatus {
  readonly state: "idle" | "running" | "paused" | "done" | "failed";
  readonly step: Step;
  readonly startedAt?: number;
  readonly finishedAt?: number;
  /** `from` is the oldest that the recorder has, absent until it was looked for; all from `doneFrom` on is in. */
  readonly history?: { readonly from?: number; readonly to: number; readonly doneFrom: number };
  /** Absent until its turn comes. How far statistics go back is known only at the end. */
  readonly statistics?: { readonly doneFrom: number };
  readonly entities: number;
  readonly changesAdded: number;
  readonly statisticsAdded: number;
  /** Gaps that wait to be closed. */
  readonly gapsWaiting: number;
  /** When the history should be in, by the pace so far; absent until that was measured. */
  readonly historyDoneAt?: number;
  readonly problem?: BackfillProblem;
}

const ADVICE: Readonly<Record<string, string>> = {
  "recorder.not_loaded":
    "Turn on recorder, history and logbook in Home Assistant (default_config does), then press Start.",
  "home.unauthorized": "Give HomeIQ the token of an administrator, then press Start.",
  "store.disk": "Make room on the disk. HomeIQ goes on by itself.",
};

/** A failure in words that say what it means and what to do. */
export function toProblem(error: AppError): BackfillProblem {
  const byKind =
    error.kind === "unavailable"
      ? "Nothing: HomeIQ goes on by itself as soon as it can."
      : "Press Start to try again. If it stays, report it with the log of the app.";
  return { code: error.code, message: error.message, advice: ADVICE[error.code] ?? byKind };
}

const NOT_READY: Readonly<Record<string, string>> = {
  starting: "Waits until Home Assistant has started",
  migrating: "Waits until Home Assistant has finished changing its database",
  not_recording: "Waits until Home Assistant records again",
  busy: "Waits until Home Assistant has caught up with its own recording",
};

export const notReady = (why: string): Step => ({
  code: "not_ready",
  text: NOT_READY[why] ?? "Waits for Home Assistant",
});

/** A problem that a stored code stands for, when the error itself is long gone. */
export const rememberedProblem = (code: string): BackfillProblem =>
  toProblem(new AppError("internal", code, "It stopped before the end"));
