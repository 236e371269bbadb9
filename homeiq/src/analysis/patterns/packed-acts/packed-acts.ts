import type { Act } from "../acts/acts.ts";

/** Acts in little room: each kind of them once, and per act the kind's index and the moment. */
export interface PackedActs {
  readonly kinds: readonly (readonly [entityId: string, to: string, person?: string])[];
  /** Pairs of a kind's index and milliseconds since the epoch. */
  readonly acts: readonly number[];
}

export function packActs(acts: readonly Act[]): PackedActs {
  const kinds: (readonly [string, string, string?])[] = [];
  const indexes = new Map<string, number>();
  const packed = acts.flatMap(({ at, entityId, to, person }) => {
    const name = JSON.stringify([entityId, to, person]);
    const index = indexes.get(name) ?? kinds.length;
    if (index === kinds.length) {
      indexes.set(name, index);
      kinds.push(person === undefined ? [entityId, to] : [entityId, to, person]);
    }
    return [index, at];
  });
  return { kinds, acts: packed };
}

export function unpackActs({ kinds, acts }: PackedActs): Act[] {
  return Array.from({ length: acts.length / 2 }, (_, n): Act => {
    const [entityId, to, person] = kinds[acts[n * 2] as number] as [string, string, string?];
    const at = acts[n * 2 + 1] as number;
    return person === undefined ? { at, entityId, to } : { at, entityId, to, person };
  });
}
