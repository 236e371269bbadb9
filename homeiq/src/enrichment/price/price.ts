import { AppError } from "#foundation/errors.ts";
import {
  dayAfter,
  dayOf,
  findAt,
  findWindow,
  gapsIn,
  meanOf,
  type Step,
  type Wanted,
  within,
} from "../curve/curve.ts";
import type { PriceFacts, PriceSlot, Slot } from "../provider.ts";
import { type PriceFormula, partsOf } from "./price-formula.ts";
import { splitAtRates } from "./rate.ts";

export { PriceFormula } from "./price-formula.ts";
export { perKwh, priceUnitOf } from "./price-unit.ts";
export { findRate, isTimeOfDay, Rate } from "./rate.ts";

const MOST = 1e6; // the market ends at 10 EUR per kWh, and no currency is a hundred thousandth of one
const LAST_DATE = 8.64e15; // beyond it there are no dates
const isUsual = ({ start, end, price }: PriceSlot) =>
  Math.abs(price) < MOST && Math.abs(start) <= LAST_DATE && Math.abs(end) <= LAST_DATE;

/** Facts from what a vendor said: in order, each moment once. Throws `unavailable` `price.none` without a slot. */
export function toPriceFacts({ slots, ...facts }: PriceFacts): PriceFacts {
  const byStart = new Map(slots.map((slot) => [slot.start, slot]));
  const sorted = [...byStart.values()].sort((one, other) => one.start - other.start);
  if (sorted.length === 0) {
    throw new AppError("unavailable", "price.none", "There are no prices in the answer");
  }
  const odd = sorted.find((slot) => !isUsual(slot));
  if (odd) {
    throw new AppError("internal", "price.odd", "A price is not a number that a price can be", {
      facts: { ...odd },
    });
  }
  const wrong = sorted.find(
    ({ start, end }, i) => end <= start || end > (sorted[i + 1]?.start ?? end),
  );
  if (wrong) {
    throw new AppError("internal", "price.overlap", "Two prices are said for one moment", {
      facts: { start: wrong.start, end: wrong.end },
    });
  }
  return { ...facts, slots: sorted };
}

/** The facts of several answers as one; of a moment that two speak of the later answer counts. */
export function joinPriceFacts(all: readonly PriceFacts[]): PriceFacts {
  const [first] = all;
  if (!first) throw new AppError("unavailable", "price.none", "There are no prices yet");
  if (all.some(({ currency }) => currency !== first.currency)) {
    throw new AppError("internal", "price.currencies", "The prices are in several currencies");
  }
  return toPriceFacts({ ...first, slots: all.flatMap(({ slots }) => slots) });
}

/** A local day with what is known of its prices. */
export interface PriceDay extends Slot {
  /** What the household pays; cut at midnight. */
  readonly slots: readonly PriceSlot[];
  /** When no price is known. The whole day for tomorrow before the vendor says it. */
  readonly gaps: readonly Slot[];
  readonly mean?: number;
  readonly lowest?: PriceSlot;
  readonly highest?: PriceSlot;
}

export interface PriceCurve {
  readonly currency: string;
  /** What the household pays for a kWh, in order. */
  readonly slots: readonly PriceSlot[];
  readonly today: PriceDay;
  readonly tomorrow: PriceDay;
  readonly current?: PriceSlot;
  /** How the current price stands among those of its day. */
  readonly level?: PriceLevel;
}

export type PriceLevel = "low" | "ordinary" | "peak";

export interface Household {
  readonly timeZone: string;
  readonly formula: PriceFormula;
}

/**
 * The prices with this household's taxes and fees; one that has them already stays as it is. A slot in which the
 * grid's fee changes is parted there.
 */
export function asPaid(facts: PriceFacts, { formula, timeZone }: Household): PriceFacts {
  if (facts.isFinal) return facts;
  const slots = facts.slots.flatMap((slot) =>
    splitAtRates(slot, { rates: formula.gridFees, timeZone }).map((part): PriceSlot => {
      const parts = partsOf({
        ...{ facts, formula, timeZone, slot: { ...part, price: slot.price } },
      });
      const { market, fees, vat, gridFee } = parts;
      return { ...part, price: market + fees + vat + gridFee, parts };
    }),
  );
  return { currency: facts.currency, isFinal: true, slots };
}

/** The prices seen from `now`, by the days of the house's zone. */
export function toPriceCurve(
  { slots, currency }: PriceFacts,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): PriceCurve {
  const day = dayOf(now, timeZone);
  const today = toDay(slots, day);
  const current = findAt(slots, now);
  return {
    ...{ currency, slots, today },
    tomorrow: toDay(slots, dayAfter(day, timeZone)),
    ...(current ? { current, level: levelOf(current, today) } : {}),
  };
}

function toDay(all: readonly PriceSlot[], day: Slot): PriceDay {
  const slots = within(all, day);
  const sorted = slots.toSorted((one, other) => one.price - other.price || one.start - other.start);
  const mean = meanOf(toPriceSteps(slots));
  const [lowest, highest] = [sorted[0], slots.find(({ price }) => price === sorted.at(-1)?.price)];
  return {
    ...day,
    slots,
    gaps: gapsIn(slots, day),
    ...(mean === undefined ? {} : { mean }),
    ...(lowest ? { lowest } : {}),
    ...(highest ? { highest } : {}),
  };
}

const PART = 0.25; // a quarter of the day's time is its peak, a quarter is low

/** A day whose prices are all equal has neither. */
function levelOf({ price }: PriceSlot, { slots }: PriceDay): PriceLevel {
  const timeOf = (some: readonly PriceSlot[]) =>
    some.reduce((ms, { start, end }) => ms + end - start, 0);
  const part = timeOf(slots) * PART;
  const isLowest = timeOf(slots.filter((slot) => slot.price < price)) < part;
  const isHighest = timeOf(slots.filter((slot) => slot.price > price)) < part;
  if (isLowest === isHighest) return "ordinary";
  return isHighest ? "peak" : "low";
}

export interface PriceWindow extends Slot {
  /** Of one kWh, on average through it. */
  readonly meanPrice: number;
}

/** The cheapest (or, with `most: "highest"`, the dearest) stretch of so many hours; see `findWindow`. */
export function findPriceWindow(
  slots: readonly PriceSlot[],
  wanted: Omit<Wanted, "most"> & Partial<Pick<Wanted, "most">>,
): PriceWindow | undefined {
  const found = findWindow(toPriceSteps(slots), { most: "lowest", ...wanted });
  return found && { start: found.start, end: found.end, meanPrice: found.mean };
}

function toPriceSteps(slots: readonly PriceSlot[]): Step[] {
  return slots.map(({ start, end, price }) => ({ start, end, value: price }));
}
