import { median } from "#foundation/median.ts";
import { atLeast } from "../chance/chance.ts";
import type { DiaryStream } from "../diary/diary.ts";
import { BIN_MINUTES, BINS, binOf, type Profile } from "./profile.ts";

const WIDTHS = [6, 12, 18]; // bins: one to three hours
const LEAST_SHARE = 0.4; // of the days: less does not belong to a routine
const LEAST_DAYS = 5;
const LEAST_LIFT = 1.5;
const MOST_PER_STREAM = 3;
const MARGIN_BINS = 3; // the half hour before and after in which it still belongs

/** What is done at a time of day on many days of a kind. */
export interface Anchor {
  readonly stream: DiaryStream;
  /** Minutes since the day began: acts between them belong to the routine. */
  readonly start: number;
  readonly end: number;
  /** The median. */
  readonly minute: number;
  /** How likely as many days have it there if it came whenever the household does anything. */
  readonly chance: number;
  /** That of one day. */
  chanceOn(day: number): number;
}

/** As many looks for each stream as windows of all widths that do not overlap. */
const LOOKS = WIDTHS.reduce((sum, width) => sum + BINS / width, 0);

interface Search {
  readonly days: readonly number[];
  readonly profile: Profile;
}

/** At most `MOST_PER_STREAM`, the least likely first. */
export function anchorsOf(stream: DiaryStream, { days, profile }: Search): Anchor[] {
  const all = minutesByDay(stream, new Set(days));
  let left = all;
  const found: Anchor[] = [];
  while (found.length < MOST_PER_STREAM && left.size >= LEAST_SHARE * days.length) {
    const window = bestWindow(left, { days, profile });
    if (!window) break;
    const { start, width } = window;
    const inside = [...left.values()].flat().filter((minute) => isIn(window, minute));
    const [from, until] = [start - MARGIN_BINS, start + width + MARGIN_BINS];
    const share = profile.share(from, until);
    found.push({
      ...{ stream, chance: window.chance, minute: median(inside) },
      start: from * BIN_MINUTES,
      end: until * BIN_MINUTES,
      chanceOn: (day) => 1 - (1 - share) ** (all.get(day)?.length ?? 0),
    });
    left = without(left, window);
  }
  return found;
}

interface Window {
  readonly start: number;
  readonly width: number;
  readonly chance: number;
}

type ByDay = ReadonlyMap<number, readonly number[]>;

function minutesByDay({ day, minute }: DiaryStream, days: ReadonlySet<number>): ByDay {
  const byDay = new Map<number, number[]>();
  for (let n = 0; n < day.length; n += 1) {
    const own = day[n] as number;
    if (!days.has(own)) continue;
    const known = byDay.get(own);
    if (known) known.push(minute[n] as number);
    else byDay.set(own, [minute[n] as number]);
  }
  return byDay;
}

function bestWindow(acts: ByDay, { days, profile }: Search): Window | undefined {
  const perDay = [...acts.values()].map(({ length }) => length);
  let best: Window | undefined;
  for (const width of WIDTHS) {
    const counts = daysIn(acts, width);
    let [start, score, expected] = [0, Number.NEGATIVE_INFINITY, 0];
    for (let bin = 0; bin <= BINS - width; bin += 1) {
      const times = counts[bin] as number;
      if (times < Math.max(LEAST_DAYS, LEAST_SHARE * days.length)) continue;
      const usual = expectedDays(perDay, profile.share(bin, bin + width));
      const own = (times - usual) / Math.sqrt(usual + 0.5);
      if (own > score) [start, score, expected] = [bin, own, usual];
    }
    const times = counts[start] as number;
    if (score <= 0 || times < LEAST_LIFT * expected) continue;
    const share = profile.share(start, start + width);
    const tail = atLeast(
      times,
      perDay.map((n) => 1 - (1 - share) ** n),
    );
    const chance = Math.min(1, tail * LOOKS);
    if (!best || chance < best.chance) best = { start, width, chance };
  }
  return best;
}

function expectedDays(perDay: readonly number[], share: number): number {
  let sum = 0;
  for (const n of perDay) sum += 1 - (1 - share) ** n;
  return sum;
}

/** On how many days something lies in the window that begins at a bin. */
function daysIn(acts: ByDay, width: number): Int32Array {
  const counts = new Int32Array(BINS);
  const stamp = new Int32Array(BINS).fill(-1);
  let day = 0;
  for (const minutes of acts.values()) {
    for (const minute of minutes) {
      const bin = binOf(minute);
      for (let start = Math.max(0, bin - width + 1); start <= bin; start += 1) {
        if (stamp[start] === day) continue;
        stamp[start] = day;
        counts[start] = (counts[start] as number) + 1;
      }
    }
    day += 1;
  }
  return counts;
}

const isIn = ({ start, width }: Window, minute: number): boolean =>
  binOf(minute) >= start && binOf(minute) < start + width;

function without(acts: ByDay, window: Window): ByDay {
  const left = new Map<number, readonly number[]>();
  for (const [day, minutes] of acts) {
    const rest = minutes.filter((minute) => !isIn(window, minute));
    if (rest.length > 0) left.set(day, rest);
  }
  return left;
}
