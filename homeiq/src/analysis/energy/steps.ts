import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Switching } from "./devices.ts";
import { type Held, heldIn, intervalOf, type PowerSeries, quantileOfHeld } from "./series.ts";

/** What the meter did when one or several devices switched. */
export interface Step {
  /** The first and the last change in it. */
  readonly at: number;
  readonly until: number;
  readonly beforeW: number;
  readonly afterW: number;
  readonly stepW: number;
  /** How far off the step may be by the meter's own unrest: one standard deviation. */
  readonly noiseW: number;
  /** The meter moved so long before the first change; absent when that cannot be told. */
  readonly leadMs?: number;
  readonly parts: readonly Switching[];
}

export interface StepOptions {
  /** What lies further apart is not one step. Milliseconds. */
  readonly lookBackMs?: number;
}

const LOOK_BACK_MS = 5 * MINUTE_MS;
const GUARD_MS = 4 * SECOND_MS; // devices tell of a change up to seconds after it
const SETTLE_MS = 6 * SECOND_MS; // motors start with several times their power
const WINDOW_MS = 30 * SECOND_MS;
const LEAST_WINDOW_MS = 8 * SECOND_MS;
const LEAST_NOISE_W = 1;
const TO_DEVIATION = 1.4826; // from a median deviation to a standard one
const KINSHIP = 4; // so many neighbouring values say the same thing once
const FINE_MS = 10 * SECOND_MS; // a coarser meter cannot tell which came first
const LEAD_WINDOW_MS = 20 * SECOND_MS;

/** The meter's step at each switching; those too close to be told apart are one step. */
export function measureSteps(
  meter: PowerSeries,
  switchings: readonly Switching[],
  { lookBackMs = LOOK_BACK_MS }: StepOptions = {},
): Step[] {
  const interval = intervalOf(meter);
  if (!Number.isFinite(interval)) return [];
  const spans = {
    guard: GUARD_MS,
    settle: Math.max(SETTLE_MS, interval),
    window: Math.min(Math.max(WINDOW_MS, 3 * interval), lookBackMs),
    least: Math.max(LEAST_WINDOW_MS, 1.5 * interval),
    interval,
  };
  const groups = together(switchings, spans.guard + spans.settle + spans.least);
  return groups.flatMap((parts, index) => {
    const [at, until] = [parts[0]?.at ?? 0, parts.at(-1)?.at ?? 0];
    if (until - at > lookBackMs) return [];
    const earliest = (groups[index - 1]?.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + spans.settle;
    const latest = (groups[index + 1]?.[0]?.at ?? Number.POSITIVE_INFINITY) - spans.guard;
    const before = heldIn(
      meter,
      Math.max(earliest, at - spans.guard - spans.window),
      at - spans.guard,
    );
    const after = heldIn(
      meter,
      until + spans.settle,
      Math.min(latest, until + spans.settle + spans.window),
    );
    const step = toStep(before, after, spans.least);
    if (!step) return [];
    const lead = interval <= FINE_MS ? leadOf(meter, at, step) : undefined;
    return [{ at, until, ...step, ...(lead === undefined ? {} : { leadMs: lead }), parts }];
  });
}

function together(switchings: readonly Switching[], gapMs: number): Switching[][] {
  const groups: Switching[][] = [];
  for (const one of switchings) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (group && last && one.at - last.at < gapMs) group.push(one);
    else groups.push([one]);
  }
  return groups;
}

function toStep(before: readonly Held[], after: readonly Held[], leastMs: number) {
  const covered = (held: readonly Held[]) => held.reduce((sum, { heldMs }) => sum + heldMs, 0);
  if (covered(before) < leastMs * 0.9 || covered(after) < leastMs * 0.9) return undefined;
  const [beforeW, afterW] = [quantileOfHeld(before, 0.5), quantileOfHeld(after, 0.5)];
  const noiseW = Math.hypot(LEAST_NOISE_W, unrestOf(before, beforeW), unrestOf(after, afterW));
  return { beforeW, afterW, stepW: afterW - beforeW, noiseW };
}

/** How far off the median of a stretch may be. */
function unrestOf(held: readonly Held[], median: number): number {
  const away = held.map(({ value, heldMs }) => ({ value: Math.abs(value - median), heldMs }));
  const deviation = TO_DEVIATION * quantileOfHeld(away, 0.5);
  return (1.25 * deviation) / Math.sqrt(Math.max(1, held.length / KINSHIP));
}

/** By how much the meter was first: where one jump explains the most of what is around the change. */
function leadOf(
  meter: PowerSeries,
  at: number,
  { beforeW, afterW, stepW, noiseW }: Pick<Step, "beforeW" | "afterW" | "stepW" | "noiseW">,
): number | undefined {
  if (Math.abs(stepW) < 8 * noiseW) return undefined;
  const held = heldIn(meter, at - LEAD_WINDOW_MS, at + LEAD_WINDOW_MS);
  let moment = at - LEAD_WINDOW_MS;
  let cost = held.reduce((sum, { value, heldMs }) => sum + heldMs * Math.abs(value - afterW), 0);
  let [best, bestAt] = [cost, moment];
  for (const { value, heldMs } of held) {
    cost += heldMs * (Math.abs(value - beforeW) - Math.abs(value - afterW));
    moment += heldMs;
    if (cost < best) [best, bestAt] = [cost, moment];
  }
  return at - bestAt;
}
