import { median } from "#foundation/median.ts";
import type { Diary, DiaryStream } from "../diary/diary.ts";
import { outlookOf } from "./outlook.ts";
import type { CoActivation } from "./pair.ts";
import type { Pair } from "./significant-pairs.ts";

/** What a pair says of the household now. */
export function toPattern({ streams }: Diary, { trigger, act, trial, chance }: Pair): CoActivation {
  const [cause, effect] = [streams[trigger] as DiaryStream, streams[act] as DiaryStream];
  const { hits, tries, withinMinutes } = trial;
  const outlook = outlookOf(
    tries,
    Array.from(hits, (hit) => hit >= 0),
  );
  const seen = outlook.chances.filter(({ isSeen }) => isSeen);
  const indexOf = (place: number) => hits[place] as number;
  const delays = seen.map(
    ({ place }) => ((effect.at[indexOf(place)] as number) - (tries.at[place] as number)) / 1000,
  );
  const delaySeconds = median(delays);
  const { hours, confidence, missed } = outlook;
  const { entityId, to } = effect;
  return {
    key: ["co_activation", cause.entityId, cause.to, entityId, to].join("|"),
    kind: "co_activation",
    trigger: { entityId: cause.entityId, to: cause.to, isTrace: cause.isTrace },
    ...{ entityIds: [entityId, cause.entityId], entityId, to, withinMinutes, delaySeconds },
    scatterSeconds: median(delays.map((delay) => Math.abs(delay - delaySeconds))),
    ...(hours ? { hours } : {}),
    seen: seen.flatMap(({ place }) => effect.acts[indexOf(place)] ?? []),
    ...{ missed, confidence, chance },
    lift: trial.times / Math.max(trial.expected, 1e-9),
  };
}
