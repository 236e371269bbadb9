import { MINUTES } from "../house-days/house-days.ts";
import type { View } from "./next-action.ts";

const BIN_MINUTES = 15;
const BINS = MINUTES / BIN_MINUTES;
const KERNEL = [0.05, 0.25, 0.7, 1, 0.7, 0.25, 0.05]; // three quarters of an hour to each side
const OTHER_DAYS = 0.3; // what a workday says of a free day, and the other way round
const PRIOR = 0.5; // acts of each kind, spread over the whole day

/** What is usually done at this time of day. */
export function createClock(kinds: number): View {
  const counts = [false, true].map(() => new Float64Array(kinds * BINS));
  const totals = new Float64Array(kinds);
  const binOf = (minute: number) => Math.min(BINS - 1, Math.floor(minute / BIN_MINUTES));
  return {
    learn(act, { minute, free }) {
      totals[act] = (totals[act] as number) + 1;
      for (const [n, own] of counts.entries()) {
        const weight = (n === 1) === free ? 1 : OTHER_DAYS;
        for (const [step, share] of KERNEL.entries()) {
          const bin = (binOf(minute) + step - 3 + BINS) % BINS;
          own[bin * kinds + act] = (own[bin * kinds + act] as number) + weight * share;
        }
      }
    },
    chances({ minute, free }) {
      const own = counts[free ? 1 : 0] as Float64Array;
      const from = binOf(minute) * kinds;
      const chances = new Float64Array(kinds);
      let sum = 0;
      for (let act = 0; act < kinds; act += 1) {
        const anyTime = (PRIOR * ((totals[act] as number) + 1)) / BINS;
        const chance = (own[from + act] as number) + anyTime;
        chances[act] = chance;
        sum += chance;
      }
      for (let act = 0; act < kinds; act += 1) chances[act] = (chances[act] as number) / sum;
      return chances;
    },
  };
}
