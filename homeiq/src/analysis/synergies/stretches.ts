import type { LocalDays } from "#analysis/local-days/local-days.ts";

const HOUR_MS = 3_600_000;

/** A time in which something was so. Lists of them are in order and without overlaps. */
export interface Stretch {
  readonly from: number;
  readonly until: number;
}

/** Both lists are in order and without overlaps; so is what they have in common. */
export function common(some: readonly Stretch[], others: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  for (let one = 0, other = 0; one < some.length && other < others.length; ) {
    const [a, b] = [some[one] as Stretch, others[other] as Stretch];
    const [from, until] = [Math.max(a.from, b.from), Math.min(a.until, b.until)];
    if (from < until) found.push({ from, until });
    if (a.until <= b.until) one += 1;
    else other += 1;
  }
  return found;
}

/** What of a span is in none of these stretches, which are in order and without overlaps. */
export function without({ from, until }: Stretch, taken: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let begin = from;
  for (const one of taken) {
    if (one.until <= begin) continue;
    if (one.from >= until) break;
    if (one.from > begin) found.push({ from: begin, until: one.from });
    begin = one.until;
  }
  if (begin < until) found.push({ from: begin, until });
  return found;
}

export const lengthOf = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, until }) => sum + until - from, 0);

/** What of them is in one stretch; looks only at those near it, however many there are. */
export function inside(stretches: readonly Stretch[], one: Stretch): Stretch[] {
  let [low, high] = [0, stretches.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle] as Stretch).until <= one.from) low = middle + 1;
    else high = middle;
  }
  const found: Stretch[] = [];
  for (let place = low; place < stretches.length; place += 1) {
    const { from, until } = stretches[place] as Stretch;
    if (from >= one.until) break;
    found.push({ from: Math.max(from, one.from), until: Math.min(until, one.until) });
  }
  return found;
}

/** Hours of stretches by the day on which they begin. */
export function hoursByDay(
  stretches: readonly Stretch[],
  local: LocalDays,
): ReadonlyMap<number, number> {
  const byDay = new Map<number, number>();
  for (const { from, until } of stretches) {
    const { day } = local.wallTime(from);
    byDay.set(day, (byDay.get(day) ?? 0) + (until - from) / HOUR_MS);
  }
  return byDay;
}

/** Hours that follow each other are one stretch. */
export function toStretches(
  values: readonly { readonly start: number; readonly end: number }[],
): Stretch[] {
  const found: { from: number; until: number }[] = [];
  for (const { start, end } of values) {
    const last = found.at(-1);
    if (last?.until === start) last.until = end;
    else found.push({ from: start, until: end });
  }
  return found;
}

/** Pieces of an hour at most, so that each belongs to the day that it is in. */
export const splitByHour = (stretches: readonly Stretch[]): Stretch[] =>
  stretches.flatMap(({ from, until }) => {
    const pieces: Stretch[] = [];
    for (let begin = from; begin < until; ) {
      const end = Math.min(until, (Math.floor(begin / HOUR_MS) + 1) * HOUR_MS);
      pieces.push({ from: begin, until: end });
      begin = end;
    }
    return pieces;
  });

/** When it began on each of the days. */
export function firstOfDays(
  stretches: readonly Stretch[],
  wallTime: (at: number) => { readonly day: number },
): number[] {
  const byDay = new Map<number, number>();
  for (const { from } of splitByHour(stretches)) {
    const { day } = wallTime(from);
    if (!byDay.has(day)) byDay.set(day, from);
  }
  return [...byDay.values()];
}

export const withoutAll = (stretches: readonly Stretch[], taken: readonly Stretch[]): Stretch[] =>
  stretches.flatMap((one) => without(one, taken));

/** When any of them was so. */
export function union(...lists: readonly (readonly Stretch[])[]): Stretch[] {
  const found: { from: number; until: number }[] = [];
  for (const { from, until } of lists.flat().sort((one, other) => one.from - other.from)) {
    const last = found.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else found.push({ from, until });
  }
  return found;
}
