import { learnNextActions, type Seen } from "#src/analysis/patterns/next-action/next-action.ts";
import type { Change, Household } from "#src/analysis/patterns/pattern.ts";

const LEARNED_SHARE = 0.75;
const TOP = 3;
const LAST = 10;

/** Of how many acts the next one was among the three that were thought likeliest. */
export interface TopThree {
  readonly acts: number;
  readonly predicted: number;
  readonly mostFrequent: number;
  readonly afterLast: number;
}

/** What is learned from the first three quarters, held against the last, and against two plain ways to guess. */
export function topThreeOf(household: Household): TopThree {
  const changes = allChanges(household);
  const until = household.from + (household.to - household.from) * LEARNED_SHARE;
  const known = changes.filter(({ at }) => at < until);
  const { next } = learnNextActions(household, known);
  const frequent = rankedOf(known.filter(({ byPeople }) => byPeople).map(nameOf));
  const after = new Map<string, string[]>();
  for (const [n, one] of known.entries()) {
    const before = known[n - 1];
    if (!one.byPeople || !before) continue;
    const own = after.get(nameOf(before)) ?? [];
    after.set(nameOf(before), [...own, nameOf(one)]);
  }
  let [acts, predicted, mostFrequent, afterLast] = [0, 0, 0, 0];
  for (const [n, one] of changes.entries()) {
    if (n < known.length || !one.byPeople) continue;
    const last: readonly Seen[] = changes.slice(Math.max(0, n - LAST), n);
    const name = nameOf(one);
    const markov = rankedOf(after.get(nameOf(last.at(-1) ?? one)) ?? []);
    acts += 1;
    if (next(last, one.at).slice(0, TOP).map(nameOf).includes(name)) predicted += 1;
    if (frequent.slice(0, TOP).includes(name)) mostFrequent += 1;
    if ([...new Set([...markov, ...frequent])].slice(0, TOP).includes(name)) afterLast += 1;
  }
  return { acts, predicted, mostFrequent, afterLast };
}

function allChanges({ acts, traces = [] }: Household): Change[] {
  const all = [
    ...acts.map((act) => ({ ...act, byPeople: true })),
    ...traces.map((act) => ({ ...act, byPeople: false })),
  ];
  return all.sort((one, other) => one.at - other.at);
}

const nameOf = ({ entityId, to }: { readonly entityId: string; readonly to: string }) =>
  `${entityId} ${to}`;

/** The most frequent first. */
function rankedOf(names: readonly string[]): string[] {
  return [...Map.groupBy(names, (one) => one)]
    .sort(([, one], [, other]) => other.length - one.length)
    .map(([name]) => name);
}
