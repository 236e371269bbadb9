import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { costOfRun, PROFILE_STEP_MS, type ValueSlot } from "./cycles.ts";

export { savingsSince } from "./appliance-days.ts";
export {
  type Cycle,
  costOfRun,
  findCycles,
  type PowerSamples,
  usualCycle,
  type ValueSlot,
} from "./cycles.ts";
export { type ApplianceDay, type Savings, type SavingsQuestion, verifySavings } from "./savings.ts";

export interface BestStart {
  readonly start: number;
  readonly end: number;
  /** What the run costs, in the slots' unit. */
  readonly cost: number;
  /** What it would cost to start at once; absent where the slots do not say. */
  readonly costNow?: number;
}

export interface StartQuestion {
  readonly profileKwh: readonly number[];
  readonly slots: readonly ValueSlot[];
  readonly now: number;
  /** When it must be done. */
  readonly deadline: number;
  /** Hours of the day in which it may run; the whole day when absent. */
  readonly allowed?: {
    readonly fromHour: number;
    readonly toHour: number;
    readonly timeZone: string;
  };
}

/** The cheapest, or greenest, start that is done in time; the earliest of equals. Absent when no start is. */
export function findBestStart(question: StartQuestion): BestStart | undefined {
  const { profileKwh, slots, now, deadline } = question;
  const lasts = profileKwh.length * PROFILE_STEP_MS;
  const costNow = costOfRun(profileKwh, now, slots);
  const isAllowed = allowedBy(question);
  let best: BestStart | undefined;
  const first = Math.ceil(now / PROFILE_STEP_MS) * PROFILE_STEP_MS;
  for (let start = first; start + lasts <= deadline; start += PROFILE_STEP_MS) {
    const cost =
      isAllowed(start) && isAllowed(start + lasts - 1)
        ? costOfRun(profileKwh, start, slots)
        : undefined;
    if (cost === undefined || (best && cost >= best.cost - 1e-9)) continue;
    best = { start, end: start + lasts, cost, ...(costNow === undefined ? {} : { costNow }) };
  }
  return best;
}

function allowedBy({ allowed }: StartQuestion): (at: number) => boolean {
  if (!allowed) return () => true;
  const { fromHour, toHour, timeZone } = allowed;
  const days = createLocalDays(timeZone);
  return (at) => {
    const hour = days.wallTime(at).msOfDay / HOUR_MS;
    return fromHour <= toHour
      ? hour >= fromHour && hour < toHour
      : hour >= fromHour || hour < toHour;
  };
}
