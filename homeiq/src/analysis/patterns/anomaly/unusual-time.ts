import type { Act } from "../acts/acts.ts";
import { type HouseDays, MINUTES } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";
import { keepMost, type PastDays, type Surprise } from "./past-days.ts";

const BINS = 96; // a quarter of an hour each
const KERNEL = [1, 2, 3, 4, 3, 2, 1]; // three quarters to each side
const KERNEL_SUM = 16;
const LEAST_ACTS = 10;
const HOUSE = 1; // as many acts as what the whole house does counts for, in what is known of one stream

/** Acts at a time at which nothing of their kind happens; by day, the most surprising. */
export function unusualTimes(
  { acts }: Household,
  days: HouseDays,
  past: PastDays,
): Map<number, Surprise<Act>> {
  const placed = acts.flatMap((act): Placed[] => {
    const place = past.placeOf(act.at);
    const bin = Math.floor((days.placeOf(act.at).minute * BINS) / MINUTES);
    return place === undefined ? [] : [{ act, place, bin }];
  });
  const house = createHouse(placed);
  const most = new Map<number, Surprise<Act>>();
  const streams = Map.groupBy(placed, ({ act }) => `${act.entityId} ${act.to}`);
  for (const stream of streams.values()) {
    const known = stream.filter(({ place }) => place > 0); // what is judged is no part of what is usual
    if (known.length < LEAST_ACTS) continue;
    const usual = smoothed(known);
    for (const [place, own] of Map.groupBy(stream, (one) => one.place)) {
      const left = place === 0 ? known.length : known.length - own.length;
      const mine = place === 0 ? undefined : smoothed(own);
      const elsewhere = house(place);
      const density = new Float64Array(BINS);
      for (let bin = 0; bin < BINS; bin += 1) {
        const others = (usual[bin] as number) - (mine ? (mine[bin] as number) : 0);
        density[bin] = others + HOUSE * (elsewhere[bin] as number);
      }
      for (const { act, bin } of own) {
        const score = -Math.log2(tailOf(density, bin) / (left + HOUSE));
        keepMost(most, place, { score, of: act });
      }
    }
  }
  return most;
}

interface Placed {
  readonly act: Act;
  readonly place: number;
  readonly bin: number;
}

function smoothed(placed: readonly Placed[]): Float64Array {
  const counts = new Float64Array(BINS);
  for (const { bin } of placed) {
    for (let n = 0; n < KERNEL.length; n += 1) {
      const at = (bin + n - 3 + BINS) % BINS;
      counts[at] = (counts[at] as number) + (KERNEL[n] as number) / KERNEL_SUM;
    }
  }
  return counts;
}

/** When the house does anything at all on days other than that one: shares of all bins. */
function createHouse(placed: readonly Placed[]) {
  const known = placed.filter(({ place }) => place > 0);
  const all = smoothed(known);
  const ofDay = new Map(
    [...Map.groupBy(known, ({ place }) => place)].map(([place, own]) => [
      place,
      { counts: smoothed(own), n: own.length },
    ]),
  );
  const sharesOn = (place: number): Float64Array => {
    const own = ofDay.get(place);
    const others = known.length - (own?.n ?? 0) + 1;
    return all.map(
      (count, bin) => Math.max(0, count - (own?.counts[bin] ?? 0) + 1 / BINS) / others,
    );
  };
  const shares = new Map(
    [...new Set(placed.map(({ place }) => place))].map((place) => [place, sharesOn(place)]),
  );
  return (place: number) => shares.get(place) ?? sharesOn(place);
}

/** How much comes at times at which as little comes as then, or less. */
function tailOf(density: Float64Array, bin: number): number {
  const here = (density[bin] as number) + 1e-12;
  let sum = 1e-9;
  for (const one of density) if (one > 0 && one <= here) sum += one;
  return sum;
}
