import type { EntityHistory, HistoryAnswer } from "#lib/history-api.ts";
import type { Bucket, EntityRows } from "#lib/history-shapes.ts";

/** The answer, continued into the past by statistics where the changes themselves are not kept any more. */
export function withOlder(answer: HistoryAnswer, statistics: readonly EntityRows[]): HistoryAnswer {
  const rowsOf = new Map(statistics.map((one) => [one.entityId, one.rows]));
  const entities = answer.entities.map((entity) => {
    if (!entity.numeric) return entity;
    const known = toBuckets(entity);
    const first = known[0]?.[0] ?? Number.POSITIVE_INFINITY;
    const older = (rowsOf.get(entity.entityId) ?? []).flatMap(
      ({ start, end, mean, timeWeightedMean, min, max, last }): Bucket[] => {
        const value = timeWeightedMean ?? mean ?? last;
        if (value === undefined || end > first) return [];
        return [[start, min ?? value, max ?? value, value, last ?? value, 1]];
      },
    );
    const [one, next] = older;
    if (!one) return entity;
    const { points: _points, before: _before, ...rest } = entity;
    const stepMs = next ? next[0] - one[0] : 0;
    const resolution = entity.resolution === "raw" ? stepMs : Math.max(stepMs, entity.resolution);
    return { ...rest, resolution, buckets: [...older, ...known] };
  });
  return { ...answer, entities };
}

function toBuckets({ buckets, points }: EntityHistory): readonly Bucket[] {
  if (buckets) return buckets;
  return (points ?? []).flatMap(([at, value]): Bucket[] =>
    value === null ? [] : [[at, value, value, value, value, 1]],
  );
}
