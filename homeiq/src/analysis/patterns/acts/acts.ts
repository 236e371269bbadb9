/** Something a person did: an entity was brought to a state by a hand, a voice or a page, or a sensor saw somebody. */
export interface Act {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entityId: string;
  readonly to: string;
  /** A user id; absent when nobody knows who. */
  readonly person?: string;
}

/** All of the same entity brought to the same state, each in order of time; in the order of their first act. */
export function kindsOf<Some extends Pick<Act, "entityId" | "to">>(
  acts: readonly Some[],
): Some[][] {
  const known = new Map<string, Map<string, Some[]>>(); // no key made of both names: there may be millions
  const kinds: Some[][] = [];
  for (const act of acts) {
    const ofEntity = known.get(act.entityId) ?? new Map<string, Some[]>();
    if (ofEntity.size === 0) known.set(act.entityId, ofEntity);
    const same = ofEntity.get(act.to);
    if (same) same.push(act);
    else {
      const kind = [act];
      ofEntity.set(act.to, kind);
      kinds.push(kind);
    }
  }
  return kinds;
}
