import type { Slot } from "#enrichment/provider.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { PresenceHour } from "./prediction.ts";

/** The states of one person, oldest first; the first may be older than what is asked for. */
export type PersonTrack = readonly { readonly at: number; readonly state: string }[];

const HOME = "home";
const UNKNOWN = new Set(["unavailable", "unknown"]);
const FEWEST_KNOWN = 0.9; // of an hour

/**
 * The hours of which it is known whether somebody was at home: one person at home is enough for yes, for no all must be
 * known. Both ends are starts of hours.
 */
export function toPresenceHours(tracks: readonly PersonTrack[], { start, end }: Slot) {
  if (tracks.length === 0) return [];
  const turns = tracks.flatMap((track) => track.map(({ at }) => at));
  const whole = Array.from({ length: (end - start) / HOUR_MS }, (_, n) => start + n * HOUR_MS);
  const moments = [...new Set([...whole, ...turns, end])]
    .filter((at) => at >= start && at <= end)
    .sort((one, other) => one - other);
  const at = tracks.map(() => -1);
  const hours = new Map<number, { home: number; away: number }>();
  for (const [index, from] of moments.entries()) {
    const to = moments[index + 1];
    if (to === undefined) break;
    const states = tracks.map((track, person) => {
      let last = at[person] ?? -1;
      while ((track[last + 1]?.at ?? Number.POSITIVE_INFINITY) <= from) last += 1;
      at[person] = last;
      return track[last]?.state;
    });
    const is = isHome(states);
    if (is === undefined) continue;
    const hour = from - (from % HOUR_MS);
    const sum = hours.get(hour) ?? { home: 0, away: 0 };
    sum[is ? "home" : "away"] += to - from;
    hours.set(hour, sum);
  }
  return [...hours].flatMap(([hour, { home, away }]): PresenceHour[] => {
    if (home + away < FEWEST_KNOWN * HOUR_MS) return [];
    return [{ start: hour, end: hour + HOUR_MS, home: home / (home + away) }];
  });
}

function isHome(states: readonly (string | undefined)[]): boolean | undefined {
  if (states.includes(HOME)) return true;
  return states.every((state) => state !== undefined && !UNKNOWN.has(state)) ? false : undefined;
}
