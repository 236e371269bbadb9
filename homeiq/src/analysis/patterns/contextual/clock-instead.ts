import { atLeast } from "../chance/chance.ts";
import type { PlacedAct } from "../lived-days/lived-days.ts";

const BIN = 5;
const BINS = 1440 / BIN;
const SPLITS = 12;
const LEAST_SIDE = 10;

interface ActsOfDay {
  readonly acts: readonly PlacedAct[];
}

/**
 * How likely, of the days that only one of both explains, so many would be the context's if the clock were as good.
 *
 * The clock has a window as long as the context's, and may have moved it once. Looks: as many splits as are stated.
 */
export function clockExplains(
  days: readonly ActsOfDay[],
  hits: readonly (PlacedAct | undefined)[],
  length: number,
): number {
  const byClock = bestClock(days, length);
  let [context, clock] = [0, 0];
  for (const [place, hit] of hits.entries()) {
    if (hit && !byClock[place]) context += 1;
    if (!hit && byClock[place]) clock += 1;
  }
  return atLeast(context, new Array(context + clock).fill(0.5));
}

function bestClock(days: readonly ActsOfDay[], length: number): boolean[] {
  let best = inBestWindow(days, length);
  let most = count(best);
  for (let n = 1; n < SPLITS; n += 1) {
    const at = Math.round((n * days.length) / SPLITS);
    if (at < LEAST_SIDE || days.length - at < LEAST_SIDE) continue;
    const both = [
      ...inBestWindow(days.slice(0, at), length),
      ...inBestWindow(days.slice(at), length),
    ];
    if (count(both) <= most) continue;
    [best, most] = [both, count(both)];
  }
  return best;
}

const count = (some: readonly boolean[]) => some.filter(Boolean).length;

function inBestWindow(days: readonly ActsOfDay[], length: number): boolean[] {
  const width = Math.ceil(length / BIN);
  const [hits, stamp] = [new Int32Array(BINS), new Int32Array(BINS).fill(-1)];
  for (const [day, { acts }] of days.entries()) {
    for (const { minute } of acts) {
      for (let back = 0; back < width; back += 1) {
        const start = (Math.floor(minute / BIN) - back + BINS) % BINS;
        if (stamp[start] === day) continue;
        stamp[start] = day;
        hits[start] = (hits[start] as number) + 1;
      }
    }
  }
  const start = hits.indexOf(Math.max(...hits));
  return days.map(({ acts }) =>
    acts.some(({ minute }) => (Math.floor(minute / BIN) - start + BINS) % BINS < width),
  );
}
