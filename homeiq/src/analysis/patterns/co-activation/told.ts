import type { Act } from "../acts/acts.ts";
import type { CoActivation } from "./pair.ts";

const SHARED = 0.8; // of the times it was seen

/**
 * Each habit once, the likelier to come again first.
 *
 * Of the two directions of a pair the better one is told. Where one act follows several things, one thing that tells
 * of the same times as a better one is not told again: of A, B, C in a row, C follows B.
 */
export function toldOnce(found: readonly CoActivation[]): CoActivation[] {
  const order = [...found].sort(
    (one, other) =>
      other.confidence - one.confidence ||
      one.chance - other.chance ||
      one.key.localeCompare(other.key),
  );
  const kept = new Map<string, { readonly times: Set<Act> }[]>();
  const told = new Set<string>();
  return order.filter((one) => {
    const { trigger, seen } = one;
    const [cause, effect] = [`${trigger.entityId} ${trigger.to}`, `${one.entityId} ${one.to}`];
    if (told.has(`${effect} ${cause}`)) return false;
    const others = kept.get(effect) ?? [];
    const isTold = others.some(
      ({ times }) => seen.filter((act) => times.has(act)).length >= SHARED * seen.length,
    );
    if (isTold) return false;
    told.add(`${cause} ${effect}`);
    kept.set(effect, [...others, { times: new Set(seen) }]);
    return true;
  });
}
