import { MINUTE_MS } from "#foundation/time.ts";
import type { Diary, DiaryStream, Moments } from "../diary/diary.ts";
import { once } from "../once/once.ts";

/** What could have had something follow it: the first act of each burst. */
export type Tries = Moments;

export type TriesOf = (trigger: DiaryStream, pauseMinutes: number) => Tries;

/** Remembers them, because a trigger is asked about for many acts. */
export const triesIn = once((_: Diary): TriesOf => {
  const known = new Map<DiaryStream, Map<number, Tries>>();
  return (trigger, pauseMinutes) => {
    const ofTrigger = known.get(trigger) ?? new Map<number, Tries>();
    if (ofTrigger.size === 0) known.set(trigger, ofTrigger);
    const before = ofTrigger.get(pauseMinutes);
    if (before) return before;
    const { at, day, minute } = trigger;
    const isFirst = (_: number, n: number) =>
      n === 0 || (at[n] as number) - (at[n - 1] as number) > pauseMinutes * MINUTE_MS;
    const [moments, days, minutes] = [
      at.filter(isFirst),
      day.filter(isFirst),
      minute.filter(isFirst),
    ];
    const tries = { at: moments, day: days, minute: minutes };
    ofTrigger.set(pauseMinutes, tries);
    return tries;
  };
});
