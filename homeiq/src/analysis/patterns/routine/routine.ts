import { median } from "#foundation/median.ts";
import { atLeast, discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { type Diary, diaryOf, phaseOf } from "../diary/diary.ts";
import type { Household } from "../pattern.ts";
import { type Anchor, anchorsOf } from "./anchors.ts";
import { inOneGo } from "./one-go.ts";
import { profileOf } from "./profile.ts";
import type { Routine } from "./routine-habit.ts";
import { clustersOf, needOf, type Session, sessionsOf } from "./sessions.ts";
import { type Candidate, toldOnce } from "./told.ts";

export type { Routine, RoutineMember } from "./routine-habit.ts";

const LEAST_DAYS = 5;
const LEAST_CONFIDENCE = 0.4; // less is not what people do on those days
const LEAST_LIFT = 2;
const LEAST_SHARE = 0.3; // of the times: less does not belong to it
const KINDS = ["all", "workdays", "free"] as const;
type Kind = (typeof KINDS)[number];

/**
 * What is done in one go, without a pause of half an hour, at a time of day: morning and evening routines.
 *
 * Each member is held against chance by itself: on how many days would it lie in so narrow a window if it came whenever
 * the household does anything (exact Poisson binomial tail; every window of every stream counts as a test). The chance
 * of the whole is that as many days have half of the members together; and they must go together, which habits of the
 * clock that happen to be at the same hour do not (see `inOneGo`).
 */
export function findRoutines(household: Household): Routine[] {
  const whole = diaryOf(household);
  const diary = { ...whole, streams: whole.streams.filter(({ isTrace }) => !isTrace) };
  const found = KINDS.flatMap((on) => {
    const days = diary.lived.filter((day) => isOn(diary, on, day));
    return days.length < LEAST_DAYS ? [] : routinesOn(diary, on, days);
  });
  const believed = discoveriesOf(
    found.map(({ routine: { chance } }) => chance),
    FALSE_DISCOVERIES,
  );
  const isFree = (day: number) => diary.days.dayOf(day).free;
  return toldOnce(
    found.filter((_, index) => believed.has(index)),
    isFree,
  );
}

function isOn({ days }: Diary, on: Kind, day: number): boolean {
  return on === "all" || days.dayOf(day).free === (on === "free");
}

function routinesOn({ streams, days }: Diary, on: Kind, eligible: readonly number[]): Candidate[] {
  const set = new Set(eligible);
  const profile = profileOf(streams, set);
  const anchors = streams.flatMap((stream) => anchorsOf(stream, { days: eligible, profile }));
  const chances = anchors.map(({ chance }) => chance);
  const tests = streams.length * KINDS.length;
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, Math.max(0, tests - anchors.length));
  const clusters = clustersOf(anchors.filter((_, index) => believed.has(index)));
  return clusters.flatMap((cluster) => {
    const often = lasting(cluster, set);
    if (often.length < needOf(cluster.length)) return [];
    const members = inOneGo(often, { days: eligible, sessions: sessionsOf(often, set) });
    const sessions = sessionsOf(members, set);
    const { clockOf } = days;
    const routine = toPattern({ on, members, sessions, eligible, clockOf });
    const starts = sessions.map(({ day, acts: [first] }) => ({ day, minute: first?.minute ?? 0 }));
    return routine ? [{ routine, starts, days: eligible }] : [];
  });
}

/** Members that take part often enough. */
function lasting(cluster: readonly Anchor[], days: ReadonlySet<number>): Anchor[] {
  const sessions = sessionsOf(cluster, days);
  return cluster.filter((_, member) => shareOf(sessions, member) >= LEAST_SHARE);
}

const shareOf = (sessions: readonly Session[], member: number): number =>
  sessions.filter(({ acts }) => acts.some((act) => act.member === member)).length /
  Math.max(1, sessions.length);

interface Found {
  readonly on: Kind;
  readonly members: readonly Anchor[];
  readonly sessions: readonly Session[];
  readonly eligible: readonly number[];
  readonly clockOf: (minute: number) => string;
}

function toPattern({ on, members, sessions, eligible, clockOf }: Found): Routine | undefined {
  if (members.length < 3 || sessions.length < LEAST_DAYS) return undefined;
  const lived = new Set(sessions.map(({ day }) => day));
  const phase = phaseOf(eligible.map((day) => lived.has(day)));
  const since = eligible[phase.start] as number;
  const now = sessions.filter(({ day }) => day >= since);
  const confidence = (phase.hits + 1) / (phase.tries + 2);
  const starts = now.map(({ acts }) => acts[0]?.minute ?? 0);
  const minute = median(starts);
  const chances = eligible.map((day) => {
    const own = members.map((member) => member.chanceOn(day));
    return atLeast(needOf(members.length), own);
  });
  const expected = chances.reduce((sum, one) => sum + one, 0);
  const lift = sessions.length / Math.max(expected, 1e-9);
  if (lift < LEAST_LIFT || confidence < LEAST_CONFIDENCE) return undefined;
  const told = membersOf(members, now);
  return {
    key: ["routine", on, clockOf(Math.round(minute / 60) * 60), told[0]?.entityId].join("|"),
    ...{ kind: "routine", on, part: partOf(minute), members: told, minute, confidence },
    entityIds: [...new Set(told.map(({ entityId }) => entityId))],
    scatter: median(starts.map((start) => Math.abs(start - minute))),
    lengthMinutes: median(now.map(({ acts }, n) => (acts.at(-1)?.minute ?? 0) - (starts[n] ?? 0))),
    seen: now.flatMap(({ acts: [first] }) => first?.act ?? []),
    missed: eligible.slice(phase.start).filter((day) => !lived.has(day)),
    lift,
    chance: atLeast(sessions.length, chances),
  };
}

function membersOf(members: readonly Anchor[], sessions: readonly Session[]) {
  return members
    .map(({ stream: { entityId, to } }, member) => {
      const after = sessions.flatMap(({ acts }) => {
        const own = acts.find((act) => act.member === member);
        return own ? [own.minute - (acts[0]?.minute ?? 0)] : [];
      });
      return { entityId, to, share: shareOf(sessions, member), afterMinutes: median(after) };
    })
    .sort((one, other) => one.afterMinutes - other.afterMinutes);
}

const LATE_MORNING = 11 * 60 - 240; // 11:00, since 04:00
const EVENING = 17 * 60 - 240;

function partOf(minute: number): Routine["part"] {
  if (minute < LATE_MORNING) return "morning";
  return minute < EVENING ? "day" : "evening";
}
