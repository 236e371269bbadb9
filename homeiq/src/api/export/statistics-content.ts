import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type {
  EntityStatistics,
  History,
  Span,
  StatisticPeriod,
  StatisticRow,
} from "#ingest/history/history.ts";
import { type Frame, toPeriod } from "./events-content.ts";
import type { Column, Content } from "./export.ts";
import { createSeriesCharts } from "./series-charts.ts";

/** One row of the file: an entity in one period. */
export interface ExportedStatistic extends StatisticRow {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
}

interface Query extends Span {
  readonly entityIds: readonly string[];
  readonly period: StatisticPeriod;
}

const PERIOD_WORDS: Readonly<Record<StatisticPeriod, string>> = {
  "5minute": "5 minutes",
  hour: "Hour",
  day: "Day",
  week: "Week",
  month: "Month",
};
const LENGTH_MS: Readonly<Record<StatisticPeriod, number>> = {
  "5minute": 5 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 31 * DAY_MS,
};
const MOST_CHARTED = 8;

/** Statistics as a file: entity after entity, oldest period first. */
export function statisticsContent(
  frame: Frame,
  { query, rows }: { query: Query; rows: AsyncIterable<readonly ExportedStatistic[]> },
): Content<ExportedStatistic> {
  const { entityIds, period } = query;
  return {
    name: "statistics",
    title: `Statistics by ${PERIOD_WORDS[period].toLowerCase()}`,
    subject: entityIds.length > 12 ? `${entityIds.length} entities` : entityIds.join(", "),
    period: toPeriod(query, frame.time),
    houseName: frame.houseName,
    createdAt: frame.createdAt,
    time: frame.time,
    columns: COLUMNS,
    rows,
    summarize: () => summarize(query),
  };
}

/** At most so many periods are asked for at once: a few hundred kilobytes. */
const PERIODS_AT_ONCE = 2_000;
/** Longer periods have few rows, and begin at local midnight: they are not cut. */
const CUT = new Set<StatisticPeriod>(["5minute", "hour"]);

/** The same rows in blocks of bounded size, however long the period and however many the entities. */
export async function* scanStatistics(
  { statistics }: Pick<History, "statistics">,
  query: Query & { readonly timeZone: string },
  signal: AbortSignal,
): AsyncGenerator<readonly ExportedStatistic[], void> {
  for (const entityId of query.entityIds) {
    for (const { from, to } of cuts(query)) {
      signal.throwIfAborted();
      const { period, timeZone } = query;
      const answers = await statistics({ entityIds: [entityId], from, to, period, timeZone });
      for (const answer of answers) yield answer.rows.map((row) => toExported(answer, row));
    }
  }
}

function* cuts({ from, to, period }: Query): Generator<Span> {
  if (!CUT.has(period)) {
    yield { from, to };
    return;
  }
  const stepMs = PERIODS_AT_ONCE * LENGTH_MS[period];
  let start = from;
  while (start < to) {
    // Cuts lie between two periods, so that none is told in two halves.
    const end = Math.min(to, (Math.floor(start / stepMs) + 1) * stepMs);
    yield { from: start, to: end };
    start = end;
  }
}

function toExported({ entityId, name, unit }: EntityStatistics, row: StatisticRow) {
  return { entityId, name, ...(unit ? { unit } : {}), ...row };
}

function summarize({ from, to, period }: Query) {
  const series = createSeriesCharts({ from, to, gapAfterMs: 1.5 * LENGTH_MS[period] });
  const charted = new Set<string>();
  const entities = new Set<string>();
  let periods = 0;
  let changes = 0;
  return {
    add(row: ExportedStatistic) {
      periods += 1;
      changes += row.n;
      entities.add(row.entityId);
      if (charted.size < MOST_CHARTED) charted.add(row.entityId);
      if (!charted.has(row.entityId)) return;
      const { entityId, name, unit, start } = row;
      const of = { entityId, name, at: start, ...(unit ? { unit } : {}) };
      for (const value of [row.min, row.timeWeightedMean ?? row.mean, row.max]) {
        if (value !== undefined) series.add({ ...of, value });
      }
    },
    figures: () => [
      { label: "Entities", value: entities.size.toLocaleString("en-US") },
      { label: "Periods", value: periods.toLocaleString("en-US") },
      { label: "Changes", value: changes.toLocaleString("en-US") },
    ],
    charts: () => series.charts().filter(({ kind }) => kind === "line"),
  };
}

const number = (
  key: string,
  title: string,
  value: (row: ExportedStatistic) => number | undefined,
): Column<ExportedStatistic> => ({ key, title, type: "number", width: 12, value });

const printed = (column: Column<ExportedStatistic>): Column<ExportedStatistic> => ({
  ...column,
  printed: true,
});

const COLUMNS: readonly Column<ExportedStatistic>[] = [
  printed({ key: "start", title: "Start", type: "moment", width: 24, value: ({ start }) => start }),
  { key: "end", title: "End", type: "moment", width: 24, value: ({ end }) => end },
  { key: "entity_id", title: "Entity id", type: "text", width: 34, value: (row) => row.entityId },
  printed({ key: "name", title: "Name", type: "text", width: 30, value: ({ name }) => name }),
  printed({ key: "unit", title: "Unit", type: "text", width: 8, value: ({ unit }) => unit }),
  number("changes", "Changes", ({ n }) => n),
  printed(number("mean", "Mean", ({ mean }) => mean)),
  number("time_weighted_mean", "Mean over time", ({ timeWeightedMean }) => timeWeightedMean),
  printed(number("min", "Lowest", ({ min }) => min)),
  printed(number("max", "Highest", ({ max }) => max)),
  printed(number("sum", "Rise", ({ sum }) => sum)),
  number("last", "Last", ({ last }) => last),
  {
    key: "state_ms",
    title: "Time in each state (ms)",
    type: "json",
    width: 40,
    value: ({ states }) => states && JSON.stringify(states),
  },
  {
    key: "source",
    title: "Source",
    type: "text",
    width: 16,
    value: ({ source }) => source ?? "homeiq",
  },
];
