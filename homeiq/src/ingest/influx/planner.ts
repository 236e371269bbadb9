import {
  bucketCountFor,
  type EntityAnswer,
  type History,
  toAnswerJson,
} from "#ingest/history/history.ts";
import {
  type Buckets,
  bucketMsOf,
  bucketsOf,
  rowsOfBuckets,
  type Series,
  type SeriesSource,
  saysNumbers,
  toBuckets,
} from "./series.ts";

/** The questions that may need InfluxDB, because our own store no longer has every change. */
export type PastQueries = Pick<History, "series" | "buckets" | "historyJson">;

interface Deps {
  readonly history: PastQueries & Pick<History, "heldSince">;
  /** InfluxDB, while it answers and can be read; `undefined` otherwise. */
  influx(): SeriesSource | undefined;
  /** InfluxDB could not answer; our own store did, for as far as it goes. */
  onFailure(error: unknown): void;
}

/**
 * Chooses, for each question, who answers: our own store for all it holds, InfluxDB for the time before.
 *
 * Without InfluxDB, or when it fails, the answer is our own store's, which is right as far as it goes.
 */
export function planPast({ history, influx, onFailure }: Deps): PastQueries {
  /** Entities whose range begins before our own store has them, with the moment from which it has. */
  async function findOlder(entityIds: readonly string[], from: number) {
    if (!influx()) return new Map<string, number>();
    const held = await history.heldSince(entityIds);
    return new Map([...held].filter(([, since]) => since > from));
  }

  async function ask<T>(question: (source: SeriesSource) => Promise<readonly T[]>) {
    const source = influx();
    if (!source) return [];
    try {
      return await question(source);
    } catch (error) {
      onFailure(error);
      return [];
    }
  }

  const planned: PastQueries = {
    async series(query) {
      const older = await findOlder(query.entityIds, query.from);
      const both = [...older].map(async ([entityId, since]) => {
        const cut = Math.min(since, query.to);
        const entityIds = [entityId];
        const [[early], [late]] = await Promise.all([
          ask((source) => source.series({ entityIds, from: query.from, to: cut })),
          history.series({ entityIds, from: cut, to: query.to }),
        ]);
        return early && late ? joinSeries(early, late) : (early ?? late);
      });
      const entityIds = query.entityIds.filter((entityId) => !older.has(entityId));
      const own = entityIds.length > 0 ? await history.series({ ...query, entityIds }) : [];
      return inOrder(query.entityIds, [...own, ...(await Promise.all(both))]);
    },

    async buckets(query) {
      const older = await findOlder(query.entityIds, query.from);
      const bucketMs = bucketMsOf(query);
      const both = [...older].map(async ([entityId, since]) => {
        // The span in which our own store begins is InfluxDB's as a whole.
        const spans = Math.ceil((since - query.from) / bucketMs);
        const cut = Math.min(query.from + spans * bucketMs, query.to);
        const entityIds = [entityId];
        const count = Math.ceil((cut - query.from) / bucketMs);
        const [[early], [late]] = await Promise.all([
          ask((source) => source.buckets({ entityIds, from: query.from, to: cut, count })),
          history.series({ entityIds, from: cut, to: query.to }),
        ]);
        return joinBuckets({ early, late, from: query.from, bucketMs });
      });
      const entityIds = query.entityIds.filter((entityId) => !older.has(entityId));
      const own = entityIds.length > 0 ? await history.buckets({ ...query, entityIds }) : [];
      return inOrder(query.entityIds, [...own, ...(await Promise.all(both))]);
    },

    async historyJson(query) {
      const older = await findOlder(query.entityIds, query.from);
      if (older.size === 0) return history.historyJson(query);
      const answers: EntityAnswer[] = [];
      for (const series of await planned.series(query)) {
        const count = bucketCountFor(series, query.points);
        const entityIds = [series.entityId];
        const [buckets] =
          count === undefined ? [] : await planned.buckets({ ...query, entityIds, count });
        const { entityId, name } = series;
        answers.push({ entityId, name, series, buckets });
      }
      return toAnswerJson(query, answers);
    },
  };
  return planned;
}

function joinSeries(early: Series, late: Series): Series {
  const states = [...new Set([...early.states, ...late.states])];
  const moved = (series: Series) =>
    Array.from(series.state, (index) => {
      const text = index < 0 ? undefined : series.states[index];
      return text === undefined ? -1 : states.indexOf(text);
    });
  const unit = late.unit ?? early.unit;
  const value = Float64Array.from([...early.value, ...late.value]);
  return {
    entityId: late.entityId,
    name: late.name,
    ...(unit === undefined ? {} : { unit }),
    numeric: saysNumbers(states, value),
    ...(early.before ? { before: early.before } : {}),
    at: Float64Array.from([...early.at, ...late.at]),
    value,
    state: Int32Array.from([...moved(early), ...moved(late)]),
    states,
    cause: Uint8Array.from([...early.cause, ...late.cause]),
  };
}

interface TwoParts {
  readonly early: Buckets | undefined;
  readonly late: Series | undefined;
  readonly from: number;
  readonly bucketMs: number;
}

function joinBuckets({ early, late, from, bucketMs }: TwoParts): Buckets | undefined {
  const named = late ?? early;
  if (!named) return undefined;
  const { entityId, name } = named;
  const unit = late?.unit ?? early?.unit;
  return toBuckets({ entityId, name, ...(unit === undefined ? {} : { unit }) }, bucketMs, [
    ...(early ? rowsOfBuckets(early) : []),
    ...(late ? bucketsOf(late, from, bucketMs) : []),
  ]);
}

function inOrder<T extends Series | Buckets>(
  entityIds: readonly string[],
  found: readonly (T | undefined)[],
): T[] {
  const byId = new Map(found.flatMap((one) => (one ? [[one.entityId, one] as const] : [])));
  return entityIds.flatMap((entityId) => byId.get(entityId) ?? []);
}
