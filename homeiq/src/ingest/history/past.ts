import type { Cause } from "#ingest/normalize/normalize.ts";
import { lateIdOf } from "./change-ids.ts";
import type { ChangeSource } from "./change-meta.ts";
import type { ChangeMetas } from "./change-metas.ts";
import { NO_STATE } from "./chunk/chunk.ts";
import { type RecentRow, toRow } from "./recent/recent.ts";
import type { RecordedEntities } from "./recorded-entities.ts";
import type { Statistic } from "./statistics/statistics.ts";

/** A change of the past that somebody else recorded. Old state and duration follow from its neighbors. */
export interface PastChange {
  readonly entityId: string;
  /** Milliseconds since the epoch, UTC. */
  readonly at: number;
  readonly state: string;
  readonly unit?: string;
  /** Absent where the source does not say: then it is unknown, with a confidence of 0. */
  readonly cause?: Cause;
  readonly context?: { readonly id?: string; readonly parentId?: string; readonly userId?: string };
  readonly changedAttributes?: Readonly<Record<string, unknown>>;
  readonly source: Exclude<ChangeSource, "live">;
}

/** One hour of an entity, from Home Assistant's long-term statistics or an import. */
export interface PastStatistic {
  readonly entityId: string;
  /** The full hour, milliseconds since the epoch, UTC. */
  readonly start: number;
  readonly mean?: number;
  readonly min?: number;
  readonly max?: number;
  /** How much a meter rose within the hour. */
  readonly rise?: number;
  /** The last value of the hour. */
  readonly last?: number;
}

const UNKNOWN: Cause = { kind: "unknown", confidence: 0 };
const NO_MEANING = new Set(["unavailable", "unknown"]);

interface Deps {
  readonly entities: RecordedEntities;
  readonly metas: ChangeMetas;
}

/** Rows in the form that is written, oldest first within an entity, each with the state before it. */
export function toPastRows(changes: readonly PastChange[], { entities, metas }: Deps): RecentRow[] {
  const rows: RecentRow[] = [];
  for (const [entityId, group] of Map.groupBy(changes, (change) => change.entityId)) {
    const entity = entities.ensure(entityId);
    let before: PastChange | undefined;
    let lastId = 0;
    for (const change of group.toSorted((one, other) => one.at - other.at)) {
      const isEdge = NO_MEANING.has(change.state) || NO_MEANING.has(before?.state ?? "");
      const meta = metas.keyOf({
        kind: isEdge ? "availability" : kindOf(change, before),
        cause: change.cause ?? UNKNOWN,
        ...(change.unit === undefined ? {} : { unit: change.unit }),
        source: change.source,
      });
      const id = Math.max(lateIdOf(entity.key, change.at), lastId + 1);
      lastId = id;
      rows.push(
        toRow({
          id,
          entityKey: entity.key,
          state: change.state,
          oldState: before?.state ?? NO_STATE,
          heldMs: before ? change.at - before.at : -1,
          meta,
          moved: true,
          contextId: change.context?.id ?? "",
          parentId: change.context?.parentId ?? "",
          userId: change.context?.userId ?? "",
          attributes: change.changedAttributes ? JSON.stringify(change.changedAttributes) : "",
        }),
      );
      before = change;
    }
  }
  return rows;
}

const kindOf = (change: PastChange, before: PastChange | undefined) =>
  before?.state === change.state && change.changedAttributes ? "attributes" : "state";

/** Statistics by the entity's key, in the form that is kept. */
export function toPastStatistics(
  rows: readonly PastStatistic[],
  entities: RecordedEntities,
): ReadonlyMap<number, Statistic[]> {
  const found = new Map<number, Statistic[]>();
  for (const [entityId, group] of Map.groupBy(rows, (row) => row.entityId)) {
    const { key } = entities.ensure(entityId);
    found.set(key, group.map(toStatistic));
  }
  return found;
}

function toStatistic({ start, mean, min, max, rise, last }: PastStatistic): Statistic {
  const middle = mean ?? last ?? Number.NaN;
  return {
    start,
    count: 0,
    mean: middle,
    timeWeightedMean: mean ?? Number.NaN,
    min: min ?? middle,
    max: max ?? middle,
    last: last ?? middle,
    rise: rise ?? 0,
    states: new Map(),
    imported: true,
  };
}
