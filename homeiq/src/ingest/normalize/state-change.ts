import type { Context } from "#home/states/states.ts";

/** What made a change happen. */
export const CAUSE_KINDS = [
  "person_dashboard",
  "person_voice",
  "physical",
  "automation",
  "script",
  "scene",
  "integration",
  "restart_echo",
  "unknown",
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

export interface Cause {
  readonly kind: CauseKind;
  /** 0 to 1: how sure the rules are, not a measured probability. */
  readonly confidence: number;
  /** A user id, or the entity id of the automation, script or scene. */
  readonly by?: string;
  /** What `by` was called at the time. */
  readonly byName?: string;
  /** A person undid, within seconds, what a machine had just done. */
  readonly override?: true;
  /** What started the chain, when it is not `kind` itself: a person who ran a script, say. */
  readonly rootKind?: CauseKind;
}

export const CHANGE_KINDS = ["state", "attributes", "added", "removed", "availability"] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

export const CATEGORIES = [
  "security",
  "climate",
  "lighting",
  "appliance",
  "monitoring",
  "general",
] as const;
export type Category = (typeof CATEGORIES)[number];

/** One entity going from one state to another, in our words. */
export interface StateChange {
  readonly entityId: string;
  /** When it happened, as Home Assistant says. Milliseconds since the epoch, UTC. */
  readonly at: number;
  readonly kind: ChangeKind;
  /** Absent when the entity appeared. */
  readonly oldState?: string;
  /** Absent when the entity vanished. */
  readonly newState?: string;
  /** `newState` as a finite number, when it is one. */
  readonly value?: number;
  readonly unit?: string;
  /** How long the old state had lasted, milliseconds; absent when unknown or when the state stayed. */
  readonly heldMs?: number;
  readonly context: Context;
  /** Only attributes that changed, with their new values; `null` is one that went away. */
  readonly changedAttributes?: Readonly<Record<string, unknown>>;
  readonly cause: Cause;
}
