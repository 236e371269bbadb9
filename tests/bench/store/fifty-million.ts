import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { textOf } from "#src/ingest/history/change-meta.ts";
import { idOf, type StoredChange } from "#src/ingest/history/chunk/chunk.ts";
import { monthOf } from "#src/ingest/history/chunk-key.ts";
import { openChunks } from "#src/ingest/history/keeper/chunks.ts";
import { keepImported, keepStatistics } from "#src/ingest/history/keeper/statistics.ts";
import { connect, type Files, flush } from "#src/store/files.ts";
import { seeded } from "#support/made-changes.ts";

/** Kinds of entities of a large house, and how many changes each has a day. */
export const KINDS = [
  { domain: "sensor", name: "minute", count: 300, perDay: 1440, unit: "°C" },
  { domain: "sensor", name: "power", count: 100, perDay: 2880, unit: "W" },
  { domain: "sensor", name: "slow", count: 600, perDay: 48, unit: "%" },
  { domain: "light", name: "light", count: 200, perDay: 12, unit: undefined },
] as const;

export interface Filled {
  readonly changes: number;
  /** Of making chunks from rows in memory and writing them: what sealing adds to reading. */
  readonly sealSeconds: number;
  readonly from: number;
  readonly to: number;
}

/**
 * Fills a store with so many days of 1,200 entities, by the keeper's own functions, and a year of hourly
 * statistics for the minute sensors.
 */
export function fillStore(files: Files, { days, to }: { days: number; to: number }): Filled {
  const database = connect(files);
  const chunks = openChunks(database);
  const random = seeded(11);
  const from = to - days * DAY_MS;
  let changes = 0;
  let sealMs = 0;
  const entities = KINDS.flatMap((kind) =>
    Array.from({ length: kind.count }, (_, n) => ({
      ...kind,
      id: `${kind.domain}.${kind.name}_${n}`,
    })),
  ).map((entity, n) => ({ ...entity, key: n + 1, value: 200 + (n % 50), on: false }));
  database.transaction(() => {
    for (const { key, id, domain } of entities) {
      database
        .prepare(
          `insert into recorded_entity (key, entity_id, name, domain, category, first_seen_at, removed)
           values (?, ?, ?, ?, 'monitoring', ?, 0)`,
        )
        .run(key, id, id, domain, from);
    }
    for (const [key, unit] of UNITS.entries()) {
      const cause = { kind: "integration", confidence: 0.95 } as const;
      const text = textOf({ kind: "state", cause, ...(unit ? { unit } : {}) });
      database.prepare("insert into change_meta (key, text) values (?, ?)").run(key + 1, text);
    }
  })();

  for (let day = from; day < to; day += DAY_MS) {
    const made: [number, StoredChange[]][] = entities.map((entity) => [
      entity.key,
      dayOfEntity(entity, day, random),
    ]);
    const startedAt = performance.now();
    database
      .transaction(() => {
        for (const [key, rows] of made) {
          chunks.write(chunks.make(key, { start: day, until: day + DAY_MS }, rows));
          changes += rows.length;
        }
      })
      .immediate();
    sealMs += performance.now() - startedAt;
    database
      .transaction(() => {
        for (const [entityKey, rows] of made)
          keepStatistics(chunks, { entityKey, day, changes: rows });
      })
      .immediate();
  }
  fillYear(chunks, from, random);
  database
    .prepare("update archive set sealed_through = ?, compacted_through = ? where id = 1")
    .run(to, to);
  flush(database);
  database.close();
  return { changes, sealSeconds: sealMs / 1000, from, to };
}

const UNITS = ["°C", "W", "%", undefined];

interface Entity {
  readonly perDay: number;
  readonly unit: string | undefined;
  value: number;
  on: boolean;
}

/** Moments as an integration reports them: about evenly, a little late. Values walk. */
function dayOfEntity(entity: Entity, day: number, random: () => number): StoredChange[] {
  const step = DAY_MS / entity.perDay;
  const meta = UNITS.indexOf(entity.unit) + 1;
  let before = stateOf(entity);
  let movedAt = Number.NaN;
  return Array.from({ length: entity.perDay }, (_, n) => {
    const at = Math.floor(day + n * step + random() * Math.min(step, 2_000));
    entity.value += Math.round(random() * 6 - 3) || 1;
    entity.on = !entity.on;
    const state = stateOf(entity);
    const change: StoredChange = {
      id: idOf(at, 0),
      state,
      oldState: before,
      heldMs: Number.isNaN(movedAt) ? -1 : at - movedAt,
      meta,
      context: 0,
      attributes: "",
      moved: true,
    };
    before = state;
    movedAt = at;
    return change;
  });
}

function stateOf({ unit, value, on }: Entity): string {
  if (unit) return (value / 10).toFixed(1);
  return on ? "on" : "off";
}

function fillYear(
  chunks: ReturnType<typeof openChunks>,
  before: number,
  random: () => number,
): void {
  for (let key = 1; key <= 50; key += 1) {
    const hours = Array.from({ length: 366 * 24 }, (_, n) => {
      const last = Math.round(200 + 30 * Math.sin(n / 24) + random() * 10) / 10;
      return {
        start: Math.floor(before / HOUR_MS) * HOUR_MS - (n + 1) * HOUR_MS,
        ...{
          count: 60,
          mean: last,
          timeWeightedMean: last,
          min: last - 0.5,
          max: last + 0.5,
          last,
        },
        ...{ rise: 0, states: new Map<string, number>(), imported: true },
      };
    });
    for (const [month, rows] of Map.groupBy(hours, ({ start }) => monthOf(start))) {
      keepImported(chunks, key, month, rows);
    }
  }
}
