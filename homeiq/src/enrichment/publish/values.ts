import { findCarbonWindow } from "#enrichment/carbon/carbon.ts";
import { findAt } from "#enrichment/curve/curve.ts";
import { findPriceWindow } from "#enrichment/price/price.ts";
import type { FactsByTopic, OutsideTopic, Slot } from "#enrichment/provider.ts";
import type { Latest } from "#enrichment/refresh/refresh.ts";
import type { PublishedValues } from "./sensors.ts";

interface Wanted {
  readonly now: number;
  /** The length of the cheapest and of the greenest stretch. */
  readonly hours: number;
}

/** What is known now, as it is shown. What is too old, or never was known, is absent. */
export function readPublished(
  latest: <T extends OutsideTopic>(topic: T) => Latest<FactsByTopic[T]> | undefined,
  wanted: Wanted,
): PublishedValues {
  return {
    ...ofPrice(latest("price"), wanted),
    ...ofCarbon(latest("carbon"), wanted),
    ...ofAir(),
    ...(latest("sports") ? { sports_event: { value: 1 } } : {}),
  };

  function ofAir(): PublishedValues {
    const air = latest("air");
    return air && !air.isStale ? { aqi: { value: air.facts.aqi } } : {};
  }
}

function ofPrice(
  found: Latest<FactsByTopic["price"]> | undefined,
  wanted: Wanted,
): PublishedValues {
  if (!found) return {};
  const { slots, currency } = found.facts;
  const current = findAt(slots, wanted.now);
  const cheapest = findPriceWindow(slots, ahead(current, wanted));
  return {
    ...(current ? { price_now: { value: current.price, unit: `${currency}/kWh` } } : {}),
    ...(cheapest ? { cheapest_start: { value: cheapest.start } } : {}),
  };
}

function ofCarbon(
  found: Latest<FactsByTopic["carbon"]> | undefined,
  wanted: Wanted,
): PublishedValues {
  if (!found) return {};
  const { slots, gramsPerKwh } = found.facts;
  const current = findAt(slots, wanted.now);
  const grams = current?.gramsPerKwh ?? (found.isStale ? undefined : gramsPerKwh);
  const greenest = findCarbonWindow(slots, ahead(current, wanted));
  return {
    ...(grams === undefined ? {} : { carbon_now: { value: grams } }),
    ...(greenest ? { greenest_start: { value: greenest.start } } : {}),
  };
}

/** From the start of the slot that runs: else a stretch that has begun would begin anew each minute. */
const ahead = (current: Slot | undefined, { now, hours }: Wanted) => ({
  hours,
  range: { start: current?.start ?? now, end: Number.POSITIVE_INFINITY },
});
