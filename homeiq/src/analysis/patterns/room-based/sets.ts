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
 * One set for each partner, grown by whatever shares most of its times.
 *
 * Never all subsets: as many steps as there are partners, squared, times `MOST_MEMBERS`.
 */
export function setsOf({ first, tries, partners }: Side): TogetherSet[] {
  const places = [...tries.at.keys()];
  return partners.map((seed) => {
    const others = [seed];
    let { chance, lift } = judge(seed, places);
    let seen = places.filter((place) => seed.isNear[place]);
    while (others.length < MOST_MEMBERS - 1) {
      const next = bestOf(partners.filter(isFree(others)), seen);
      if (!next || next.times < Math.max(LEAST_TIMES, STAYS * seen.length)) break;
      if (next.chance * partners.length > MOST_CHANCE) break;
      others.push(next.partner);
      chance = Math.max(chance, next.chance * partners.length);
      lift = Math.min(lift, next.lift);
      seen = seen.filter((place) => next.partner.isNear[place]);
    }
    const held = new Set(seen);
    return { first, tries, others, chance, lift, isSeen: places.map((place) => held.has(place)) };
  });
}

/** Not of an entity that takes part already. */
const isFree = (others: readonly Partner[]) => (partner: Partner) =>
  others.every(({ stream }) => stream.entityId !== partner.stream.entityId);

function bestOf(partners: readonly Partner[], seen: readonly number[]) {
  let best: { readonly partner: Partner; readonly times: number } | undefined;
  for (const partner of partners) {
    const times = seen.filter((place) => partner.isNear[place]).length;
    if (!best || times > best.times) best = { partner, times };
  }
  return best && { partner: best.partner, ...judge(best.partner, seen) };
}
