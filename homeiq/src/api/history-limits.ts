import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { type Span, STATISTIC_PERIODS, type StatisticPeriod } from "#ingest/history/history.ts";

/** Raw changes: a month of one entity, a day of thirty. A busy sensor makes 43,200 changes in a month. */
const MOST_RAW_ENTITY_MS = 31 * DAY_MS;
const MOST_RAW_ENTITIES = 200; // for a day: what a page of all rooms asks for
const MOST_POINTS = 100_000; // in one answer, about 5 MB of JSON
const MOST_STATISTIC_ROWS = 100_000;
const MOST_ACTIVITY_MS = 400 * DAY_MS; // a year, and the same days of the year before

const PERIOD_MS: Readonly<Record<StatisticPeriod, number>> = {
  "5minute": 5 * MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 28 * DAY_MS,
};

/** Throws `invalid` that names what can be answered instead: fewer points, or points at all. */
export function limitHistory({ from, to, entityIds, points }: HistoryAsked): void {
  if (points !== undefined) {
    const most = Math.floor(MOST_POINTS / entityIds.length);
    if (points <= most) return;
    throw new AppError(
      "invalid",
      "history.too_many_points",
      `For ${entityIds.length} entities ask for at most points=${most}`,
      { facts: { mostPoints: most } },
    );
  }
  const spanMs = to - from;
  const perEntityMs = rawSpan(entityIds.length);
  if (spanMs <= perEntityMs) return;
  throw new AppError(
    "invalid",
    "history.range_too_long",
    `Of so many entities (${entityIds.length}) every single change is answered for at most ${toDays(perEntityMs)}. ` +
      "Ask for points=500, or for /statistics, or export a file.",
    { facts: { mostMs: perEntityMs, points: 500 } },
  );
}

interface HistoryAsked extends Span {
  readonly entityIds: readonly string[];
  readonly points?: number;
}

/** Throws `invalid` that names the shortest period that can be answered. */
export function limitStatistics({ from, to, entityIds, period }: StatisticsAsked): void {
  const rowsBy = (one: StatisticPeriod) =>
    Math.ceil((to - from) / PERIOD_MS[one]) * entityIds.length;
  if (rowsBy(period) <= MOST_STATISTIC_ROWS) return;
  const fitting = STATISTIC_PERIODS.find((one) => rowsBy(one) <= MOST_STATISTIC_ROWS) ?? "month";
  throw new AppError(
    "invalid",
    "statistics.too_many_rows",
    `That would be ${rowsBy(period)} rows. Ask for period=${fitting}, or export a file.`,
    { facts: { rows: rowsBy(period), most: MOST_STATISTIC_ROWS, period: fitting } },
  );
}

interface StatisticsAsked extends Span {
  readonly entityIds: readonly string[];
  readonly period: StatisticPeriod;
}

/** Throws `invalid` for more than about a year. */
export function limitActivity({ from, to }: Span): void {
  if (to - from <= MOST_ACTIVITY_MS) return;
  throw new AppError(
    "invalid",
    "analytics.range_too_long",
    `Activity is counted over at most ${toDays(MOST_ACTIVITY_MS)}`,
    { facts: { mostMs: MOST_ACTIVITY_MS } },
  );
}

/** The more entities, the shorter; a day is always answered. */
const rawSpan = (entities: number) =>
  Math.max(DAY_MS, Math.min(MOST_RAW_ENTITY_MS, (MOST_RAW_ENTITIES * DAY_MS) / entities));

const toDays = (ms: number) => `${Math.floor(ms / DAY_MS)} days`;
