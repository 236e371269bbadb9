import { median } from "#foundation/median.ts";
import { around } from "../circle/circle.ts";
import type { Routine } from "./routine-habit.ts";

const SAME = { members: 0.5, minutes: 120 };
const OTHER_TIME = 40; // minutes between workdays and free days: more is another routine
const OTHER_SHARE = 0.5;

/** A routine, and how it went. */
export interface Candidate {
  readonly routine: Routine;
  /** When it began on each day on which it was seen. */
  readonly starts: readonly { readonly day: number; readonly minute: number }[];
  /** Days on which it could have been seen. */
  readonly days: readonly number[];
}

/**
 * Each routine once, the likelier to come again first.
 *
 * Where the same things are done on workdays and free days alike they are one routine of all days; where they are done
 * at another hour, or hardly, each kind of day tells its own.
 */
export function toldOnce(found: readonly Candidate[], isFree: (day: number) => boolean): Routine[] {
  const split = found.flatMap(({ routine }) => (routine.on === "all" ? [] : [routine]));
  const ofAll = found.flatMap((one) => {
    const isTold = split.some((other) => isSame(one.routine, other)) && !isAlike(one, isFree);
    return one.routine.on !== "all" || isTold ? [] : [one.routine];
  });
  const kept: Routine[] = [];
  for (const one of [...ofAll, ...split]) {
    const isTold = kept.some(
      (other) => (other.on === "all" || other.on === one.on) && isSame(one, other),
    );
    if (!isTold) kept.push(one);
  }
  return kept.sort(
    (one, other) =>
      other.confidence - one.confidence ||
      one.chance - other.chance ||
      one.key.localeCompare(other.key),
  );
}

/** On workdays as on free days: at about the same time, and about as often. */
function isAlike({ starts, days }: Candidate, isFree: (day: number) => boolean): boolean {
  const of = (free: boolean) => {
    const own = starts.filter(({ day }) => isFree(day) === free);
    const all = days.filter((day) => isFree(day) === free);
    return { share: own.length / Math.max(1, all.length), minute: median(own.map(minuteOf)) };
  };
  const [work, free] = [of(false), of(true)];
  const [less, more] = [Math.min(work.share, free.share), Math.max(work.share, free.share)];
  return less >= OTHER_SHARE * more && Math.abs(work.minute - free.minute) <= OTHER_TIME;
}

const minuteOf = ({ minute }: { readonly minute: number }) => minute;

function isSame(one: Routine, other: Routine): boolean {
  const names = new Set(other.members.map(({ entityId, to }) => `${entityId} ${to}`));
  const common = one.members.filter(({ entityId, to }) => names.has(`${entityId} ${to}`)).length;
  return (
    common >= SAME.members * Math.min(one.members.length, names.size) &&
    Math.abs(around(one.minute - other.minute)) < SAME.minutes
  );
}
