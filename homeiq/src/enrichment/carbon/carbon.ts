import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import {
  dayAfter,
  dayOf,
  findAt,
  findWindow,
  gapsIn,
  type Step,
  type Wanted,
  within,
} from "../curve/curve.ts";
import type { CarbonFacts, CarbonSlot, Slot } from "../provider.ts";

const GRAMS_PER_POUND = 453.59237; // exact, by the international yard and pound agreement of 1959
const KWH_PER_MWH = 1000;

/** WattTime's unit, pounds of CO2 per MWh, as grams per kWh. */
export function toGramsPerKwh(poundsPerMwh: number): number {
  return Math.round(((poundsPerMwh * GRAMS_PER_POUND) / KWH_PER_MWH) * 1e6) / 1e6;
}

const MOST = 1e5; // peat is below 2,000 grams per kWh
const isUsual = (gramsPerKwh: number) => Math.abs(gramsPerKwh) < MOST;

/** Slots in order, each moment once. Throws `internal` `carbon.overlap` when two speak of one moment. */
export function toCarbonSlots(slots: readonly CarbonSlot[]): CarbonSlot[] {
  const byStart = new Map(slots.map((slot) => [slot.start, slot]));
  const sorted = [...byStart.values()].sort((one, other) => one.start - other.start);
  if (
    sorted.some(({ start, end, gramsPerKwh }) => !isUsual(gramsPerKwh) || !(end - start <= DAY_MS))
  ) {
    throw new AppError("internal", "carbon.odd", "A carbon intensity is not one that can be");
  }
  if (sorted.some(({ start, end }, i) => end <= start || end > (sorted[i + 1]?.start ?? end))) {
    throw new AppError("internal", "carbon.overlap", "Two values are said for one moment");
  }
  return sorted;
}

export interface CarbonCurve {
  readonly current?: CarbonSlot;
  /** From now on, as far as it is known. */
  readonly ahead: readonly CarbonSlot[];
  /** Parts of the 24 hours from now of which nothing is known. */
  readonly gaps: readonly Slot[];
  readonly today: readonly CarbonSlot[];
  readonly tomorrow: readonly CarbonSlot[];
}

/** The curve as it is seen from `now`, by the days of the house's zone. */
export function toCarbonCurve(
  { slots }: Pick<CarbonFacts, "slots">,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): CarbonCurve {
  const day = dayOf(now, timeZone);
  const current = findAt(slots, now);
  return {
    ...(current ? { current } : {}),
    ahead: within(slots, { start: now, end: Number.POSITIVE_INFINITY }),
    gaps: gapsIn(slots, { start: now, end: now + DAY_MS }),
    today: within(slots, day),
    tomorrow: within(slots, dayAfter(day, timeZone)),
  };
}

export interface CarbonWindow extends Slot {
  readonly meanGramsPerKwh: number;
}

/** The greenest (or, with `most: "highest"`, the dirtiest) stretch of so many hours; see `findWindow`. */
export function findCarbonWindow(
  slots: readonly CarbonSlot[],
  wanted: Omit<Wanted, "most"> & Partial<Pick<Wanted, "most">>,
): CarbonWindow | undefined {
  const found = findWindow(toCarbonSteps(slots), { most: "lowest", ...wanted });
  return found && { start: found.start, end: found.end, meanGramsPerKwh: found.mean };
}

function toCarbonSteps(slots: readonly CarbonSlot[]): Step[] {
  return slots.map(({ start, end, gramsPerKwh }) => ({ start, end, value: gramsPerKwh }));
}
