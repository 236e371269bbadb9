import type { Act } from "../acts/acts.ts";
import { createHouseDays } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";
import { absences } from "./absence.ts";
import type { Anomaly } from "./anomaly-found.ts";
import { chanceOf, type PastDays, pastDaysOf, type Surprise } from "./past-days.ts";
import { unusualDurations } from "./unusual-duration.ts";
import { unusualTimes } from "./unusual-time.ts";

export type { Absence, Anomaly, UnusualDuration, UnusualTime } from "./anomaly-found.ts";

/** False alarms a week in a house in which nothing is unusual, at most. */
export const FALSE_ALARMS_PER_WEEK = 0.5;

const WAYS = 3; // times, durations, absences: each has its share
/**
 * By how much it must be more surprising than whatever the past had: some day is always the strangest of them all.
 * Bits; of durations a hundredth of how many times the usual spread.
 */
const CLEARLY = { time: 1, duration: 0.02, absence: 0.5 };
const PER_DAY = FALSE_ALARMS_PER_WEEK / 7 / WAYS;

/**
 * What was unusual in the last 24 hours: of unusual times, durations and absences the most surprising, if it is.
 *
 * Null model: the day is like those before it. Each day of the past is scored in the same way against the days other
 * than itself, and what is judged is in no baseline; an alarm is what so few of them match that it comes
 * `FALSE_ALARMS_PER_WEEK` (conformal, exact for days that could be exchanged). That takes six weeks of days.
 */
export function findAnomalies(household: Household): Anomaly[] {
  const past = pastDaysOf(household);
  if (1 / (past.lived.length + 1) > PER_DAY) return [];
  const days = createHouseDays(household);
  const dayOf = (at: number) => days.placeOf(at).day;
  const times = alarmOf(unusualTimes(household, days, past), past, CLEARLY.time);
  const durations = alarmOf(unusualDurations(household, past), past, CLEARLY.duration);
  const missing = alarmOf(absences(household, past), past, CLEARLY.absence);
  const found: Anomaly[] = [];
  if (times) {
    const { of: act } = times;
    const what = { is: "time", minute: days.placeOf(act.at).minute } as const;
    found.push(toAnomaly(act, times, { at: act.at, what, seen: [act], missed: [] }));
  }
  if (durations) {
    const { phase, minutes, usualMinutes } = durations.of;
    const act = { at: phase.from, entityId: phase.entityId, to: phase.to };
    const what = { is: "duration", minutes, usualMinutes } as const;
    const at = phase.until ?? household.to;
    found.push(toAnomaly(act, durations, { at, what, seen: [act], missed: [] }));
  }
  if (missing) {
    const { of: act } = missing;
    const what = { is: "absence", lastAt: act.at } as const;
    const missed = [dayOf(household.to - 1)];
    found.push(toAnomaly(act, missing, { at: household.to, what, seen: [], missed }));
  }
  return found.sort((one, other) => one.chance - other.chance);
}

interface Alarm<Of> extends Surprise<Of> {
  readonly chance: number;
}

function alarmOf<Of>(
  most: ReadonlyMap<number, Surprise<Of>>,
  past: PastDays,
  clearly: number,
): Alarm<Of> | undefined {
  const own = most.get(0);
  if (!own) return undefined;
  const before = past.lived.map((place) => most.get(place)?.score ?? 0);
  if (own.score < Math.max(...before) + clearly) return undefined;
  const chance = chanceOf(own.score, past, most);
  return chance <= PER_DAY ? { ...own, chance } : undefined;
}

function toAnomaly(
  { entityId, to }: Act,
  { chance }: Alarm<unknown>,
  said: Pick<Anomaly, "at" | "what" | "seen" | "missed">,
): Anomaly {
  return {
    key: ["anomaly", said.what.is, entityId, to, said.at].join("|"),
    kind: "anomaly",
    ...{ entityIds: [entityId], entityId, to, chance, ...said },
    confidence: 1 - chance,
    lift: 1 / chance, // such a day comes so many times more rarely than any
  };
}
