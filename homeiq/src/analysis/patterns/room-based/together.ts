import { MINUTE_MS } from "#foundation/time.ts";
import { tailOf } from "../co-activation/co-activation.ts";
import { createCounter, type DiaryStream, type Moments, type Usual } from "../diary/diary.ts";

/** Minutes before or after. */
export const WITHIN = 10;
export const LEAST_TIMES = 5;
export const LEAST_LIFT = 2;
const SAME_HAND_MS = 1_500; // one press: a group, a scene, a device that is two entities
const AROUND_MS = 30 * MINUTE_MS; // before and after that, in which the room may be livelier than usual
const LEAST_SHARE = 0.15; // of the tries: less is told better from another side

/** What is done near something else of the same room. */
export interface Partner {
  readonly stream: DiaryStream;
  readonly times: number;
  /** For each try, 1 where it was. */
  readonly isNear: Uint8Array;
  /** For each try, how likely it would be by the time of day and by how lively the room is. */
  readonly chances: Float64Array;
}

interface Asked {
  readonly tries: Moments;
  readonly stream: DiaryStream;
  readonly usual: Usual;
}

/** Absent where it is not near often enough, or not more often than chance has it. */
export function partnerOf({ tries, stream, usual }: Asked): Partner | undefined {
  const { isNear, times } = nearnessOf(tries, stream);
  if (times < Math.max(LEAST_TIMES, LEAST_SHARE * isNear.length)) return undefined;
  const span = { from: -WITHIN, until: WITHIN };
  const hourly = usual.hourly(stream, tries, span);
  const livelier = livelinessOf(tries, stream, hourly);
  if (times < LEAST_LIFT * livelier * sumOf(hourly)) return undefined;
  const chances = usual.chances(stream, tries, span);
  for (const [n, chance] of chances.entries()) chances[n] = Math.min(1, chance * livelier);
  return { stream, times, isNear, chances };
}

/** How far a partner is from chance, at some of the tries. */
export function judge({ isNear, chances }: Partner, places: readonly number[]) {
  const own = Float64Array.from(places, (place) => chances[place] as number);
  const times = places.filter((place) => isNear[place]).length;
  const lift = times / Math.max(sumOf(own), 1e-9);
  return { times, lift, chance: lift >= LEAST_LIFT ? tailOf(times, own) : 1 };
}

function nearnessOf({ at }: Moments, stream: DiaryStream) {
  const [reach, count] = [WITHIN * MINUTE_MS, createCounter(stream.at)];
  const pressed = createCounter(stream.at);
  let times = 0;
  const isNear = new Uint8Array(at.length);
  for (let n = 0; n < at.length; n += 1) {
    const now = at[n] as number;
    const others =
      count(now - reach, now + reach) - pressed(now - SAME_HAND_MS, now + SAME_HAND_MS);
    if (others <= 0) continue;
    times += 1;
    isNear[n] = 1;
  }
  return { isNear, times };
}

/** How much more often than usual it is done in the half hours before and after: at least 1. */
function livelinessOf({ at }: Moments, stream: DiaryStream, hourly: Float64Array): number {
  const reach = WITHIN * MINUTE_MS;
  const [earlier, later] = [createCounter(stream.at), createCounter(stream.at)];
  let [seen, usual] = [0, 0];
  for (const [n, now] of at.entries()) {
    const start = Math.max(
      now - reach - AROUND_MS,
      (at[n - 1] ?? Number.NEGATIVE_INFINITY) + reach,
    );
    const end = Math.min(now + reach + AROUND_MS, (at[n + 1] ?? Number.POSITIVE_INFINITY) - reach);
    const before = Math.max(0, now - reach - start);
    const after = Math.max(0, end - now - reach);
    if (before > 0) seen += earlier(start, now - reach);
    if (after > 0) seen += later(now + reach, end);
    usual += ((hourly[n] as number) * (before + after)) / (2 * reach);
  }
  return Math.max(1, (seen + 1) / (usual + 1));
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const one of values) sum += one;
  return sum;
}
