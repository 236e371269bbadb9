import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import { dayAfter, dayOf } from "../curve/curve.ts";
import { joinPriceFacts, perKwh, priceUnitOf, toPriceFacts } from "../price/price.ts";
import type { PriceFacts, PriceSlot, Provider, Slot } from "../provider.ts";
import { readRows, toNumber } from "./price-entity.rows.ts";

/** Where integrations keep their curve; the first group that holds prices counts. */
const ATTRIBUTES = [
  ["raw_today", "raw_tomorrow"],
  ["prices_today", "prices_tomorrow"],
  ["today", "tomorrow"],
  ["prices"],
  ["data"],
  ["rates"],
  ["forecast"],
  ["forecasts"],
] as const;

interface House {
  readonly timeZone: string;
  /** Used when the entity does not say its own. */
  readonly currency?: string;
}

/**
 * Prices that another integration of Home Assistant has already.
 *
 * Several entities may be named, as Octopus keeps today and tomorrow apart. Only an entity without a curve gives its
 * state, which is the price of this hour.
 */
export function createPriceEntity({
  clock,
  entityIds,
  findState,
  isOwn = () => false,
  isFinal = true,
  ...house
}: {
  clock: Clock;
  entityIds: readonly string[];
  findState(entityId: string): EntityState | undefined;
  /** Whether HomeIQ itself shows this entity: its price would be fed with itself. */
  isOwn?: (entityId: string) => boolean;
  /** Whether taxes and fees are in it. */
  isFinal?: boolean;
} & House): Provider<PriceFacts> {
  return {
    name: "price-entity",
    topic: "price",
    maxAgeMs: 5 * MINUTE_MS, // it is read from memory

    async fetch() {
      if (entityIds.length === 0) {
        throw new AppError("unconfigured", "price-entity.none", "No price entity was chosen");
      }
      const own = entityIds.find(isOwn);
      if (own !== undefined) {
        throw new AppError("unconfigured", "price-entity.own", `${own} is HomeIQ's own price`, {
          facts: { entityId: own },
        });
      }
      const states = entityIds.map((entityId) => {
        const state = findState(entityId);
        if (!state) throw missing(entityId);
        return state;
      });
      const all = states.map((state) => readPriceEntity(state, { ...house, now: clock.now() }));
      return { ...joinPriceFacts(all), isFinal };
    },
  };
}

function missing(entityId: string): AppError {
  return new AppError("unconfigured", "price-entity.missing", `${entityId} does not exist`, {
    facts: { entityId },
  });
}

type Shown = Pick<EntityState, "entityId" | "state" | "attributes">;

/** The prices that an entity shows. Throws `unavailable` when it has none now, `internal` when they cannot be read. */
export function readPriceEntity(
  { entityId, state, attributes }: Shown,
  { timeZone, now, ...house }: House & { readonly now: number },
): PriceFacts {
  const said = [attributes.unit_of_measurement, attributes.unit].find(
    (unit) => typeof unit === "string" && priceUnitOf(unit),
  );
  const unit = typeof said === "string" ? priceUnitOf(said) : undefined;
  const ownCurrency = /^[A-Z]{3}$/.test(String(attributes.currency))
    ? String(attributes.currency)
    : undefined;
  const currency = ownCurrency ?? unit?.currency ?? house.currency;
  if (currency === undefined) {
    throw new AppError("unconfigured", "price-entity.currency", `${entityId} has no currency`, {
      facts: { entityId },
    });
  }
  const inHundredths = attributes.price_in_cents === true && unit?.factor !== 0.01;
  const factor = inHundredths ? 0.01 : (unit?.factor ?? 1);
  const slots = findCurve(attributes, { factor, timeZone, now });
  if (slots.length > 0) return toPriceFacts({ currency, isFinal: true, slots });
  const price = toNumber(state);
  if (price === undefined) {
    throw new AppError("unavailable", "price.none", `${entityId} has no price now`, {
      facts: { entityId },
    });
  }
  const start = Math.floor(now / HOUR_MS) * HOUR_MS;
  const slot = { start, end: start + HOUR_MS, price: perKwh(price, factor) };
  return toPriceFacts({ currency, isFinal: true, slots: [slot] });
}

interface Reading {
  readonly factor: number;
  readonly timeZone: string;
  readonly now: number;
}

function findCurve(attributes: EntityState["attributes"], reading: Reading): PriceSlot[] {
  const today = dayOf(reading.now, reading.timeZone);
  const days = [today, dayAfter(today, reading.timeZone)];
  for (const names of ATTRIBUTES) {
    const slots = names.flatMap((name, index) => {
      const rows = attributes[name];
      if (!Array.isArray(rows)) return [];
      const day = days[index];
      return day && rows.some((row) => toNumber(row) !== undefined)
        ? spread(rows, { day, factor: reading.factor })
        : readRows(rows, reading);
    });
    if (slots.length > 0) return slots;
  }
  return [];
}

/** Bare numbers fill their local day evenly; a number too many or too few for that says nothing. */
function spread(
  rows: readonly unknown[],
  { day, factor }: { readonly day: Slot; readonly factor: number },
): PriceSlot[] {
  const stepMs = (day.end - day.start) / rows.length;
  if (![15 * MINUTE_MS, 30 * MINUTE_MS, HOUR_MS].includes(stepMs)) return [];
  return rows.flatMap((row, index) => {
    const price = toNumber(row);
    const start = day.start + index * stepMs;
    return price === undefined
      ? []
      : [{ start, end: start + stepMs, price: perKwh(price, factor) }];
  });
}
