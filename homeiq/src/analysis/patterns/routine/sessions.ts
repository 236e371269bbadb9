import type { Act } from "../acts/acts.ts";
import type { DiaryStream } from "../diary/diary.ts";
import type { Anchor } from "./anchors.ts";

/** Minutes without any act of the routine that end it. */
export const GAP = 30;
const LONGEST = 240; // minutes from the first to the last: more is a day, not a routine
const LEAST_MEMBERS = 3;

/** One act in a session. */
export interface SessionAct {
  /** Which of the members. */
  readonly member: number;
  /** Since the day began. */
  readonly minute: number;
  readonly act: Act;
}

/** A routine as it was lived on one day. */
export interface Session {
  readonly day: number;
  /** In order of time, one for each member that took part. */
  readonly acts: readonly SessionAct[];
}

/** What comes within half an hour of the one before, as long as it is of three things or more. */
export function clustersOf(anchors: readonly Anchor[]): Anchor[][] {
  const order = [...anchors].sort((one, other) => one.minute - other.minute);
  return apart(order).filter(
    (some) => new Set(some.map(({ stream }) => stream.entityId)).size >= LEAST_MEMBERS,
  );
}

/** Cut at each gap; what is still too long at its widest one. */
function apart(order: readonly Anchor[]): Anchor[][] {
  const [first, last] = [order[0], order.at(-1)];
  if (!first || !last) return [];
  const minuteOf = (n: number) => (order[n] as Anchor).minute;
  const [isLong, cut] = [last.minute - first.minute > LONGEST, { at: 0, gap: 0 }];
  for (let n = 1; n < order.length; n += 1) {
    const gap = minuteOf(n) - minuteOf(n - 1);
    if (gap > cut.gap) Object.assign(cut, { at: n, gap });
  }
  if (cut.gap <= GAP && !isLong) return [[...order]];
  if (cut.at === 0) return [[...order]];
  return [...apart(order.slice(0, cut.at)), ...apart(order.slice(cut.at))];
}

/** How many of the members make a session. */
export const needOf = (members: number): number => Math.max(2, Math.ceil(members / 2));

/** On each day the stretch without a gap in which most members took part; only where enough did. */
export function sessionsOf(members: readonly Anchor[], days: ReadonlySet<number>): Session[] {
  const byDay = new Map<number, SessionAct[]>();
  for (const [member, { stream, start, end }] of members.entries()) {
    for (const { day, minute, act } of actsOf(stream)) {
      if (!days.has(day) || minute < start || minute >= end) continue;
      const known = byDay.get(day);
      if (known) known.push({ member, minute, act });
      else byDay.set(day, [{ member, minute, act }]);
    }
  }
  return [...byDay]
    .map(([day, acts]) => ({ day, acts: fullest(acts) }))
    .filter(({ acts }) => acts.length >= needOf(members.length))
    .sort((one, other) => one.day - other.day);
}

export function* actsOf({ day, minute, acts }: DiaryStream) {
  for (let n = 0; n < acts.length; n += 1) {
    yield { day: day[n] as number, minute: minute[n] as number, act: acts[n] as Act };
  }
}

function fullest(acts: readonly SessionAct[]): SessionAct[] {
  const order = [...acts].sort((one, other) => one.minute - other.minute);
  let [best, now]: [SessionAct[], SessionAct[]] = [[], []];
  let before = Number.NEGATIVE_INFINITY;
  for (const one of order) {
    if (one.minute - before > GAP) now = [];
    before = one.minute;
    if (!now.some(({ member }) => member === one.member)) now.push(one);
    if (now.length > best.length) best = now;
  }
  return best;
}
