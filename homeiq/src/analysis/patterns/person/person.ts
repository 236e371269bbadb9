import { atLeast, discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import { MINUTES } from "../house-days/house-days.ts";
import { livedDaysOf, type PlacedAct, type PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import type { Personal } from "./person-habit.ts";
import { createShares, PARTS, type Shares } from "./shares.ts";

export type { Personal } from "./person-habit.ts";

const LEAST = { days: 6, share: 0.7, lift: 1.4, ofDays: 0.15 };
/** The whole day, or one part of it. */
const WINDOWS = [
  { from: 0, until: MINUTES },
  ...Array.from({ length: PARTS }, (_, part) => ({
    from: (part * MINUTES) / PARTS,
    until: ((part + 1) * MINUTES) / PARTS,
  })),
];

/**
 * What is one person's habit and not the others', where it is known who did things.
 *
 * Null model: who does it is who does anything else in that part of the day (exact tail of Poisson-binomial, one act a
 * day and person). All windows count as looks, all persons as tests.
 */
export function findPersonal(household: Household): Personal[] {
  const lived = livedDaysOf(household);
  const shares = createShares(lived.streams);
  if (shares.persons.length < 2) return [];
  const found: Personal[] = [];
  let tests = 0;
  for (const stream of lived.streams) {
    const known = onceADay(stream);
    if (known.length < LEAST.days) continue;
    for (const person of shares.persons) {
      tests += 1;
      const habit = habitOf({ stream, known, person, shares });
      if (habit) found.push(habit);
    }
  }
  const chances = found.map(({ chance }) => chance);
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, tests - found.length);
  return found
    .filter((_, index) => believed.has(index))
    .sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}

/** Of which it is known who did it: the first of each person, day and part of the day. */
function onceADay({ acts }: PlacedStream): PlacedAct[] {
  const seen = new Set<string>();
  return acts.filter(({ act, day, minute }) => {
    if (act.person === undefined) return false;
    const name = `${day} ${Math.floor((minute * PARTS) / MINUTES)} ${act.person}`;
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}

interface Asked {
  readonly stream: PlacedStream;
  readonly known: readonly PlacedAct[];
  readonly person: string;
  readonly shares: Shares;
}

function habitOf(asked: Asked): Personal | undefined {
  const ways = WINDOWS.map((window) => habitWithin(asked, window));
  return ways.filter((one) => one !== undefined).sort((one, other) => one.chance - other.chance)[0];
}

function habitWithin(
  { stream, known, person, shares }: Asked,
  { from, until }: (typeof WINDOWS)[number],
): Personal | undefined {
  const within = known.filter(({ minute }) => minute >= from && minute < until);
  const own = within.filter(({ act }) => act.person === person);
  const first = new Map(own.toReversed().map((one) => [one.day, one]));
  const active = shares.daysOf(person);
  if (first.size < Math.max(LEAST.days, LEAST.ofDays * active.length)) return undefined;
  const share = own.length / within.length;
  const usual = within.map(({ minute }) => shares.shareOf(person, { minute, without: stream }));
  const usualShare = sumOf(usual) / usual.length;
  if (share < LEAST.share || share < LEAST.lift * usualShare) return undefined;
  const isAllDay = until - from === MINUTES;
  const { entityId, to } = stream;
  return {
    key: ["person", entityId, to, person, isAllDay ? "" : from].join("|"),
    kind: "person",
    ...{ entityIds: [entityId], entityId, to, person, share, usualShare },
    ...(isAllDay ? {} : { between: { from, until } }),
    seen: [...first.values()].map(({ act }) => act).sort((one, other) => one.at - other.at),
    missed: active.filter((day) => !first.has(day)),
    confidence: (first.size + 1) / (active.length + 2),
    lift: share / Math.max(usualShare, 1e-9),
    chance: Math.min(1, WINDOWS.length * atLeast(own.length, usual)),
  };
}
