import { MINUTE_MS } from "#foundation/time.ts";
import { median } from "../circle/circle.ts";
import type { Household } from "../pattern.ts";
import { type Phase, phasesOf } from "../phases/phases.ts";
import { keepMost, type PastDays, type Surprise } from "./past-days.ts";

const LEAST_PHASES = 10;
const RARE = 4; // bits, one of 16: what is used more often has its records more often, which says nothing
const LEAST_SPREAD = 0.2; // of the logarithm: a tenth longer than usual is not unusual, however regular it is

export interface LongPhase {
  readonly phase: Phase;
  readonly minutes: number;
  readonly usualMinutes: number;
}

/** What was on far longer than usual after people turned it on; by the day on which it ended, or the last. */
export function unusualDurations(
  household: Household,
  past: PastDays,
): Map<number, Surprise<LongPhase>> {
  const most = new Map<number, Surprise<LongPhase>>();
  const timed = phasesOf(household).flatMap((phase): Timed[] => {
    const until = phase.until ?? household.to - 1;
    const place = past.placeOf(until);
    if (!phase.begunByPeople || place === undefined || until <= phase.from) return [];
    const minutes = (until - phase.from) / MINUTE_MS;
    return [{ phase, place, minutes, log: Math.log(minutes) }];
  });
  const streams = Map.groupBy(timed, ({ phase }) => `${phase.entityId} ${phase.to}`);
  for (const stream of streams.values()) {
    for (const [place, judged] of Map.groupBy(stream, (one) => one.place)) {
      const others = stream.filter((one) => one.place > 0 && one.place !== place);
      if (others.length < LEAST_PHASES) continue;
      const logs = others.map(({ log }) => log);
      const middle = median(logs);
      const away = logs.map((log) => Math.abs(log - middle));
      const spread = Math.max(LEAST_SPREAD, 1.4826 * median(away));
      for (const { phase, minutes, log } of judged) {
        const own = log - middle;
        if (own <= 0) continue; // what was soon turned off again was a slip
        const asFar = logs.filter((one) => one >= log).length;
        // First how rare it is for this thing itself, which may often be odd; of the rare, how far it is.
        const rare = Math.min(RARE, -Math.log2((asFar + 1) / (away.length + 1)));
        const score = rare + Math.min(1, own / spread / 100);
        const of = { phase, minutes, usualMinutes: Math.exp(middle) };
        keepMost(most, place, { score, of });
      }
    }
  }
  return most;
}

interface Timed {
  readonly phase: Phase;
  readonly place: number;
  readonly minutes: number;
  readonly log: number;
}
