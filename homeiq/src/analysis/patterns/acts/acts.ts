/** Something a person did: an entity was brought to a state by a hand, a voice or a page, or a sensor saw somebody. */
export interface Act {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entityId: string;
  readonly to: string;
  /** A user id; absent when nobody knows who. */
  readonly person?: string;
}

/** All of one kind: the same entity brought to the same state. */
export interface Stream {
  readonly entityId: string;
  readonly to: string;
  /** Only of this person. */
  readonly person?: string;
  /** In order of time. */
  readonly acts: readonly Act[];
}

/** By entity and state, in the order of their first act. */
export function streamsOf(acts: readonly Act[]): Stream[] {
  const byKind = Map.groupBy(acts, ({ entityId, to }) => `${entityId} ${to}`);
  return [...byKind.values()].map((some) => {
    const [{ entityId, to }] = some as [Act];
    return { entityId, to, acts: some };
  });
}
