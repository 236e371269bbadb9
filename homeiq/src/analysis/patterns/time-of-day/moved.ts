import { median } from "#foundation/median.ts";
import { spreadOf } from "../circle/circle.ts";

const MOVED = { minutes: 20, least: 5, explains: 0.3 };

/** From which of the times on they are others than before; 0 when they always were the same. */
export function movedAt(away: readonly number[]): number {
  const whole = spreadOf(away);
  let [best, least] = [0, whole * (1 - MOVED.explains)];
  for (let at = MOVED.least; at <= away.length - MOVED.least; at += 1) {
    const [before, after] = [away.slice(0, at), away.slice(at)];
    if (Math.abs(median(before) - median(after)) < MOVED.minutes) continue;
    const spread = spreadOf(before) + spreadOf(after);
    if (spread < least) [best, least] = [at, spread];
  }
  return best;
}
