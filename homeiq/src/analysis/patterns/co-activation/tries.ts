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
    const tries = firstOf(trigger, pauseMinutes * MINUTE_MS);
    ofTrigger.set(pauseMinutes, tries);
    return tries;
  };
});

function firstOf({ at, day, minute }: DiaryStream, pauseMs: number): Tries {
  const [moments, minutes] = [new Float64Array(at.length), new Float64Array(at.length)];
  const days = new Int32Array(at.length);
  let kept = 0;
  let before = Number.NEGATIVE_INFINITY;
  for (let n = 0; n < at.length; n += 1) {
    const now = at[n] as number;
    if (now - before > pauseMs) {
      moments[kept] = now;
      days[kept] = day[n] as number;
      minutes[kept] = minute[n] as number;
      kept += 1;
    }
    before = now;
  }
  return { at: moments.slice(0, kept), day: days.slice(0, kept), minute: minutes.slice(0, kept) };
}
