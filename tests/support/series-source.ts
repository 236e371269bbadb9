import type { RecordedChange } from "#src/ingest/history/history.ts";
import {
  bucketMsOf,
  bucketsOf,
  type SeriesRow,
  type SeriesSource,
  toBuckets,
  toSeries,
} from "#src/ingest/influx/series.ts";
import { CAUSE_KINDS } from "#src/ingest/normalize/normalize.ts";

/** The plainest answer there can be: from a list of changes, oldest first. */
export function listSource(changes: readonly RecordedChange[]): SeriesSource {
  const rowsOf = (entityId: string): SeriesRow[] =>
    changes
      .filter((change) => change.entityId === entityId)
      .map(({ at, newState, value, unit, cause }) => ({
        at,
        ...(newState === undefined ? {} : { state: newState }),
        ...(value === undefined ? {} : { value }),
        ...(unit === undefined ? {} : { unit }),
        cause: CAUSE_KINDS.indexOf(cause.kind),
      }));
  const series: SeriesSource["series"] = async ({ entityIds, from, to }) =>
    entityIds.map((entityId) => {
      const rows = rowsOf(entityId);
      const before = rows.findLast(({ at }) => at < from);
      const within = rows.filter(({ at }) => at >= from && at < to);
      return toSeries({ entityId, name: entityId }, before, within);
    });
  return {
    series,
    async buckets(query) {
      const bucketMs = bucketMsOf(query);
      return (await series(query)).map((one) => {
        const { entityId, name, unit } = one;
        const entity = { entityId, name, ...(unit === undefined ? {} : { unit }) };
        return toBuckets(entity, bucketMs, bucketsOf(one, query.from, bucketMs));
      });
    },
  };
}
