import { MINUTE_MS } from "#foundation/time.ts";
import { createCounter } from "../diary/diary.ts";
import type { Sequence } from "./chain.ts";

/** Two chains with so many steps, or all but one, in the same order, mostly on the same occasions, tell the same. */
const SAME = { steps: 3, minutes: 30, share: 0.5 };

/** Each chain once: none that is part of a longer one, or told of the same occasions by a better one. */
export function longest(found: readonly Sequence[]): Sequence[] {
  const order = [...found].sort(
    (one, other) =>
      other.steps.length - one.steps.length ||
      other.confidence - one.confidence ||
      one.chance - other.chance ||
      one.key.localeCompare(other.key),
  );
  const kept: Sequence[] = [];
  for (const one of order) if (!kept.some((other) => isToldBy(other, one))) kept.push(one);
  return kept.sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}

function isToldBy(other: Sequence, one: Sequence): boolean {
  const common = inCommon(namesOf(one), namesOf(other));
  if (common === one.steps.length) return true;
  const enough = Math.min(SAME.steps, one.steps.length - 1);
  return common >= enough && occasionsOf(one, other) >= SAME.share * one.seen.length;
}

/** On how many of its occasions the other was done as well. */
function occasionsOf(one: Sequence, other: Sequence): number {
  const near = SAME.minutes * MINUTE_MS;
  const count = createCounter(Float64Array.from(other.seen, ({ at }) => at));
  return one.seen.filter(({ at }) => count(at - near, at + near) > 0).length;
}

const namesOf = ({ steps }: Sequence) => steps.map(({ entityId, to }) => `${entityId} ${to}`);

/** The length of the longest row of steps that both have in the same order; five times five steps at most. */
function inCommon(steps: readonly string[], others: readonly string[]): number {
  let before: number[] = new Array(others.length + 1).fill(0);
  for (const step of steps) {
    const now = [0];
    for (const [n, other] of others.entries()) {
      const left = now[n] as number;
      const above = before[n + 1] as number;
      now.push(step === other ? (before[n] as number) + 1 : Math.max(left, above));
    }
    before = now;
  }
  return before.at(-1) as number;
}
