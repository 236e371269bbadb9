import { MINUTE_MS } from "#foundation/time.ts";
import type { Automation } from "#home/automation/automation.ts";
import type { SceneStates } from "./actions/actions.ts";
import { checkCondition, type Noted } from "./conditions/conditions.ts";
import { type PastWorld, toColumns } from "./past/past.ts";
import { type Prepared, prepare } from "./prepare.ts";
import type { Cannot, Run } from "./run.ts";
import { isFailure } from "./stage/stage.ts";
import { triggerWords } from "./triggers/triggers.ts";

export interface ExplainedTrigger {
  readonly index: number;
  readonly id: string;
  /** When it last fired before the moment, or at it; absent: not in the time looked at. */
  readonly lastFiredAt?: number;
  /** What it saw, and what it waits for. */
  readonly words: string;
  /** Why history cannot tell. */
  readonly cannot?: string;
}

export interface ExplainedCondition {
  /** `condition/0/conditions/1`. */
  readonly path: string;
  /** Absent: it is disabled, or it cannot be said. */
  readonly holds?: boolean;
  readonly words: string;
}

/** Why an automation ran, or did not, at a moment. */
export interface Explanation {
  readonly at: number;
  /** One sentence. */
  readonly summary: string;
  /** The run that began near the moment. */
  readonly run?: Run;
  /** Triggered near the moment, and kept from running: by a condition or by its mode. */
  readonly refused: readonly Run[];
  readonly triggers: readonly ExplainedTrigger[];
  /** As they stood at the moment. */
  readonly conditions: readonly ExplainedCondition[];
  /** The first run after the moment, by what was recorded since. */
  readonly next?: Run;
  readonly cannot: readonly Cannot[];
}

interface Moment {
  readonly at: number;
  /** A run this close counts as at the moment. Milliseconds; absent: one minute. */
  readonly withinMs?: number;
  readonly scenes?: SceneStates;
}

/**
 * Plays the past up to a moment, looks at everything that the automation looks at, and plays on to its next run.
 *
 * The past must begin early enough for what must have held for a time.
 */
export function explain(
  automation: Automation,
  past: PastWorld,
  { at, withinMs = MINUTE_MS, scenes }: Moment,
): Explanation {
  const prepared = prepare([automation], {
    ...{ past, columns: toColumns(past.changes) },
    options: { detail: true, ...(scenes ? { scenes } : {}) },
  });
  prepared.stage.drain();
  prepared.stage.playUntil(at + 1); // what happened at the moment is seen
  const conditions = conditionsOf(automation, prepared);
  const words = automation.triggers.map((trigger) => triggerWords(trigger, prepared.stage));
  prepared.play(past.end);
  const runs = prepared.runs.toSorted((one, other) => one.at - other.at);
  const near = runs.filter((run) => Math.abs(run.at - at) <= withinMs);
  const run = near.find(isRun);
  const next = runs.find((one) => one.at > at && isRun(one));
  const refused = near.filter((one) => !isRun(one));
  const triggers = automation.triggers.map((trigger, index): ExplainedTrigger => {
    const last = runs.findLast((one) => one.trigger.index === index && one.at <= at);
    const cannot = prepared.cannot.find((one) => one.path === `triggers/${index}`);
    return {
      ...{ index, id: trigger.id ?? String(index), words: words[index] ?? "" },
      ...(last ? { lastFiredAt: last.at } : {}),
      ...(cannot && !cannot.isApproximate ? { cannot: cannot.why } : {}),
    };
  });
  return {
    ...{ at, refused, triggers, conditions, cannot: prepared.cannot },
    summary: summaryOf({ run, refused, conditions, triggers }),
    ...(run ? { run } : {}),
    ...(next ? { next } : {}),
  };
}

const NOT_RUN = new Set(["conditions_failed", "single_refused", "max_refused"]);
const isRun = ({ outcome }: Run): boolean => !NOT_RUN.has(outcome);

function conditionsOf(automation: Automation, { stage }: Prepared): ExplainedCondition[] {
  const found: ExplainedCondition[] = [];
  const note = ({ path, verdict, words }: Noted) =>
    void found.push({ path, words, ...(typeof verdict === "boolean" ? { holds: verdict } : {}) });
  for (const [n, condition] of automation.conditions.entries()) {
    const verdict = checkCondition(condition, { stage, variables: {}, note }, `condition/${n}`);
    if (isFailure(verdict)) found.push({ path: `condition/${n}`, words: verdict.error });
  }
  return found;
}

interface Summed extends Pick<Explanation, "refused" | "conditions" | "triggers"> {
  readonly run: Run | undefined;
}

function summaryOf({ run, refused, conditions, triggers }: Summed): string {
  if (run) return `It ran: ${run.trigger.description}.`;
  const [first] = refused;
  if (first?.outcome === "conditions_failed") {
    const failed = first.steps?.findLast(({ result }) => result?.result !== true);
    return `It was triggered by ${first.trigger.description}, but a condition did not hold: ${failed?.words ?? "it cannot be said which"}.`;
  }
  if (first)
    return `It was triggered by ${first.trigger.description}, but ${REFUSED[first.outcome]}.`;
  const failing = conditions.filter(({ holds }) => holds === false).map(({ words }) => words);
  const also =
    failing.length > 0 ? ` Its conditions would not have held either: ${failing.join("; ")}.` : "";
  const blind = triggers.every(({ cannot }) => cannot !== undefined);
  if (blind && triggers.length > 0) {
    return `What triggers it is not recorded: ${triggers[0]?.cannot}.`;
  }
  return `Nothing triggered it: ${triggers.map(({ words }) => words).join("; ")}.${also}`;
}

const REFUSED: Readonly<Record<string, string>> = {
  single_refused: "it was still running, and its mode allows one run at a time",
  max_refused: "as many runs as its mode allows were running or waiting",
};
