import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import type { PastColumns } from "./past/past.ts";

/** Home Assistant was away. Milliseconds. */
export interface Restart {
  /** Its first sign of life; it had stopped some time before, which nothing tells. */
  readonly at: number;
  /** When it was up: what is told from then on is heard by automations again. */
  readonly upAt: number;
}

const ECHO = CAUSE_KINDS.indexOf("restart_echo");
const ONE_START_MS = 5 * MINUTE_MS; // echoes of one start come within minutes
const LEAST_ECHOES = 3; // one device that comes back is no restart of the house
const STEADY_MS = 10 * SECOND_MS; // integrations that come up later than this do so after the start

/** When Home Assistant was started, by the echoes of states that follow. In order. */
export function restartsIn({ count, cause, at }: PastColumns): readonly Restart[] {
  const found: { at: number; last: number; upAt: number; echoes: number }[] = [];
  for (let row = 0; row < count; row += 1) {
    if (cause[row] !== ECHO) continue;
    const moment = at[row] as number;
    const last = found.at(-1);
    if (!last || moment - last.at >= ONE_START_MS) {
      found.push({ at: moment, last: moment, upAt: moment + 1, echoes: 1 });
      continue;
    }
    last.echoes += 1;
    if (moment - last.last < STEADY_MS && last.upAt === last.last + 1) last.upAt = moment + 1;
    last.last = moment;
  }
  return found
    .filter(({ echoes }) => echoes >= LEAST_ECHOES)
    .map(({ at: first, upAt }) => ({ at: first, upAt }));
}
