import type { Act } from "../acts/acts.ts";
import type { Pattern } from "../any-pattern.ts";
import { saysLess } from "./says-less.ts";

/**
 * Each thing once, the surest first.
 *
 * What another pattern tells of the same times and more is left out. Several habits of one thing, as in the morning and
 * in the evening, are of other times, so each stays.
 */
export function fuse(found: readonly Pattern[]): Pattern[] {
  const byThing = Map.groupBy(
    found.flatMap((one) => [...new Set(one.entityIds)].map((entityId) => ({ entityId, one }))),
    ({ entityId }) => entityId,
  );
  const timesOf = new Map(found.map((one) => [one, new Set(one.seen)]));
  const isTold = (one: Pattern) =>
    (byThing.get(one.entityIds[0] ?? "") ?? []).some(
      ({ one: other }) =>
        other !== one && saysLess({ one, other, times: timesOf.get(other) as Set<Act> }),
    );
  return found
    .filter((one) => !isTold(one))
    .sort(
      (one, other) =>
        other.confidence - one.confidence ||
        one.chance - other.chance ||
        (one.key < other.key ? -1 : 1),
    );
}
