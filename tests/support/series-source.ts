import type { RecordedChange } from "#src/ingest/history/history.ts";
import type { SeriesSource } from "#src/ingest/influx/influx.ts";
import {
  bucketMsOf,
  bucketsOf,
  type Naming,
  type SeriesRow,
  toBuckets,
  toSeries,
} from "#src/ingest/influx/series.ts";
import { CAUSE_KINDS } from "#src/ingest/normalize/normalize.ts";

/** The plainest answer there can be: from a list of changes, oldest first. */
export function listSource(changes: readonly RecordedChange[], naming: Naming): SeriesSource {
  const rowsOf = (entityId: string): SeriesRow[] =>
    changes
      .filter((change) => change.entityId === entityId && change.kind !== "attributes")
      .map((change) => ({
        at: change.at,
        state: change.newState ?? "",
        ...(change.value === undefined ? {} : { value: change.value }),
        ...(change.unit === undefined ? {} : { unit: change.unit }),
        cause: CAUSE_KINDS.indexOf(change.cause.kind),
      }));
  const series: SeriesSource["series"] = async ({ entityIds, from, to }) =>
    entityIds.map((entityId) => {
      const rows = rowsOf(entityId);
      const before = rows.findLast(({ at }) => at < from);
      return toSeries(
        entityId,
        naming,
        before,
        rows.filter(({ at }) => at >= from && at < to),
      );
    });
  return {
    series,
    async buckets(query) {
      const bucketMs = bucketMsOf(query);
      return (await series(query)).map((one) =>
        toBuckets(
          one.entityId,
          naming(one.entityId),
          bucketMs,
          bucketsOf(one, query.from, bucketMs),
        ),
      );
    },
  };
}
