import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";

export { type Savings, type SavingsQuestion, verifySavings } from "./savings.ts";

/** Power over time: each value holds until the next. */
export interface PowerSamples {
  readonly at: Float64Array;
  readonly powerW: Float64Array;
}

/** One run of an appliance, from its first to its last power. */
export interface Cycle {
  readonly start: number;
  readonly end: number;
  readonly kwh: number;
  /** Energy of each five minutes from the start on. */
  readonly profileKwh: readonly number[];
}

/** A stretch with a value of one kWh: its price, or its grams of CO2. */
export interface ValueSlot {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

export interface BestStart {
  readonly start: number;
  readonly end: number;
  /** What the run costs, in the slots' unit. */
  readonly cost: number;
  /** What it would cost to start at once; absent where the slots do not say. */
  readonly costNow?: number;
}

export const PROFILE_STEP_MS = 5 * MINUTE_MS;
const ON_W = 15; // above what a display and a clock draw
const MOST_PAUSE_MS = 20 * MINUTE_MS; // dishwashers soak and dry without heating
const LEAST_RUN_MS = 10 * MINUTE_MS;
const LEAST_KWH = 0.1;
const MOST_HOLD_MS = HOUR_MS;

/** The runs of a dishwasher, washing machine, boiler or car, by its own power. */
export function findCycles({ at, powerW }: PowerSamples): Cycle[] {
  const cycles: { start: number; end: number }[] = [];
  for (let row = 0; row < at.length; row += 1) {
    if (!((powerW[row] as number) > ON_W)) continue;
    const start = at[row] as number;
    const end = Math.min(at[row + 1] ?? start, start + MOST_HOLD_MS);
    const last = cycles.at(-1);
    if (last && start - last.end <= MOST_PAUSE_MS) last.end = end;
    else cycles.push({ start, end });
  }
  return cycles.flatMap(({ start, end }) => {
    const profileKwh = profileOf({ at, powerW }, start, end);
    const kwh = profileKwh.reduce((sum, one) => sum + one, 0);
    return end - start >= LEAST_RUN_MS && kwh >= LEAST_KWH ? [{ start, end, kwh, profileKwh }] : [];
  });
}

function profileOf({ at, powerW }: PowerSamples, start: number, end: number): number[] {
  const profile = new Array<number>(Math.max(1, Math.ceil((end - start) / PROFILE_STEP_MS))).fill(
    0,
  );
  for (let row = 0; row < at.length; row += 1) {
    const until = Math.min(end, at[row + 1] ?? end, (at[row] as number) + MOST_HOLD_MS);
    for (let from = Math.max(start, at[row] as number); from < until; ) {
      const step = Math.floor((from - start) / PROFILE_STEP_MS);
      const next = Math.min(until, start + (step + 1) * PROFILE_STEP_MS);
      const kwh = (Math.max(0, powerW[row] as number) * (next - from)) / 3.6e9;
      profile[step] = (profile[step] ?? 0) + kwh;
      from = next;
    }
  }
  return profile;
}

/** What a usual run looks like: the one whose energy is in the middle. */
export const usualCycle = (cycles: readonly Cycle[]): Cycle | undefined =>
  cycles.toSorted((one, other) => one.kwh - other.kwh)[Math.floor((cycles.length - 1) / 2)];

/** What a run costs that starts at a moment; absent where the slots do not cover it. */
export function costOfRun(
  profileKwh: readonly number[],
  start: number,
  slots: readonly ValueSlot[],
): number | undefined {
  let cost = 0;
  for (const [step, kwh] of profileKwh.entries()) {
    const at = start + step * PROFILE_STEP_MS;
    const slot = slots.find((one) => one.start <= at && at < one.end);
    if (!slot) return undefined;
    cost += kwh * slot.value;
  }
  return cost;
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
