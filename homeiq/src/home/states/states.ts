import { z } from "zod";
import { applyDiff, type EntityState, toEntityState, WireDiff, WireFull } from "./compressed.ts";

export type { Attributes, Context, EntityState } from "./compressed.ts";

/** One entity's state before and after; one of them is absent when it appeared or vanished. */
export interface StateTransition {
  readonly entityId: string;
  readonly before?: EntityState;
  readonly after?: EntityState;
  /** Names of attributes that the wire said changed; `undefined` when only a comparison can tell. */
  readonly attributeNames?: readonly string[];
  /** Seen in a snapshot: it happened at some time before, and steps between may be missing. */
  readonly snapshot: boolean;
}

/** Why a part of a message could not be used. */
export type Refusal = "entity_id_invalid" | "state_invalid" | "unknown_entity" | "event_invalid";

export interface States {
  all(): ReadonlyMap<string, EntityState>;
  /**
   * States that the store remembers from before this process, to compare the first snapshot with. It has no
   * attributes of them: those of a snapshot that is no newer are not taken for changed.
   */
  recall(states: Iterable<EntityState>): void;
  rename(from: string, to: string): void;
  /**
   * Takes one message of `subscribe_entities`. The first after `expectSnapshot` holds every entity:
   * what it does not name is gone.
   */
  apply(event: unknown): StateTransition[];
  expectSnapshot(): void;
}

// Home Assistant's own rule: no leading, trailing or double underscore is its taste; the alphabet is a promise.
const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const MAX_STATE_CHARACTERS = 255; // Home Assistant replaces anything longer by "unknown"

const ROUNDING_MS = 2; // remembered moments are whole milliseconds, those on the wire are not

const Message = z.object({
  a: z.record(z.string(), z.unknown()).optional(),
  c: z.record(z.string(), z.unknown()).optional(),
  r: z.array(z.string()).optional(),
});

/** Every entity's state now, kept by differences. */
export function createStates({ onRefused }: { onRefused(reason: Refusal): void }): States {
  const states = new Map<string, EntityState>();
  const recalled = new Set<EntityState>();
  let snapshotDue = true;

  function add(entityId: string, wire: unknown, snapshot: boolean): StateTransition | undefined {
    if (!ENTITY_ID.test(entityId)) return refuse("entity_id_invalid");
    const full = WireFull.safeParse(wire);
    if (!full.success || full.data.s.length > MAX_STATE_CHARACTERS) return refuse("state_invalid");
    const before = states.get(entityId);
    const after = toEntityState(entityId, full.data);
    states.set(entityId, after);
    if (!before) return { entityId, after, snapshot };
    const isOld = after.lastUpdatedAt - before.lastUpdatedAt <= ROUNDING_MS;
    const knowsNothingNew = recalled.has(before) && isOld;
    return {
      entityId,
      before,
      after,
      snapshot,
      ...(knowsNothingNew ? { attributeNames: [] } : {}),
    };
  }

  function change(entityId: string, wire: unknown): StateTransition | undefined {
    const before = states.get(entityId);
    if (!before) return refuse(ENTITY_ID.test(entityId) ? "unknown_entity" : "entity_id_invalid");
    const diff = WireDiff.safeParse(wire);
    if (!diff.success) return refuse("state_invalid");
    if ((diff.data["+"]?.s?.length ?? 0) > MAX_STATE_CHARACTERS) return refuse("state_invalid");
    const after = applyDiff(before, diff.data);
    states.set(entityId, after);
    const attributeNames = [...Object.keys(diff.data["+"]?.a ?? {}), ...(diff.data["-"]?.a ?? [])];
    return { entityId, before, after, attributeNames, snapshot: false };
  }

  function remove(entityId: string, snapshot: boolean): StateTransition | undefined {
    const before = states.get(entityId);
    if (!before) return undefined; // removed before we knew it: nothing to tell
    states.delete(entityId);
    return { entityId, before, snapshot };
  }

  function refuse(reason: Refusal): undefined {
    onRefused(reason);
    return undefined;
  }

  return {
    all: () => states,
    recall(remembered) {
      for (const state of remembered) {
        states.set(state.entityId, state);
        recalled.add(state);
      }
    },
    rename(from, to) {
      const state = states.get(from);
      if (!state) return;
      states.delete(from);
      const renamed = { ...state, entityId: to };
      states.set(to, renamed);
      if (recalled.delete(state)) recalled.add(renamed);
    },
    expectSnapshot() {
      snapshotDue = true;
    },
    apply(event) {
      const message = Message.safeParse(event);
      if (!message.success) {
        onRefused("event_invalid");
        return [];
      }
      const { a, c, r } = message.data;
      const snapshot = snapshotDue && a !== undefined;
      const transitions: (StateTransition | undefined)[] = [];
      for (const id in a) transitions.push(add(id, a[id], snapshot));
      if (snapshot) {
        snapshotDue = false;
        recalled.clear();
        for (const id of states.keys()) if (!a || !(id in a)) transitions.push(remove(id, true));
      }
      for (const id in c) transitions.push(change(id, c[id]));
      for (const id of r ?? []) transitions.push(remove(id, false));
      return transitions.filter((one) => one !== undefined);
    },
  };
}
