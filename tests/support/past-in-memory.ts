import type { PastChange, PastKeeper, PastStatistic } from "#src/ingest/past/past.ts";

/** Keeps the past as the real one does: what is known is not kept twice. */
export interface PastInMemory extends PastKeeper {
  changes(): readonly PastChange[];
  statistics(): readonly PastStatistic[];
}

export function createPastInMemory(): PastInMemory {
  const changes = new Map<string, PastChange>();
  const statistics = new Map<string, PastStatistic>();

  function keep<T>(map: Map<string, T>, rows: readonly T[], keyOf: (row: T) => string) {
    let added = 0;
    for (const row of rows) {
      const key = keyOf(row);
      if (map.has(key)) continue;
      map.set(key, row);
      added += 1;
    }
    return Promise.resolve({ added, known: rows.length - added });
  }

  return {
    addPast: (rows) =>
      keep(changes, rows, ({ entityId, at, state }) => `${entityId} ${at} ${state}`),
    addPastStatistics: (rows) =>
      keep(statistics, rows, ({ entityId, start }) => `${entityId} ${start}`),
    changes: () => [...changes.values()],
    statistics: () => [...statistics.values()],
  };
}
