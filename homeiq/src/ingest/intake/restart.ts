import { MINUTE_MS } from "#foundation/time.ts";
import type { StateTransition } from "#home/states/states.ts";

const SETTLING_MS = 5 * MINUTE_MS; // slow integrations come up minutes after Core does
const LEAST_SHARE = 0.5; // a restart writes nearly every state anew; a reload only some

/** Stored moments are whole milliseconds, those on the wire are not. */
const ROUNDING_MS = 2;

/**
 * Whether Home Assistant was started anew between the last connection and this snapshot.
 *
 * A restart writes nearly every state anew: the text is the same, its `last_changed` is not. Only Home
 * Assistant's own moments are compared, so that two clocks that disagree do no harm.
 */
export function looksLikeRestart(snapshot: readonly StateTransition[]): boolean {
  let still = 0;
  let rewritten = 0;
  for (const { before, after } of snapshot) {
    if (!before || !after) continue;
    const restored = after.attributes.restored === true;
    if (!restored && before.state !== after.state) continue;
    still += 1;
    if (restored || after.lastChangedAt - before.lastChangedAt > ROUNDING_MS) rewritten += 1;
  }
  return still > 0 && rewritten / still >= LEAST_SHARE;
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
