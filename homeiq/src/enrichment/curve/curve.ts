import type { Slot } from "../provider.ts";
import { type Step, within } from "./step.ts";

export { atLocal, dateOf, dayAfter, dayOf, type LocalTime, localTimeOf } from "./local-day.ts";
export { type Step, toSteps, within } from "./step.ts";
export { type FoundWindow, findWindow, type Wanted } from "./window.ts";

/** The slot that holds this moment. */
export function findAt<S extends Slot>(slots: readonly S[], at: number): S | undefined {
  return slots.find(({ start, end }) => start <= at && at < end);
}

/** The parts of the range of which nothing is known, in order. `slots` are in order, without overlaps. */
export function gapsIn(slots: readonly Slot[], range: Slot): Slot[] {
  const gaps: Slot[] = [];
  let known = range.start;
  for (const { start, end } of within(slots, range)) {
    if (start > known) gaps.push({ start: known, end: start });
    known = Math.max(known, end);
  }
  if (known < range.end) gaps.push({ start: known, end: range.end });
  return gaps;
}

/** The mean over time; absent without slots. */
export function meanOf(steps: readonly Step[]): number | undefined {
  const ms = steps.reduce((sum, { start, end }) => sum + end - start, 0);
  if (ms <= 0) return undefined;
  return steps.reduce((sum, { start, end, value }) => sum + value * (end - start), 0) / ms;
}

/** Energy that was measured through a slot. */
export interface Energy extends Slot {
  readonly kwh: number;
}

export interface Weighed {
  /** Sum of energy times value, of what could be weighed. */
  readonly amount: number;
  readonly kwh: number;
  /** Energy at times of which no value is known; it is not in `amount`. */
  readonly unknownKwh: number;
}

/** Weighs energy by a curve. Within one measured slot the energy counts as spread evenly. */
export function weigh(steps: readonly Step[], energies: readonly Energy[]): Weighed {
  let [amount, kwh, known] = [0, 0, 0];
  for (const energy of energies) {
    kwh += energy.kwh;
    if (energy.end <= energy.start) continue; // a moment has no price
    for (const { start, end, value } of within(steps, energy)) {
      const share = (energy.kwh * (end - start)) / (energy.end - energy.start);
      known += share;
      amount += share * value;
    }
  }
  const unknownKwh = kwh - known;
  return { amount, kwh, unknownKwh: Math.abs(unknownKwh) < 1e-9 ? 0 : unknownKwh };
}
