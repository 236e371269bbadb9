import {
  type Buckets,
  bucketMsOf,
  bucketsOf,
  type Naming,
  rowsOfBuckets,
  type Series,
  type SeriesSource,
  toBuckets,
} from "./series.ts";

interface Deps {
  readonly embedded: SeriesSource;
  /** InfluxDB, while it answers and can be read; `undefined` otherwise. */
  influx(): SeriesSource | undefined;
  /** Since when our own store has every single change of the entity. */
  heldSince(entityId: string): number;
  readonly naming: Naming;
  /** InfluxDB could not answer; our own store did, for as far as it goes. */
  onFailure(error: unknown): void;
}

/**
 * Chooses, for each question, who answers: our own store for all it holds, InfluxDB for the time before.
 *
 * Without InfluxDB, or when it fails, the answer is our own store's, which is right as far as it goes.
 */
export function planSeries({ embedded, influx, heldSince, naming, onFailure }: Deps): SeriesSource {
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

  /** Entities by who must be asked: those of our own store alone, and those that need both. */
  function split(entityIds: readonly string[], from: number) {
    const older = influx() ? entityIds.filter((one) => heldSince(one) > from) : [];
    return { own: entityIds.filter((one) => !older.includes(one)), older };
  }

  return {
    async series(query) {
      const { own, older } = split(query.entityIds, query.from);
      const both = older.map(async (entityId) => {
        const cut = Math.min(heldSince(entityId), query.to);
        const entityIds = [entityId];
        const [[early], [late]] = await Promise.all([
          ask((source) => source.series({ entityIds, from: query.from, to: cut })),
          embedded.series({ entityIds, from: cut, to: query.to }),
        ]);
        return early && late ? joinSeries(early, late) : (early ?? late);
      });
      const ownSeries = own.length > 0 ? await embedded.series({ ...query, entityIds: own }) : [];
      return inOrder(query.entityIds, [...ownSeries, ...(await Promise.all(both))]);
    },

    async buckets(query) {
      const { own, older } = split(query.entityIds, query.from);
      const bucketMs = bucketMsOf(query);
      const both = older.map(async (entityId) => {
        // The span in which our own store begins is InfluxDB's as a whole.
        const spans = Math.ceil((heldSince(entityId) - query.from) / bucketMs);
        const cut = Math.min(query.from + spans * bucketMs, query.to);
        const entityIds = [entityId];
        const count = Math.ceil((cut - query.from) / bucketMs);
        const [[early], [late]] = await Promise.all([
          ask((source) => source.buckets({ entityIds, from: query.from, to: cut, count })),
          embedded.series({ entityIds, from: cut, to: query.to }),
        ]);
        return toBuckets(entityId, naming(entityId), bucketMs, [
          ...(early ? rowsOfBuckets(early) : []),
          ...(late ? bucketsOf(late, query.from, bucketMs) : []),
        ]);
      });
      const ownBuckets = own.length > 0 ? await embedded.buckets({ ...query, entityIds: own }) : [];
      return inOrder(query.entityIds, [...ownBuckets, ...(await Promise.all(both))]);
    },
  };
}

function joinSeries(early: Series, late: Series): Series {
  const states = [...new Set([...early.states, ...late.states])];
  const moved = (series: Series) =>
    Array.from(series.state, (index) => {
      const text = index < 0 ? undefined : series.states[index];
      return text === undefined ? -1 : states.indexOf(text);
    });
  return {
    ...late,
    numeric: early.numeric || late.numeric,
    ...(early.before ? { before: early.before } : {}),
    at: Float64Array.from([...early.at, ...late.at]),
    value: Float64Array.from([...early.value, ...late.value]),
    state: Int32Array.from([...moved(early), ...moved(late)]),
    states,
    cause: Uint8Array.from([...early.cause, ...late.cause]),
  };
}

function inOrder<T extends Series | Buckets>(
  entityIds: readonly string[],
  found: readonly (T | undefined)[],
): T[] {
  const byId = new Map(found.flatMap((one) => (one ? [[one.entityId, one] as const] : [])));
  return entityIds.flatMap((entityId) => byId.get(entityId) ?? []);
}
