import { MINUTE_MS } from "#foundation/time.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import type { PastColumns } from "./past/past.ts";

const ECHO = CAUSE_KINDS.indexOf("restart_echo");
const ONE_START_MS = 5 * MINUTE_MS; // echoes of one start come within minutes
const LEAST_ECHOES = 3; // one device that comes back is no restart of the house

/** When Home Assistant started, by the echoes of states that follow. Milliseconds, in order. */
export function restartsIn({ count, cause, at }: PastColumns): readonly number[] {
  const found: { at: number; echoes: number }[] = [];
  for (let row = 0; row < count; row += 1) {
    if (cause[row] !== ECHO) continue;
    const moment = at[row] as number;
    const last = found.at(-1);
    if (last && moment - last.at < ONE_START_MS) last.echoes += 1;
    else found.push({ at: moment, echoes: 1 });
  }
  return found.filter(({ echoes }) => echoes >= LEAST_ECHOES).map((one) => one.at);
}
