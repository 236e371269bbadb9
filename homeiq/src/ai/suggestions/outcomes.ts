import { DAY_MS } from "#foundation/time.ts";
import type { SuggestionStatus } from "./suggestion.ts";
import type { Row } from "./suggestions.store.ts";
import type { Outcome, Outcomes } from "./suggestions.ts";

const DUE_DAYS = 30;
const Z = 1.96; // 95 of 100

/** What became of what was suggested. */
export function outcomesOf(rows: readonly Row[], now: number): Outcomes {
  const bySource = [...Map.groupBy(rows, ({ source }) => source)];
  const byKind = [...Map.groupBy(rows, ({ found }) => found.kind)];
  return {
    all: outcomeOf(rows, now),
    bySource: bySource.map(([source, some]) => ({ source, ...outcomeOf(some, now) })),
    byKind: byKind.map(([kind, some]) => ({ kind, ...outcomeOf(some, now) })),
  };
}

const was = ({ history }: Row, status: SuggestionStatus) =>
  history.some((change) => change.status === status);

function outcomeOf(rows: readonly Row[], now: number): Outcome {
  const count = (fits: (row: Row) => boolean) => rows.filter(fits).length;
  const isDue = ({ deployedAt }: Row) =>
    deployedAt !== null && now - deployedAt >= DUE_DAYS * DAY_MS;
  const accepted = count(isYes);
  const dismissed = count(({ status }) => status === "dismissed");
  const sum = (of: (row: Row) => number) => rows.reduce((all, row) => all + of(row), 0);
  return {
    shown: count((row) => was(row, "open")),
    ...{ accepted, dismissed },
    deployed: count(({ deployedAt }) => deployedAt !== null),
    kept: count((row) => isDue(row) && row.status === "kept"),
    due: count(isDue),
    undone: count(({ status }) => status === "undone"),
    overrides: sum((row) => row.overrides),
    runs: sum((row) => row.runs),
    ...(accepted + dismissed > 0 ? { acceptance: wilson(accepted, accepted + dismissed) } : {}),
  };
}

const isYes = (row: Row): boolean =>
  row.status !== "dismissed" && (row.draftId !== null || row.deployedAt !== null);

/** Of so many, with the interval of Wilson. */
function wilson(some: number, all: number) {
  const value = some / all;
  const spread = Z * Math.sqrt((value * (1 - value)) / all + Z ** 2 / (4 * all ** 2));
  const [middle, scale] = [value + Z ** 2 / (2 * all), 1 + Z ** 2 / all];
  const inRange = (one: number) => Math.min(1, Math.max(0, one));
  return {
    value,
    low: inRange((middle - spread) / scale),
    high: inRange((middle + spread) / scale),
  };
}
