import type { DiaryStream, Moments } from "../diary/diary.ts";
import { judge, LEAST_TIMES, type Partner } from "./together.ts";

const MOST_MEMBERS = 8;
const STAYS = 0.7; // of the times so far that a further member must share
const MOST_CHANCE = 1e-3; // of a further member to be there by chance, over all that were tried

/** Things that are done together, told from the first one's side. */
export interface TogetherSet {
  readonly first: DiaryStream;
  /** What could have had all of the others near it. */
  readonly tries: Moments;
  readonly others: readonly Partner[];
  /** For each try, whether all were near. */
  readonly isSeen: readonly boolean[];
  /** Of its weakest member, over all that were tried for its place. */
  readonly chance: number;
  readonly lift: number;
}

interface Side {
  readonly first: DiaryStream;
  readonly tries: Moments;
  readonly partners: readonly Partner[];
}

/**
 * One set for each partner, grown by whatever shares most of its times; none for one whose times a set so far has told.
 *
 * Never all subsets: as many steps as there are partners, squared, times `MOST_MEMBERS`.
 */
export function setsOf({ first, tries, partners }: Side): TogetherSet[] {
  const places = [...tries.at.keys()];
  const byTimes = [...partners].sort((one, other) => other.times - one.times);
  const sets: TogetherSet[] = [];
  const told = new Map<Partner, number>();
  for (const seed of byTimes) {
    if ((told.get(seed) ?? 0) >= STAYS * seed.times) continue;
    const others = [seed];
    let { chance, lift } = judge(seed, places);
    let seen = places.filter((place) => seed.isNear[place]);
    while (others.length < MOST_MEMBERS - 1) {
      const next = bestOf(byTimes, { others, seen });
      if (!next || next.times < Math.max(LEAST_TIMES, STAYS * seen.length)) break;
      if (next.chance * partners.length > MOST_CHANCE) break;
      others.push(next.partner);
      chance = Math.max(chance, next.chance * partners.length);
      lift = Math.min(lift, next.lift);
      seen = seen.filter((place) => next.partner.isNear[place]);
    }
    const held = new Set(seen);
    for (const one of others) told.set(one, Math.max(told.get(one) ?? 0, seen.length));
    sets.push({
      ...{ first, tries, others, chance, lift },
      isSeen: places.map((place) => held.has(place)),
    });
  }
  return sets;
}

interface Grown {
  readonly others: readonly Partner[];
  readonly seen: readonly number[];
}

/** Of those, the most frequent first, that are not of an entity that takes part already. */
function bestOf(byTimes: readonly Partner[], { others, seen }: Grown) {
  const taken = new Set(others.map(({ stream }) => stream.entityId));
  let best: { readonly partner: Partner; readonly times: number } | undefined;
  for (const partner of byTimes) {
    if (best && partner.times <= best.times) break; // the rest cannot have more
    if (taken.has(partner.stream.entityId)) continue;
    let times = 0;
    for (const place of seen) times += partner.isNear[place] as number;
    if (!best || times > best.times) best = { partner, times };
    if (times === seen.length) break;
  }
  return best && { partner: best.partner, ...judge(best.partner, seen) };
}
