import { type Moments, phaseOf } from "../diary/diary.ts";
import { MINUTES } from "../house-days/house-days.ts";

const WIDEST_HOURS = 8 * 60; // minutes: more is most of the waking day
const IN_HOURS = 0.95; // of the times it was seen
const MARGIN = 30; // minutes

/** Minutes since the day began at 04:00; the end may be past 1440. */
export interface Hours {
  readonly start: number;
  readonly end: number;
}

/** One time at which it could have followed. */
export interface Chance {
  /** Its place among the tries. */
  readonly place: number;
  readonly isSeen: boolean;
  readonly day: number;
}

/** How it goes now: since it goes as it does, and at the hours at which it does. */
export interface Outlook {
  /** Absent where it follows at any hour. */
  readonly hours?: Hours;
  readonly chances: readonly Chance[];
  /** How likely it comes the next time it can. */
  readonly confidence: number;
  /** Days on which it could have been seen and never was. */
  readonly missed: readonly number[];
}

/** `isSeen`: for each try, whether it was followed. */
export function outlookOf(tries: Moments, isSeen: readonly boolean[]): Outlook {
  const minuteOf = (place: number) => tries.minute[place] as number;
  const all = isSeen.map(
    (seen, place): Chance => ({ place, isSeen: seen, day: tries.day[place] as number }),
  );
  const seenAt = all.filter((one) => one.isSeen).map(({ place }) => minuteOf(place));
  const hours = hoursOf(seenAt);
  const open = all.filter(({ place }) => !hours || isWithin(hours, minuteOf(place)));
  const phase = phaseOf(open.map((one) => one.isSeen));
  const chances = open.slice(phase.start);
  const done = new Set(chances.filter((one) => one.isSeen).map(({ day }) => day));
  return {
    ...(hours ? { hours } : {}),
    chances,
    confidence: (phase.hits + 1) / (phase.tries + 2),
    missed: [...new Set(chances.map(({ day }) => day))].filter((day) => !done.has(day)),
  };
}

/** The shortest stretch of the clock that holds nearly all; absent where that is most of the day. */
function hoursOf(minutes: readonly number[]): Hours | undefined {
  const sorted = [...minutes].sort((one, other) => one - other);
  const held = Math.ceil(sorted.length * IN_HOURS);
  let best: Hours | undefined;
  for (const [n, start] of sorted.entries()) {
    const last = n + held - 1;
    const end = (sorted[last % sorted.length] as number) + (last >= sorted.length ? MINUTES : 0);
    if (!best || end - start < best.end - best.start) best = { start, end };
  }
  if (!best || best.end - best.start > WIDEST_HOURS) return undefined;
  return { start: Math.max(0, best.start - MARGIN), end: best.end + MARGIN };
}

const isWithin = ({ start, end }: Hours, minute: number): boolean =>
  (minute >= start && minute <= end) || minute + MINUTES <= end;
