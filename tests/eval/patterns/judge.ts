import type { Pattern } from "#src/analysis/patterns/any-pattern.ts";
import type { MixedHome, Planted } from "./mixed.ts";

export interface Judged {
  readonly patterns: readonly { readonly pattern: Pattern; readonly isTrue: boolean }[];
  readonly planted: readonly { readonly planted: Planted; readonly isFound: boolean }[];
}

const MOSTLY = 0.5; // of the times it was seen

/**
 * What was found, against what was planted.
 *
 * A pattern is true where one thing that was planted has all its entities, allows what it claims, and made most of the
 * acts that it names. What was planted is found where a pattern tells it.
 */
export function judge({ planted, acts }: MixedHome, found: readonly Pattern[]): Judged {
  // A plan of an evening is no habit of its own, and is not judged here.
  const habits = found.filter(({ kind }) => kind !== "presence_plan");
  const isTrue = (pattern: Pattern) => {
    const { entityIds, seen } = pattern;
    const isSo = planted.some(
      (one) => entityIds.every((id) => one.entityIds.includes(id)) && one.allows(pattern),
    );
    if (pattern.kind === "duration" || pattern.kind === "left_on") return isSo;
    return isSo && seen.filter((act) => acts.has(act)).length >= MOSTLY * seen.length;
  };
  return {
    patterns: habits.map((pattern) => ({ pattern, isTrue: isTrue(pattern) })),
    planted: planted
      .filter(({ kind }) => kind !== undefined)
      .map((one) => ({ planted: one, isFound: habits.some((pattern) => one.tells(pattern)) })),
  };
}
