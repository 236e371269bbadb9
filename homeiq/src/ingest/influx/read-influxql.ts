import { CAUSE_KINDS } from "#ingest/normalize/normalize.ts";
import { type Influx, quoteName, quoteText, type Row } from "#store/influx/influx.ts";
import { MEASUREMENT } from "./points.ts";
import {
  type Buckets,
  bucketMsOf,
  type NameOf,
  type Range,
  type Series,
  type SeriesRow,
  toBuckets,
  toSeries,
} from "./series.ts";

/** One entity's questions, in InfluxQL. */
export interface EntityReader {
  series(entityId: string, range: Range): Promise<Series>;
  buckets(entityId: string, query: Range & { readonly count: number }): Promise<Buckets>;
}

const FROM = quoteName(MEASUREMENT);
const UNKNOWN = CAUSE_KINDS.indexOf("unknown");

/** Reads with InfluxQL, which InfluxDB 1 has, and 2 where the bucket is mapped. */
export function createInfluxqlReader(
  influx: Pick<Influx, "influxql">,
  nameOf: NameOf,
  signal: AbortSignal,
): EntityReader {
  const ofEntity = (entityId: string) => `"entity_id" = ${quoteText(entityId)}`;
  const within = ({ from, to }: Range) => `time >= ${from}ms AND time < ${to}ms`;

  async function rows(statement: string): Promise<SeriesRow[]> {
    const found: SeriesRow[] = [];
    for await (const row of influx.influxql(statement, signal)) found.push(toRow(row));
    return found;
  }

  /** The newest there is in the range. */
  async function unitOf(entityId: string, range: Range): Promise<{ unit?: string }> {
    const statement = `SELECT "unit" FROM ${FROM} WHERE ${ofEntity(entityId)} AND ${within(range)}
      ORDER BY time DESC LIMIT 1`;
    for await (const { unit } of influx.influxql(statement, signal)) {
      if (typeof unit === "string") return { unit };
    }
    return {};
  }

  return {
    async series(entityId, range) {
      // Every point has a kind, also that of an entity that vanished, which has no state.
      const select = `SELECT "kind", "state", "value", "unit", "cause" FROM ${FROM} WHERE ${ofEntity(entityId)}`;
      const [before] = await rows(
        `${select} AND time < ${range.from}ms ORDER BY time DESC LIMIT 1`,
      );
      const found = await rows(`${select} AND ${within(range)}`);
      return toSeries({ entityId, name: nameOf(entityId) }, before, found);
    },

    async buckets(entityId, query) {
      const bucketMs = bucketMsOf(query);
      const statement = `SELECT min("value") AS "min", max("value") AS "max", mean("value") AS "mean",
        last("value") AS "last", count("value") AS "n" FROM ${FROM}
        WHERE ${ofEntity(entityId)} AND ${within(query)}
        GROUP BY time(${bucketMs}ms, ${query.from % bucketMs}ms) fill(none)`;
      const found = [];
      for await (const row of influx.influxql(statement, signal)) {
        const { time, min, max, mean, last, n } = row;
        found.push({
          start: Number(time),
          min: Number(min),
          max: Number(max),
          mean: Number(mean),
          last: Number(last),
          n: Number(n),
        });
      }
      const unit = await unitOf(entityId, query);
      return toBuckets({ entityId, name: nameOf(entityId), ...unit }, bucketMs, found);
    },
  };
}

function toRow({ time, state, value, unit, cause }: Row): SeriesRow {
  return {
    at: Number(time),
    ...(typeof state === "string" ? { state } : {}),
    ...(typeof value === "number" ? { value } : {}),
    ...(typeof unit === "string" ? { unit } : {}),
    cause: causeIndex(cause),
  };
}

/** Index into `CAUSE_KINDS`; a cause that a newer version wrote is unknown here. */
export function causeIndex(cause: unknown): number {
  const index = (CAUSE_KINDS as readonly unknown[]).indexOf(cause); // looked for, not trusted
  return index < 0 ? UNKNOWN : index;
}
