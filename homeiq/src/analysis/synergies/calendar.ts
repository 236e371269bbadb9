import { discoveriesOf, type KnownPattern, type Pattern } from "#analysis/patterns/patterns.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { callFor } from "./home-look.ts";
import { stretchesOf } from "./past.ts";
import { inside, lengthOf } from "./stretches.ts";
import type { CalendarFacts } from "./synergy.ts";

const DAY_MS = 24 * HOUR_MS;
const DAY_BEGINS_MS = 4 * HOUR_MS; // where patterns begin to count
const LEAST_HOURS = 6; // what lasts shorter does not change a day
const LEAST_DAYS = 3; // of each sort
const LEAST_DIFFERENCE = 0.5;
const FALSE_DISCOVERIES = 0.05;

type Clocked = KnownPattern & { readonly pattern: Extract<Pattern, { kind: "time_of_day" }> };
type Counts = CalendarFacts["onDays"];

interface Trial {
  readonly calendarId: string;
  readonly known: Clocked;
  readonly onDays: Counts;
  readonly otherDays: Counts;
  readonly holds: "on" | "off";
  readonly chance: number;
}

/** Habits by the clock that are others on the days of a calendar: vacation, home office, visitors. */
export function findCalendar(question: Question): FoundOfType {
  const { around, past, patterns } = question;
  const calendars = [...around.home.entities.values()].filter(
    ({ domain, entityId }) => domain === "calendar" && past.steps.has(entityId),
  );
  if (calendars.length === 0) return { found: [], needs: ["calendar"] };
  const habits = patterns.filter((one): one is Clocked => one.pattern.kind === "time_of_day");
  const trials = calendars.flatMap(({ entityId }) => {
    const days = daysWith(entityId, question);
    return habits.flatMap((known) => trialOf(known, { calendarId: entityId, ...days, question }));
  });
  const believed = discoveriesOf(
    trials.map(({ chance }) => chance),
    FALSE_DISCOVERIES,
  );
  return {
    found: trials
      .filter((_, index) => believed.has(index))
      .map((one) => toCandidate(one, question)),
  };
}

interface CalendarDays {
  /** Days on which something long stood in it. */
  readonly days: ReadonlySet<number>;
  /** Since which day it is known. */
  readonly since: number;
}

function daysWith(calendarId: string, { past, local }: Question): CalendarDays {
  const events = stretchesOf(past, calendarId, (state) => state === "on");
  const days = new Set<number>();
  for (const { from, until } of events) {
    for (let at = from; at < until + DAY_MS; at += DAY_MS) {
      const { day } = local.wallTime(at);
      const begin = local.momentsOf(day, DAY_BEGINS_MS)[0] ?? day * DAY_MS;
      const ofDay = inside(events, { from: begin, until: begin + DAY_MS });
      if (lengthOf(ofDay) >= LEAST_HOURS * HOUR_MS) days.add(day);
    }
  }
  const first = past.steps.get(calendarId)?.[0]?.at ?? past.to;
  return { days, since: local.wallTime(first).day + 1 };
}

interface Asked extends CalendarDays {
  readonly calendarId: string;
  readonly question: Question;
}

function trialOf(known: Clocked, { calendarId, days, since, question }: Asked): Trial[] {
  const { entityId, to, seen, missed } = known.pattern;
  const action = { entityId, to };
  if (!callFor(action, question.around.home)) return [];
  const dayOf = (at: number) => question.local.wallTime(at - DAY_BEGINS_MS).day;
  const seenDays = new Set(seen.map(({ at }) => dayOf(at)).filter((day) => day >= since));
  const missedDays = missed.filter((day) => day >= since && !seenDays.has(day));
  const count = (isOn: boolean): Counts => {
    const n = [...seenDays].filter((day) => days.has(day) === isOn).length;
    return { n, of: n + missedDays.filter((day) => days.has(day) === isOn).length };
  };
  const [onDays, otherDays] = [count(true), count(false)];
  if (onDays.of < LEAST_DAYS || otherDays.of < LEAST_DAYS) return [];
  const difference = onDays.n / onDays.of - otherDays.n / otherDays.of;
  if (Math.abs(difference) < LEAST_DIFFERENCE) return [];
  const [more, less] = difference > 0 ? [onDays, otherDays] : [otherDays, onDays];
  return [
    {
      ...{ calendarId, known, onDays, otherDays, holds: difference > 0 ? "on" : "off" },
      chance: Math.min(1, 2 * asUneven(more, less)),
    },
  ];
}

/** How likely at least so many of all that were seen fall on the one sort of day by chance (Fisher's exact test). */
function asUneven(more: Counts, less: Counts): number {
  const seen = more.n + less.n;
  const all = more.of + less.of;
  const most = Math.min(seen, more.of);
  let sum = 0;
  for (let n = more.n; n <= most; n += 1) {
    sum += Math.exp(choose(more.of, n) + choose(less.of, seen - n) - choose(all, seen));
  }
  return Math.min(1, sum);
}

/** The logarithm of the number of ways. */
function choose(all: number, some: number): number {
  if (some < 0 || some > all) return Number.NEGATIVE_INFINITY;
  let log = 0;
  for (let n = 1; n <= some; n += 1) log += Math.log((all - some + n) / n);
  return log;
}

function toCandidate(trial: Trial, { past, local }: Question): Candidate {
  const { calendarId, known, onDays, otherDays, holds, chance } = trial;
  const { entityId, to, minute, seen } = known.pattern;
  const where = holds === "on" ? onDays : otherDays;
  const first = past.steps.get(calendarId)?.[0]?.at ?? past.from;
  const times = seen.map(({ at }) => at).filter((at) => at >= first);
  const amounts = new Map<number, number>();
  for (const at of times) amounts.set(local.wallTime(at).day, 1);
  return {
    facts: {
      ...{ type: "calendar", calendarId, patternId: known.id, action: { entityId, to }, minute },
      ...{ holds, onDays, otherDays, chance },
    },
    about: [calendarId, known.id, holds],
    entityIds: [entityId, calendarId],
    edges: [
      { from: "calendar", to: calendarId, joins: "when" },
      { from: calendarId, to: entityId, joins: "when" },
    ],
    measured: {
      ...measuredAt(times, { span: { from: first, to: past.to }, entityId, of: where.of }),
      ...{ n: where.n, of: where.of },
    },
    spared: [{ kind: "acts", days: onDays.of + otherDays.of, amounts }],
  };
}
