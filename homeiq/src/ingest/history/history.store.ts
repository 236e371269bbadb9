import {
  and,
  count,
  desc,
  eq,
  gte,
  inArray,
  isNotNull,
  like,
  lt,
  max,
  min,
  or,
  type SQL,
  sql,
} from "drizzle-orm";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Category, CauseKind, ChangeKind, StateChange } from "#ingest/normalize/normalize.ts";
import type { Db, Reader } from "#store/database.ts";
import {
  BUCKET_MS,
  type EventStats,
  STATS_PERIODS,
  type StatsPeriod,
  toStats,
} from "./event-stats.ts";
import { stateChange } from "./history.table.ts";
import { type RecordedChange, toRecorded } from "./recorded-change.ts";
import type { RecordedEntities } from "./recorded-entities.ts";

/** Which changes; every filter is optional, and several values of one mean "any of them". */
export interface EventQuery {
  readonly entity?: readonly string[];
  readonly domain?: readonly string[];
  readonly device?: readonly string[];
  readonly area?: readonly string[];
  readonly category?: readonly Category[];
  readonly cause?: readonly CauseKind[];
  readonly kind?: readonly ChangeKind[];
  /** Inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
  /** Part of an entity id, a name, or the new state. */
  readonly text?: string;
  readonly limit: number;
  readonly cursor?: string;
}

export interface EventPage {
  readonly events: readonly RecordedChange[];
  /** Absent on the last page. */
  readonly nextCursor?: string;
}

export interface HistoryStore {
  /** Newest first. Throws `invalid` for a cursor that is not one of ours. */
  events(query: EventQuery): Promise<EventPage>;
  /** Throws `not_found`. */
  event(id: number): Promise<RecordedChange>;
  stats(period: StatsPeriod): Promise<EventStats>;
  /** How many changes each entity had since a moment, by entity id. */
  countByEntity(since: number): Promise<ReadonlyMap<string, number>>;
  summary(): Promise<{ stateChanges: number; entities: number; oldestAt?: number }>;
  /** The last known state of each entity, to compare the first snapshot with. */
  lastStates(): EntityState[];
}

interface Deps {
  readonly reader: Reader;
  readonly db: Db;
  readonly entities: RecordedEntities;
  readonly clock: Clock;
}

export function createHistoryStore({ reader, db, entities, clock }: Deps): HistoryStore {
  return {
    async events(query) {
      const keys = keysOf(entities, query);
      if (keys?.length === 0) return { events: [] };
      const rows = await reader
        .select()
        .from(stateChange)
        .where(and(...conditionsOf(query, keys, entities)))
        .orderBy(desc(stateChange.at), desc(stateChange.id))
        .limit(query.limit + 1);
      const page = rows.slice(0, query.limit);
      const last = rows.length > query.limit ? page.at(-1) : undefined;
      return {
        events: page.flatMap((row) => fromRow(row, entities) ?? []),
        ...(last ? { nextCursor: `${last.at}.${last.id}` } : {}),
      };
    },

    async event(id) {
      const [row] = await reader.select().from(stateChange).where(eq(stateChange.id, id)).limit(1);
      const found = row ? fromRow(row, entities) : undefined;
      if (!found) throw new AppError("not_found", "events.unknown", `There is no event ${id}`);
      return found;
    },

    async stats(period) {
      const to = clock.now();
      const bucketMs = BUCKET_MS[period];
      const from = Math.floor((to - STATS_PERIODS[period]) / bucketMs) * bucketMs + bucketMs;
      // A number bound by JavaScript is a REAL to SQLite: without the casts nothing would be rounded down.
      const size = sql`cast(${bucketMs} as integer)`;
      const bucket = sql<number>`(${stateChange.at} / ${size}) * ${size}`;
      const counted = await reader
        .select({ start: bucket, cause: stateChange.cause, key: stateChange.entityKey, n: count() })
        .from(stateChange)
        .where(
          and(
            gte(stateChange.at, from),
            lt(stateChange.at, to),
            inArray(stateChange.kind, ["state", "attributes", "availability"]),
          ),
        )
        .groupBy(sql`1`, stateChange.cause, stateChange.entityKey);
      return toStats({ period, from, to, bucketMs }, counted, entities);
    },

    async countByEntity(since) {
      const rows = await reader
        .select({ key: stateChange.entityKey, n: count() })
        .from(stateChange)
        .where(gte(stateChange.at, since))
        .groupBy(stateChange.entityKey);
      return new Map(
        rows.flatMap(({ key, n }) => {
          const entity = entities.byKey(key);
          return entity ? [[entity.entityId, n] as const] : [];
        }),
      );
    },

    async summary() {
      const [row] = await reader
        .select({
          newest: max(stateChange.id),
          first: min(stateChange.id),
          oldestAt: min(stateChange.at),
        })
        .from(stateChange);
      const stateChanges = row?.newest ? row.newest - (row.first ?? 1) + 1 : 0;
      return {
        stateChanges,
        entities: [...entities.all()].length,
        ...(row?.oldestAt ? { oldestAt: row.oldestAt } : {}),
      };
    },

    lastStates() {
      const rows = db.all<{ key: number; state: string; at: number; context: string }>(sql`
        select e.key as key, s.new_state as state, s.at as at, s.context_id as context
        from recorded_entity e
        join state_change s on s.id = (
          select id from state_change where entity_key = e.key and kind <> 'attributes'
          order by at desc, id desc limit 1)
        where ${isNotNull(sql`s.new_state`)}`);
      return rows.flatMap(({ key, state, at, context }) => {
        const entity = entities.byKey(key);
        if (!entity) return [];
        const { entityId } = entity;
        return [
          {
            entityId,
            state,
            attributes: {},
            lastChangedAt: at,
            lastUpdatedAt: at,
            context: { id: context },
          },
        ];
      });
    },
  };
}

/** Keys of the entities that the query names; `undefined` when it names none in particular. */
function keysOf(entities: RecordedEntities, query: EventQuery): number[] | undefined {
  const { entity, domain, device, area, category } = query;
  if (!entity && !domain && !device && !area && !category) return undefined;
  const isIn = <T>(wanted: readonly T[] | undefined, value: T | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  return [...entities.all()]
    .filter(
      (one) =>
        isIn(entity, one.entityId) &&
        isIn(domain, one.domain) &&
        isIn(device, one.deviceId) &&
        isIn(area, one.areaId) &&
        isIn(category, one.category),
    )
    .map((one) => one.key);
}

function conditionsOf(
  query: EventQuery,
  keys: number[] | undefined,
  entities: RecordedEntities,
): SQL[] {
  const { cause, kind, from, to, text, cursor } = query;
  const conditions: (SQL | undefined)[] = [
    keys ? among(keys) : undefined,
    cause ? inArray(stateChange.cause, [...cause]) : undefined,
    kind ? inArray(stateChange.kind, [...kind]) : undefined,
    from === undefined ? undefined : gte(stateChange.at, from),
    to === undefined ? undefined : lt(stateChange.at, to),
    text ? matches(text, entities) : undefined,
    cursor ? before(cursor) : undefined,
  ];
  return conditions.filter((one) => one !== undefined);
}

// A house has thousands of entities and SQLite a limit on parameters: the keys travel as one JSON text.
const among = (keys: readonly number[]) =>
  sql`${stateChange.entityKey} in (select value from json_each(${JSON.stringify(keys)}))`;

function matches(text: string, entities: RecordedEntities): SQL | undefined {
  const wanted = text.toLowerCase();
  const named = [...entities.all()].filter(
    (one) => one.entityId.includes(wanted) || one.name.toLowerCase().includes(wanted),
  );
  const pattern = `%${text.replace(/[\\%_]/g, "\\$&")}%`;
  return or(
    among(named.map((one) => one.key)),
    sql`${like(stateChange.newState, pattern)} escape '\\'`,
  );
}

function before(cursor: string): SQL {
  const [at, id] = cursor.split(".").map(Number);
  if (!Number.isSafeInteger(at) || !Number.isSafeInteger(id)) {
    throw new AppError(
      "invalid",
      "events.bad_cursor",
      "cursor is not one that this server gave out",
    );
  }
  return sql`(${stateChange.at}, ${stateChange.id}) < (${at}, ${id})`;
}

function fromRow(row: typeof stateChange.$inferSelect, entities: RecordedEntities) {
  const entity = entities.byKey(row.entityKey);
  if (!entity) return undefined;
  // Texts below were written by this capability, from these very unions.
  const change: StateChange = {
    entityId: entity.entityId,
    at: row.at,
    kind: row.kind as ChangeKind,
    ...present("oldState", row.oldState),
    ...present("newState", row.newState),
    ...present("value", row.value),
    ...present("unit", row.unit),
    ...present("heldMs", row.heldMs),
    context: {
      id: row.contextId,
      ...present("parentId", row.contextParentId),
      ...present("userId", row.contextUserId),
    },
    ...(row.changedAttributes === null
      ? {}
      : { changedAttributes: JSON.parse(row.changedAttributes) }),
    cause: {
      kind: row.cause as CauseKind,
      confidence: row.causeConfidence,
      ...present("by", row.causeBy),
      ...present("byName", row.causeByName),
      ...present("rootKind", row.causeRoot as CauseKind | null),
      ...(row.override ? { override: true as const } : {}),
    },
  };
  return toRecorded(row.id, entity, change);
}
