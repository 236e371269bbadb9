import type { Suggestion } from "#lib/suggestion-api.ts";

/** What can be said in a number: a factor of the score, the whole of it, how it played back, what it saves. */
type Point = "total" | "test" | "saving" | Suggestion["score"]["factors"][number]["name"];

const NOTICED = 0.01; // what a person sees as the same is not better

/** The id of the one that is better in this; `undefined` when neither is, or it cannot be said of both. */
export function betterOf(both: readonly Suggestion[], point: Point): string | undefined {
  if (point === "saving" && new Set(both.map(({ saving }) => saving?.unit)).size > 1)
    return undefined;
  const known = both.flatMap((one) => {
    const value = numberOf(one, point);
    return value === undefined ? [] : [{ id: one.id, value }];
  });
  if (known.length < 2 || known.length < both.length) return undefined;
  const [best, next] = known.toSorted((one, other) => other.value - one.value);
  return best && next && best.value - next.value >= NOTICED ? best.id : undefined;
}

function numberOf({ score, backTest, saving }: Suggestion, point: Point): number | undefined {
  if (point === "total") return score.total;
  if (point === "saving") return saving?.value;
  if (point !== "test") return score.factors.find(({ name }) => name === point)?.value;
  // Of its runs, how many more were as people did than against them.
  if (backTest?.state !== "done" || backTest.runs === 0) return undefined;
  return (backTest.matched - backTest.annoying) / backTest.runs;
}
