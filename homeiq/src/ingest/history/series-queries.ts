import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { createEnds, type StatisticPeriod, sumUp } from "./periods.ts";
import type { BucketColumns, Reader, SeriesColumns } from "./reader/reader.ts";
import type { RecordedEntities, RecordedEntity } from "./recorded-entities.ts";
import { LONG_MS, SHORT_MS, type Statistic } from "./statistics/statistics.ts";

export type { StatisticPeriod } from "./periods.ts";

export interface Span {
  /** Inclusive, milliseconds since the epoch. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface SpanOfEntities extends Span {
  readonly entityIds: readonly string[];
}

interface Named {
  readonly entityId: string;
  readonly name: string;
}

export interface Series extends Named, Omit<SeriesColumns, "key"> {}
export interface Buckets extends Named, Omit<BucketColumns, "key"> {}

/** One stretch of one entity; numbers are absent where there was none. */
export interface StatisticRow {
  readonly start: number;
  readonly end: number;
  /** Changes in it; 0 where a value merely held. */
  readonly n: number;
  readonly mean?: number;
  readonly timeWeightedMean?: number;
  readonly min?: number;
  readonly max?: number;
  readonly last?: number;
  /** How much a meter rose. */
  readonly sum?: number;
  /** Milliseconds in each state. */
  readonly states?: Readonly<Record<string, number>>;
  readonly source?: "home_assistant";
}

export interface EntityStatistics extends Named {
  readonly unit?: string;
  readonly rows: readonly StatisticRow[];
}

export interface StateThen {
  readonly entityId: string;
  readonly at: number;
  readonly state: string;
  readonly value?: number;
  readonly unit?: string;
}

interface Counted {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

export interface Activity extends Span {
  readonly total: number;
  /** Weekday (0 is Monday), then hour, in the house's time. */
  readonly byHour: readonly (readonly number[])[];
  readonly byArea: readonly Counted[];
  readonly byDeviceClass: readonly Counted[];
  readonly byDomain: readonly Counted[];
  /** The twenty busiest. */
  readonly byEntity: readonly Counted[];
}

export interface StatisticsOfEntities extends SpanOfEntities {
  readonly period: StatisticPeriod;
  /** Days, weeks and months are those of this zone. */
  readonly timeZone: string;
}

export interface SeriesQueries {
  series(query: SpanOfEntities): Promise<readonly Series[]>;
  buckets(query: SpanOfEntities & { readonly count: number }): Promise<readonly Buckets[]>;
  /** UTF-8 JSON, made on the reader's thread. `gaps` goes into it as it is. */
  historyJson(
    query: SpanOfEntities & { readonly points?: number; readonly gaps: readonly unknown[] },
  ): Promise<Uint8Array>;
  statistics(query: StatisticsOfEntities): Promise<readonly EntityStatistics[]>;
  /** `{period, entities}` as UTF-8 JSON, made on the reader's thread. */
  statisticsJson(query: StatisticsOfEntities): Promise<Uint8Array>;
  stateAt(query: {
    readonly at: number;
    readonly entityIds?: readonly string[];
  }): Promise<readonly StateThen[]>;
  activity(
    query: Span & {
      readonly timeZone: string;
      readonly by: "people" | "all";
      readonly entityIds?: readonly string[];
    },
  ): Promise<Activity>;
}

const BUSIEST = 20;

interface Deps {
  readonly reader: Pick<Reader, "ask">;
  readonly entities: Pick<RecordedEntities, "find" | "byKey">;
  readonly clock: Pick<Clock, "now">;
}

/** All throw `not_found` for entities that were never recorded. */
export function createSeriesQueries({ reader, entities, clock }: Deps): SeriesQueries {
  function entitiesOf(entityIds: readonly string[]): RecordedEntity[] {
    const found = entityIds.map((entityId) => entities.find(entityId));
    const unknown = entityIds.filter((_, n) => found[n] === undefined);
    if (unknown.length > 0) {
      throw new AppError(
        "not_found",
        "history.unknown_entity",
        `Nothing was ever recorded of ${unknown.join(", ")}`,
        { facts: { entityIds: unknown } },
      );
    }
    return found.filter((entity) => entity !== undefined);
  }
  const keysOf = (entityIds: readonly string[]) => entitiesOf(entityIds).map(({ key }) => key);
  const namedOf = (entityIds: readonly string[]) =>
    entitiesOf(entityIds).map(({ key, entityId, name }) => ({ key, entityId, name }));
  const withName = <T extends { readonly key: number }>({ key, ...rest }: T) => {
    const entity = entities.byKey(key);
    return { entityId: entity?.entityId ?? "", name: entity?.name ?? "", ...rest };
  };

  return {
    async series({ entityIds, from, to }) {
      return (await reader.ask("series", { keys: keysOf(entityIds), from, to })).map(withName);
    },
    async buckets({ entityIds, from, to, count }) {
      const keys = keysOf(entityIds);
      return (await reader.ask("buckets", { keys, from, to, count })).map(withName);
    },
    historyJson: ({ entityIds, ...rest }) =>
      reader.ask("historyJson", { entities: namedOf(entityIds), ...rest }),
    async statistics({ entityIds, from, to, period, timeZone }) {
      const sizeMs = period === "5minute" ? SHORT_MS : LONG_MS;
      const found = await reader.ask("statistics", {
        keys: keysOf(entityIds),
        from,
        to,
        sizeMs,
        now: clock.now(),
      });
      const endOf = createEnds({ period, timeZone });
      return found.map(({ key, unit, rows }) => ({
        ...withName({ key }),
        ...present("unit", unit),
        rows: sumUp(rows, { period, timeZone }).map((row) => toRow(row, endOf(row.start))),
      }));
    },
    statisticsJson({ entityIds, ...rest }) {
      return reader.ask("statisticsJson", {
        entities: namedOf(entityIds),
        now: clock.now(),
        ...rest,
      });
    },
    async stateAt({ at, entityIds }) {
      const keys = entityIds && keysOf(entityIds);
      const found = await reader.ask("statesAt", { at, ...present("keys", keys) });
      return found.flatMap(({ key, ...rest }) => {
        const entity = entities.byKey(key);
        return entity ? [{ entityId: entity.entityId, ...rest }] : [];
      });
    },
    async activity({ from, to, timeZone, by, entityIds }) {
      const found = await reader.ask("activity", {
        from,
        to,
        timeZone,
        byPeople: by === "people",
        ...present("keys", entityIds && keysOf(entityIds)),
      });
      const tally = (keyOf: (entity: RecordedEntity) => string | undefined) =>
        tallied(found.byEntity, entities, keyOf);
      return {
        from,
        to,
        total: found.byEntity.reduce((sum, [, n]) => sum + n, 0),
        byHour: found.byHour,
        byArea: tally(({ areaId }) => areaId),
        byDeviceClass: tally(({ deviceClass }) => deviceClass),
        byDomain: tally(({ domain }) => domain),
        byEntity: tally(({ entityId }) => entityId).slice(0, BUSIEST),
      };
    },
  };
}

function tallied(
  rows: readonly (readonly [number, number])[],
  entities: Pick<RecordedEntities, "byKey">,
  keyOf: (entity: RecordedEntity) => string | undefined,
): Counted[] {
  const counts = new Map<string, { name: string; count: number }>();
  for (const [key, n] of rows) {
    const entity = entities.byKey(key);
    const name = entity && keyOf(entity);
    if (!entity || name === undefined) continue;
    const known = counts.get(name);
    if (known) known.count += n;
    else counts.set(name, { name: name === entity.entityId ? entity.name : name, count: n });
  }
  return [...counts]
    .map(([key, { name, count }]) => ({ key, name, count }))
    .sort((one, other) => other.count - one.count);
}

const there = (value: number) => (Number.isNaN(value) ? undefined : value);

function toRow(row: Statistic, end: number): StatisticRow {
  return {
    start: row.start,
    end,
    n: row.count,
    ...present("mean", there(row.mean)),
    ...present("timeWeightedMean", there(row.timeWeightedMean)),
    ...present("min", there(row.min)),
    ...present("max", there(row.max)),
    ...present("last", there(row.last)),
    ...present("sum", there(row.rise)),
    ...(row.states.size > 0 ? { states: Object.fromEntries(row.states) } : {}),
    ...(row.imported ? { source: "home_assistant" as const } : {}),
  };
}
