import { median } from "#foundation/median.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";

/** What a person's entity became. */
export interface WhereStep {
  readonly at: number;
  readonly state: string;
}

/** When somebody is back on such a day, as recorded. */
export interface UsualReturn {
  /** Minutes after midnight by the house's clock: the median. */
  readonly minute: number;
  /** Half of the days lie within so many minutes of it. */
  readonly spreadMinutes: number;
  /** So many days on which all were away for long. */
  readonly days: number;
}

/** A kind of day without a time has none: too few days, or any time. */
export interface UsualReturns {
  readonly workday?: UsualReturn;
  readonly weekend?: UsualReturn;
}

const LEAST_AWAY_MS = 2 * HOUR_MS; // who goes shopping comes back whenever that is done
const MOST_AWAY_MS = 20 * HOUR_MS; // a trip says nothing of the day that it ends on
const LEAST_DAYS = 8; // with fewer the median is not where half of the next days lie
const MOST_SPREAD_MINUTES = 45;
const NOT_KNOWN = new Set(["unknown", "unavailable"]);

/** Of each kind of day, from where people were recorded to be. People that were never seen anywhere do not count. */
export function usualReturns(
  people: readonly (readonly WhereStep[])[],
  timeZone: string,
): UsualReturns {
  const byDay = new Map<number, { readonly away: number; readonly wall: number }>();
  for (const { from, until } of emptyTimes(people.filter((steps) => steps.length > 0))) {
    const wall = wallAt(timeZone, until);
    const day = Math.floor(wall / DAY_MS);
    const away = until - from;
    if (away < LEAST_AWAY_MS || away > MOST_AWAY_MS) continue;
    // Of a day the end of the longest absence: that is the one that people plan by.
    if (away > (byDay.get(day)?.away ?? 0)) byDay.set(day, { away, wall });
  }
  const minutesOf = (weekend: boolean) =>
    [...byDay].flatMap(([day, { wall }]) =>
      isWeekend(day) === weekend ? [(wall - day * DAY_MS) / MINUTE_MS] : [],
    );
  const [workday, weekend] = [usualOf(minutesOf(false)), usualOf(minutesOf(true))];
  return { ...(workday && { workday }), ...(weekend && { weekend }) };
}

export interface Expected extends UsualReturn {
  readonly at: number;
}

/** When somebody is back today of an absence that began at a moment; absent: not known, or that time is over. */
export function expectedReturn(
  returns: UsualReturns,
  { since, now, timeZone }: { readonly since: number; readonly now: number; timeZone: string },
): Expected | undefined {
  const day = Math.floor(wallAt(timeZone, now) / DAY_MS);
  const usual = isWeekend(day) ? returns.weekend : returns.workday;
  if (!usual) return undefined;
  const at = momentOfWall(timeZone, day * DAY_MS + Math.round(usual.minute) * MINUTE_MS);
  const isOver = now > at + usual.spreadMinutes * MINUTE_MS;
  return isOver || since >= at ? undefined : { ...usual, at };
}

/** When it was known of everybody that they were away, until the first came back. */
function emptyTimes(people: readonly (readonly WhereStep[])[]) {
  const steps = people
    .flatMap((some, person) => some.map((step) => ({ ...step, person })))
    .sort((one, other) => one.at - other.at);
  const where = new Map<number, string>();
  const found: { readonly from: number; readonly until: number }[] = [];
  let from: number | undefined;
  for (const { at, state, person } of steps) {
    where.set(person, state);
    const all = [...where.values()];
    const isEmpty =
      where.size === people.length && all.every((one) => one !== "home" && !NOT_KNOWN.has(one));
    if (isEmpty) from ??= at;
    else {
      if (from !== undefined && state === "home") found.push({ from, until: at });
      from = undefined;
    }
  }
  return found;
}

function usualOf(minutes: readonly number[]): UsualReturn | undefined {
  if (minutes.length < LEAST_DAYS) return undefined;
  const minute = median(minutes);
  const spreadMinutes = Math.ceil(median(minutes.map((one) => Math.abs(one - minute))));
  if (spreadMinutes > MOST_SPREAD_MINUTES) return undefined;
  return { minute, spreadMinutes, days: minutes.length };
}

const THURSDAY = 4; // 1970-01-01
const isWeekend = (day: number) => [0, 6].includes((day + THURSDAY) % 7);
