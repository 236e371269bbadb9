import type { Action, Condition } from "#home/automation/automation.ts";
import { allHold, type Noted, type Scope } from "../conditions/conditions.ts";
import type { Stage } from "../stage/stage.ts";
import type { ReplayedCall } from "./calls.ts";
import type { Steps } from "./fiber.ts";
import type { SceneStates } from "./scenes.ts";
import type { Scopes } from "./scopes.ts";

/** How a sequence ended. `stopped` and `aborted` end those around it as well. */
export type Ending =
  | { readonly kind: "finished" }
  /** A condition in it did not hold: only this sequence ends. */
  | { readonly kind: "condition" }
  | { readonly kind: "stopped" }
  | { readonly kind: "aborted"; readonly why: string }
  | { readonly kind: "failed"; readonly why: string };

export const FINISHED: Ending = { kind: "finished" };

/** One thing that a run did, as Home Assistant's traces tell it. */
export interface Step {
  /** `action/0`, `action/1/choose/0/conditions/0` … */
  readonly path: string;
  readonly at: number;
  /** Values beside: what was called, which choice, how long. */
  readonly result?: Readonly<Record<string, unknown>>;
  /** Plain words with the values. */
  readonly words?: string;
}

/** Plays a sequence within another. */
export type RunInner = (
  actions: readonly Action[],
  running: Running,
  path: string,
) => Steps<Ending>;

/** What a run plays on. */
export interface Running {
  readonly stage: Stage;
  readonly scopes: Scopes;
  /** Whether calls change the states, or are only noted. */
  readonly changesStates: boolean;
  readonly scenes: SceneStates;
  readonly triggerId: string;
  onCall(call: ReplayedCall): void;
  step?(step: Step): void;
}

export const holds = (conditions: readonly Condition[], running: Running, path: string): boolean =>
  allHold(conditions, scopeOf(running), path);

export function scopeOf(running: Running): Scope {
  const { stage, triggerId, step } = running;
  const note = ({ path, verdict, words }: Noted) =>
    step?.({ path, at: stage.world.now, result: { result: verdict }, words });
  return { stage, variables: running.scopes.all(), triggerId, ...(step ? { note } : {}) };
}

export function say(
  { step, stage }: Running,
  path: string,
  result: Readonly<Record<string, unknown>>,
): void {
  step?.({ path, at: stage.world.now, result });
}

/** A value that may be a template. */
export function rendered<T>(
  value: T | { readonly template: string } | undefined,
  { stage, scopes }: Running,
): unknown {
  if (typeof value !== "object" || value === null || !("template" in value)) return value;
  return stage.texts.render(value.template as string, scopes.all());
}
