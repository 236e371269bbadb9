import { discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { outlookOf, triesIn } from "../co-activation/co-activation.ts";
import { type DiaryStream, diaryOf, usualOf } from "../diary/diary.ts";
import type { Household } from "../pattern.ts";
import { maximal } from "./maximal.ts";
import type { RoomBased } from "./room-habit.ts";
import { setsOf, type TogetherSet } from "./sets.ts";
import { type Partner, partnerOf, WITHIN } from "./together.ts";

export type { RoomBased, RoomMember } from "./room-habit.ts";

const LEAST_CONFIDENCE = 0.3; // less is no habit, however unlikely by chance
const LEAST_DAYS = 5;
const MOST_STREAMS = 150; // of one area, the most used: bounds the pairs that are tried

/**
 * What is done together in one area within some minutes, in whatever order; only the largest sets.
 *
 * Each member is held against how often it is done at that time of day anyway (exact Poisson binomial tail), the
 * further ones given that the set so far was done. All ordered pairs of an area count as tests.
 */
export function findRoomBased(
  household: Household,
  onCapped?: (streams: number) => void,
): RoomBased[] {
  const diary = diaryOf(household);
  const usual = usualOf(diary);
  const triesOf = triesIn(diary);
  const acts = diary.streams.filter(({ isTrace }) => !isTrace);
  const areas = areasOf(acts, household);
  onCapped?.(areas.reduce((sum, { capped }) => sum + capped, 0));
  const sets: { readonly areaId: string; readonly set: TogetherSet }[] = [];
  let tests = 0;
  for (const { areaId, streams } of areas) {
    const sides = streams.map((first) => ({
      ...{ first, tries: triesOf(first, WITHIN), partners: [] as Partner[] },
    }));
    for (const stream of streams) {
      for (const { first, tries, partners } of sides) {
        if (first.entityId === stream.entityId) continue;
        const partner = partnerOf({ tries, stream, usual });
        if (partner) partners.push(partner);
        tests += 1;
      }
    }
    for (const side of sides) sets.push(...setsOf(side).map((set) => ({ areaId, set })));
  }
  const chances = sets.map(({ set: { chance } }) => chance);
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, Math.max(0, tests - sets.length));
  const found = sets
    .filter((_, index) => believed.has(index))
    .flatMap(({ areaId, set }) => toPattern(areaId, set) ?? []);
  return maximal(found);
}

function areasOf(streams: readonly DiaryStream[], { areaOf }: Household) {
  const byArea = Map.groupBy(streams, ({ entityId }) => areaOf?.(entityId));
  return [...byArea].flatMap(([areaId, all]) => {
    if (areaId === undefined) return [];
    const most = [...all].sort((one, other) => other.acts.length - one.acts.length);
    const streams = most.slice(0, MOST_STREAMS);
    return [{ areaId, streams, capped: most.length - streams.length }];
  });
}

function toPattern(areaId: string, set: TogetherSet): RoomBased | undefined {
  const { first, tries, others, chance, lift } = set;
  const { hours, chances, confidence, missed } = outlookOf(tries, set.isSeen);
  const seen = chances.filter(({ isSeen }) => isSeen);
  const isRare = new Set(seen.map(({ day }) => day)).size < LEAST_DAYS;
  if (isRare || confidence < LEAST_CONFIDENCE) return undefined;
  const shareOf = ({ isNear }: Partner) =>
    chances.filter(({ place }) => isNear[place]).length / chances.length;
  const members = [
    { entityId: first.entityId, to: first.to, share: 1 },
    ...others.map((one) => ({
      ...{ entityId: one.stream.entityId, to: one.stream.to, share: shareOf(one) },
    })),
  ];
  const names = members.map(({ entityId, to }) => `${entityId} ${to}`).sort();
  const actAt = new Map([...first.at].map((at, n) => [at, first.acts[n]]));
  return {
    ...{ key: ["room_based", areaId, ...names].join("|"), kind: "room_based", areaId, members },
    entityIds: members.map(({ entityId }) => entityId),
    withinMinutes: WITHIN,
    ...(hours ? { hours } : {}),
    seen: seen.flatMap(({ place }) => actAt.get(tries.at[place] as number) ?? []),
    ...{ missed, confidence, lift, chance },
  };
}
