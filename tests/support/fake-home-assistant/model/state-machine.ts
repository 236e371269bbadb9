import type { Announce } from "./announcer.ts";
import { type Random, ulid } from "./random.ts";

/** What caused a write, as Home Assistant says it. */
export interface Context {
  readonly id: string;
  readonly parent_id: string | null;
  readonly user_id: string | null;
}

export type Attributes = Readonly<Record<string, unknown>>;

/** One entity's state. Times are milliseconds since the epoch, with microseconds as fraction. */
export interface State {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Attributes;
  readonly changedAt: number;
  readonly updatedAt: number;
  readonly context: Context;
}

/** One entity going from one state to another; `before` absent = added, `after` absent = removed. */
export interface Change {
  readonly entityId: string;
  readonly before: State | undefined;
  readonly after: State | undefined;
  readonly context: Context;
  readonly firedAt: number;
}

/** What a write says beside the state. */
export interface Write {
  readonly context?: Context | undefined;
  readonly force?: boolean;
}

/** All states, and everybody who wants to know when one changes. */
export interface StateMachine {
  get(entityId: string): State | undefined;
  all(): Iterable<State>;
  readonly size: number;
  /** Fires no change when state and attributes are what they were. */
  set(entityId: string, value: { state: string; attributes: Attributes }, write?: Write): void;
  remove(entityId: string, context?: Context): boolean;
  /** Puts a state in place without telling anybody: whoever does this tells it himself. */
  replace(state: State): void;
  /** Forgets everything without telling anybody: Home Assistant went down. */
  clear(): void;
  newContext(values?: { parent_id?: string | null; user_id?: string | null }): Context;
  /** Now, never twice the same. */
  stamp(): number;
  onChange(listener: (change: Change) => void): () => void;
}

const MAX_STATE_LENGTH = 255;

export function createStateMachine({
  now,
  random,
  announce,
}: {
  now: () => number;
  announce: Announce;
  random: Random;
}): StateMachine {
  const states = new Map<string, State>();
  const listeners = new Set<(change: Change) => void>();
  let lastStamp = 0;

  const stamp = () => {
    lastStamp = Math.max(now(), lastStamp + 0.001);
    return lastStamp;
  };
  const newContext: StateMachine["newContext"] = ({ parent_id = null, user_id = null } = {}) => ({
    id: ulid(now(), random),
    parent_id,
    user_id,
  });
  const tell = (change: Change) => {
    announce(() => {
      for (const listener of listeners) listener(change);
    });
  };

  return {
    get: (entityId) => states.get(entityId),
    all: () => states.values(),
    get size() {
      return states.size;
    },
    set(entityId, { state: text, attributes }, { context, force = false } = {}) {
      const state = text.length > MAX_STATE_LENGTH ? "unknown" : text;
      const before = states.get(entityId);
      const sameState = before?.state === state && !force;
      const sameAttributes = before !== undefined && isSame(before.attributes, attributes);
      if (sameState && sameAttributes) return;
      const at = stamp();
      const after: State = {
        entityId,
        state,
        attributes: sameAttributes ? before.attributes : attributes,
        changedAt: sameState && before !== undefined ? before.changedAt : at,
        updatedAt: at,
        context: context ?? newContext(),
      };
      states.set(entityId, after);
      tell({ entityId, before, after, context: after.context, firedAt: at });
    },
    remove(entityId, context) {
      const before = states.get(entityId);
      if (before === undefined) return false;
      states.delete(entityId);
      tell({
        entityId,
        before,
        after: undefined,
        context: context ?? newContext(),
        firedAt: stamp(),
      });
      return true;
    },
    replace: (state) => void states.set(state.entityId, state),
    clear: () => states.clear(),
    newContext,
    stamp,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Deep equality of what JSON can hold. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left: Readonly<Record<string, unknown>> = { ...a };
  const right: Readonly<Record<string, unknown>> = { ...b };
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && isSame(left[key], right[key]));
}
