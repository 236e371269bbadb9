import { MINUTE_MS } from "#foundation/time.ts";
import type { StateTransition } from "#home/states/states.ts";

const SETTLING_MS = 5 * MINUTE_MS; // slow integrations come up minutes after Core does
const LEAST_SHARE = 0.5; // a restart writes nearly every state anew; a reload only some

/**
 * Whether Home Assistant was started anew between the last connection and this snapshot.
 *
 * After a restart nearly every state carries a new `last_changed`, although its text is the same.
 */
export function looksLikeRestart(snapshot: readonly StateTransition[], lostAt: number): boolean {
  const both = snapshot.filter(({ before, after }) => before && after);
  const rewritten = both.filter(
    ({ before, after }) =>
      after && before && after.lastChangedAt > Math.max(lostAt, before.lastChangedAt),
  );
  return both.length > 0 && rewritten.length / both.length >= LEAST_SHARE;
}

/** Knows which changes are only Home Assistant coming back, and not something that happened. */
export function createRestartEchoes({ now }: { now(): number }) {
  let until = Number.NEGATIVE_INFINITY;
  let settled = new Set<string>();

  return {
    started(): void {
      until = now() + SETTLING_MS;
      settled = new Set();
    },
    /** The first real state of each entity after the start, and what leads up to it. */
    isEcho({ entityId, before, after, snapshot }: StateTransition): boolean {
      if (after?.attributes.restored === true) return true;
      if (before?.attributes.restored === true) return true;
      if (now() > until) return false;
      if (snapshot) {
        if (after && after.state !== "unavailable" && after.state !== "unknown")
          settled.add(entityId);
        return true;
      }
      if (settled.has(entityId)) return false;
      if (!after || after.state === "unavailable" || after.state === "unknown") return true;
      settled.add(entityId);
      return before === undefined || before.state === "unavailable" || before.state === "unknown";
    },
  };
}
