import { dropAbsent, present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Category, CauseKind, ChangeKind } from "#ingest/normalize/normalize.ts";
import {
  BUCKET_MS,
  type EventStats,
  STATS_PERIODS,
  type StatsPeriod,
  toStats,
} from "./event-stats.ts";
import { type Reader, unpackSlice, type Wanted } from "./reader/reader.ts";
import { fromFound, type RecordedChange } from "./recorded-change.ts";
import type { RecordedEntities } from "./recorded-entities.ts";

/** Which changes; every filter is optional, and several values of one mean "any of them". */
export interface EventFilter {
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
}

export interface EventQuery extends EventFilter {
  readonly limit: number;
  readonly cursor?: string;
}

export interface EventPage {
  readonly events: readonly RecordedChange[];
  /** Absent on the last page. A page may be short, even empty, where little matched in a long time. */
  readonly nextCursor?: string;
}

/** A context with what changed in it and what it led to. */
export interface Trace {
  readonly contextId: string;
  readonly parentId?: string;
  readonly userId?: string;
  readonly changes: readonly RecordedChange[];
  readonly children: readonly Trace[];
}

export interface EventQueries {
  /** Newest first. Throws `invalid` for a cursor that is not one of ours. */
  events(query: EventQuery): Promise<EventPage>;
  /** Throws `not_found`. */
  event(id: number): Promise<RecordedChange>;
  /** Throws `not_found`. */
  trace(contextId: string): Promise<Trace>;
  /** Oldest first, in blocks of at most 5,000, with a memory that does not grow. */
  scan(filter: EventFilter, signal: AbortSignal): AsyncIterable<readonly RecordedChange[]>;
  stats(period: StatsPeriod): Promise<EventStats>;
  /** How many changes each entity had since a moment, by entity id. */
  countByEntity(since: number): Promise<ReadonlyMap<string, number>>;
  /** The last known state of each entity, to compare the first snapshot with. */
  lastStates(): Promise<EntityState[]>;
}

const BLOCK = 1_000; // more at once is no faster, and is held on both threads

interface Deps {
  readonly reader: Reader;
  readonly entities: RecordedEntities;
  readonly clock: Clock;
}

export function createEventQueries({ reader, entities, clock }: Deps): EventQueries {
  const named = (found: readonly Parameters<typeof fromFound>[0][]): RecordedChange[] =>
    found.flatMap((one) => {
      const entity = entities.byKey(one.entityKey);
      return entity ? [fromFound(one, entity)] : [];
    });

  return {
    async events(query) {
      const page = await reader.ask("page", {
        ...wantedOf(entities, query),
        ...present("from", query.from),
        ...present("to", query.to),
        limit: query.limit,
        ...(query.cursor === undefined ? {} : { beforeId: idOfCursor(query.cursor) }),
      });
      return {
        events: named(page.changes),
        ...present("nextCursor", page.nextId === undefined ? undefined : String(page.nextId)),
      };
    },

    async event(id) {
      const found = await reader.ask("change", id);
      const [change] = found ? named([found]) : [];
      if (!change) throw new AppError("not_found", "events.unknown", `There is no event ${id}`);
      return change;
    },

    async trace(contextId) {
      const found = await reader.ask("trace", contextId);
      if (!found) {
        throw new AppError(
          "not_found",
          "events.unknown_context",
          `Nothing is kept of the context ${contextId}`,
        );
      }
      const toTrace = (one: typeof found): Trace => ({
        ...one,
        changes: named(one.changes),
        children: one.children.map(toTrace),
      });
      return toTrace(found);
    },

    async *scan(filter, signal) {
      const wanted = wantedOf(entities, filter);
      let afterId: number | undefined;
      do {
        signal.throwIfAborted();
        const block = await reader.ask("block", {
          ...wanted,
          from: filter.from ?? 0,
          to: filter.to ?? clock.now() + MINUTE_MS,
          limit: BLOCK,
          ...present("afterId", afterId),
        });
        for (const slice of block.slices) yield named(unpackSlice(slice));
        afterId = block.nextAfterId;
      } while (afterId !== undefined);
    },

    async stats(period) {
      const to = clock.now();
      const bucketMs = BUCKET_MS[period];
      const from = Math.floor((to - STATS_PERIODS[period]) / bucketMs) * bucketMs + bucketMs;
      const rows = await reader.ask("counts", { from, to, bucketMs });
      return toStats({ period, from, to, bucketMs }, rows, entities);
    },

    async countByEntity(since) {
      const rows = await reader.ask("countSince", since);
      return new Map(
        rows.flatMap(([key, n]) => {
          const entity = entities.byKey(key);
          return entity ? [[entity.entityId, n] as const] : [];
        }),
      );
    },

    async lastStates() {
      const rows = await reader.ask("lastStates", undefined);
      return rows.flatMap(({ key, state, at, updatedAt, contextId }) => {
        const entity = entities.byKey(key);
        if (!entity) return [];
        const context = { id: contextId };
        const moments = { lastChangedAt: at, lastUpdatedAt: updatedAt };
        return [{ entityId: entity.entityId, state, attributes: {}, ...moments, context }];
      });
    },
  };
}

/** The filter in the reader's words: entities by key, and names that have the text. */
export function wantedOf(entities: RecordedEntities, query: EventFilter): Wanted {
  const { entity, domain, device, area, category, cause, kind, text } = query;
  const isIn = <T>(wanted: readonly T[] | undefined, value: T | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  const isNamed = entity ?? domain ?? device ?? area ?? category;
  const keys = [...entities.all()]
    .filter(
      (one) =>
        isIn(entity, one.entityId) &&
        isIn(domain, one.domain) &&
        isIn(device, one.deviceId) &&
        isIn(area, one.areaId) &&
        isIn(category, one.category),
    )
    .map(({ key }) => key);
  const wanted = text?.toLowerCase();
  const textKeys = [...entities.all()]
    .filter(
      ({ entityId, name }) =>
        wanted !== undefined && (entityId.includes(wanted) || name.toLowerCase().includes(wanted)),
    )
    .map(({ key }) => key);
  return dropAbsent({
    keys: isNamed ? keys : undefined,
    causes: cause,
    kinds: kind,
    text: wanted,
    textKeys: wanted === undefined ? undefined : textKeys,
  });
}

function idOfCursor(cursor: string): number {
  const id = Number(cursor);
  if (/^\d+$/.test(cursor) && Number.isSafeInteger(id)) return id;
  throw new AppError("invalid", "events.bad_cursor", "cursor is not one that this server gave out");
}
