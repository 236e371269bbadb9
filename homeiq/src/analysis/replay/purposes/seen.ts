import type { WorldState } from "../past/past.ts";

/** Which entities a rule is about, and where its value stands. */
export interface EntityKind {
  readonly domain: string;
  readonly deviceClass?: string;
  /** Absent: the state itself. */
  readonly attribute?: string;
  /** Instead of the attribute alone, which an older version of Home Assistant may not have had. */
  read?(state: WorldState): unknown;
}

/** A state with what a rule looks at in it. `value` is `null` where there is none. */
export interface Seen {
  readonly state: WorldState;
  readonly kind: EntityKind;
  readonly value: unknown;
}

export function see(state: WorldState, kind: EntityKind): Seen {
  const { attribute, read } = kind;
  if (read) return { state, kind, value: read(state) ?? null };
  const value = attribute === undefined ? state.state : (state.attributes[attribute] ?? null);
  return { state, kind, value };
}
