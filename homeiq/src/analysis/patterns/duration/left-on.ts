import { median } from "#foundation/median.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { atLeast } from "../chance/chance.ts";
import type { HouseDays } from "../house-days/house-days.ts";
import type { Phase } from "../phases/phases.ts";
import type { LeftOn, Looks, UsualDuration } from "./duration-habit.ts";
import type { Stretch } from "./unattended.ts";

const LEAST = { left: 3, trials: 8, minutes: 30, lift: 1.5 };
const MOST_LEFT = 0.5; // what is on more often than not when people go is meant to be
const LONG = 3; // times as long as usual
const BEFORE_MS = 45 * MINUTE_MS; // what is on so long before people go is there to be turned off
const AFTER_MS = 5 * MINUTE_MS;
const WHILE = ["away", "asleep"] as const;

interface Room {
  readonly phases: readonly Phase[];
  readonly stretches: readonly Stretch[];
  readonly days: HouseDays;
  readonly usual: UsualDuration | undefined;
}

/**
 * What is forgotten. That it is not meant to be on must be beyond chance, by one of two null models, each of them one
 * test (exact binomial tail):
 *
 * - It stays on far longer than usual. However the usual durations are spread around their middle, so many so long ones
 *   do not belong to them (Vysochanskij and Petunin, one side: at most 4 / (9 (z² + 1)) of them are beyond z).
 * - It is turned off when people go or go to bed, more often than if it was turned off at any moment.
 */
export function findLeftOn(room: Room): Looks<LeftOn> {
  const byPeople = room.phases.filter(({ begunByPeople }) => begunByPeople);
  if (byPeople.length < LEAST.trials) return { found: [], tests: 0 };
  const found = WHILE.flatMap((during) => {
    const stretches = room.stretches.filter((one) => one.while === during);
    const asked = { ...room, phases: byPeople, stretches };
    const one = room.usual && longerThan(room.usual, asked);
    return one ? [one] : (notTurnedOff(asked) ?? []);
  });
  const best = found.sort((one, other) => other.seen.length - one.seen.length)[0];
  return { found: best ? [best] : [], tests: 2 * WHILE.length };
}

function longerThan({ minutes }: UsualDuration, room: Room): LeftOn | undefined {
  const { phases } = room;
  const left = phases.flatMap((phase) => {
    const ended = phase.until ?? phase.from;
    if (ended - phase.from < LONG * minutes * MINUTE_MS) return [];
    const stretch = room.stretches.find((one) => lasts(phase, one) >= LEAST.minutes);
    return stretch ? [{ phase, stretch }] : [];
  });
  if (left.length < LEAST.left || left.length > MOST_LEFT * phases.length) return undefined;
  const away = phases.map(({ from, until = from }) =>
    Math.abs(Math.log(Math.max(MINUTE_MS, until - from) / (minutes * MINUTE_MS))),
  );
  const spread = Math.max(0.05, 1.4826 * median(away));
  const beyond = Math.log(LONG) / spread;
  const share = Math.min(1, 4 / (9 * (beyond ** 2 + 1)));
  const lift = left.length / phases.length / share;
  if (lift < LEAST.lift) return undefined;
  const wasLeft = new Set(left.map(({ phase }) => phase));
  const others = phases.filter((phase) => !wasLeft.has(phase)).map(({ from }) => from);
  const chance = atLeast(left.length, new Array(phases.length).fill(share));
  return toPattern(left, { room, others, lift, chance, otherwise: "shorter" });
}

interface Trial {
  readonly phase: Phase;
  readonly stretch: Stretch;
}

function notTurnedOff(room: Room): LeftOn | undefined {
  const trials = trialsOf(room);
  const off = trials.filter(
    ({ phase, stretch }) => phase.endedByPeople && (phase.until ?? 0) <= stretch.from + AFTER_MS,
  );
  const left = trials.filter(({ phase, stretch }) => lasts(phase, stretch) >= LEAST.minutes);
  if (trials.length < LEAST.trials || left.length < LEAST.left) return undefined;
  if (left.length > MOST_LEFT * trials.length) return undefined;
  const onMs = room.phases.reduce((sum, { from, until = from }) => sum + until - from, 0);
  const ends = room.phases.filter(({ endedByPeople }) => endedByPeople).length;
  const share = 1 - Math.exp((-(BEFORE_MS + AFTER_MS) * ends) / Math.max(1, onMs));
  const lift = off.length / trials.length / Math.max(share, 1e-9);
  if (lift < LEAST.lift) return undefined;
  const chance = atLeast(off.length, new Array(trials.length).fill(share));
  const others = off.map(({ stretch }) => stretch.from);
  return toPattern(left, { room, others, lift, chance, otherwise: "turned_off" });
}

/** When people went or went to bed, what was on some time before. Both lists are walked once. */
function trialsOf({ phases, stretches }: Room): Trial[] {
  const ordered = [...phases].sort((one, other) => one.from - other.from);
  let place = 0;
  return stretches.flatMap((stretch) => {
    const at = stretch.from - BEFORE_MS;
    while ((ordered[place + 1]?.from ?? Number.POSITIVE_INFINITY) <= at) place += 1;
    const phase = ordered[place];
    const isOn = phase && phase.from <= at && (phase.until ?? Number.POSITIVE_INFINITY) > at;
    return isOn ? [{ phase, stretch }] : [];
  });
}

/** Minutes of the stretch in which it was on, from the beginning of the stretch on. */
function lasts({ from, until = from }: Phase, stretch: Stretch): number {
  if (from > stretch.from) return 0;
  return (Math.min(until, stretch.until) - stretch.from) / MINUTE_MS;
}

interface Told {
  readonly room: Room;
  /** When it could have been left on and was not. */
  readonly others: readonly number[];
  readonly lift: number;
  readonly chance: number;
  readonly otherwise: LeftOn["otherwise"];
}

function toPattern(left: readonly Trial[], told: Told): LeftOn {
  const [{ phase, stretch }] = left as [Trial];
  const { entityId, to } = phase;
  const { room, others, ...rest } = told;
  return {
    key: ["left_on", entityId, to, stretch.while].join("|"),
    kind: "left_on",
    ...{ entityIds: [entityId], entityId, to, while: stretch.while, ...rest },
    minutes: median(left.map((one) => lasts(one.phase, one.stretch))),
    seen: left.map((one) => ({ at: one.phase.from, entityId, to })),
    missed: [...new Set(others.map((at) => room.days.placeOf(at).day))],
    confidence: (left.length + 1) / (left.length + others.length + 2),
  };
}
