import { and, asc, gte, lt } from "drizzle-orm";
import { HOUR_MS } from "#foundation/time.ts";
import type { Db, Write } from "#store/database.ts";
import { occupancyPrediction } from "./calendar.table.ts";
import type { OccupancyHour } from "./prediction.ts";

/** What was foreseen of the hours that begin in that time, oldest first. */
export const readPredictions = (db: Db, from: number, to: number): OccupancyHour[] =>
  db
    .select()
    .from(occupancyPrediction)
    .where(and(gte(occupancyPrediction.start, from), lt(occupancyPrediction.start, to)))
    .orderBy(asc(occupancyPrediction.start))
    .all()
    .map(({ start, home }) => ({ start, end: start + HOUR_MS, home }));

/** What was foreseen first stays: later one knows more. */
const INSERT = `insert into occupancy_prediction (start, home, made_at) values (?, ?, ?)
  on conflict (start) do nothing`;

export const toPredictionWrites = (
  hours: readonly OccupancyHour[],
  { madeAt, forgetBefore }: { readonly madeAt: number; readonly forgetBefore: number },
): Write[] => [
  {
    sql: INSERT,
    rows: hours.flatMap(({ start, home }) => (home === undefined ? [] : [[start, home, madeAt]])),
  },
  { sql: "delete from occupancy_prediction where start < ?", rows: [[forgetBefore]] },
];
