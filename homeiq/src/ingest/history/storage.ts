import picomatch from "picomatch";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Store } from "#store/database.ts";
import { dayOf } from "./chunk-key.ts";
import { createDiskGuard, type DiskSpace } from "./disk-guard.ts";
import type { Keeper, Retained } from "./keeper/keeper.ts";
import type { Reader, Sizes } from "./reader/reader.ts";
import type { RecordedEntities, RecordedEntity } from "./recorded-entities.ts";
import { createRetention, type Retention } from "./retention.ts";
import type { Sealing } from "./sealing.ts";

export interface EntityCost {
  readonly entityId: string;
  readonly name: string;
  /** Sealed changes. */
  readonly changes: number;
  readonly bytes: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** How large each tier is, and what keeps it from growing. */
export interface StorageReport {
  readonly tiers: {
    readonly recent: { readonly changes: number; readonly bytes: number };
    readonly sealed: { readonly changes: number; readonly bytes: number; readonly chunks: number };
    readonly statistics: { readonly rows: number; readonly bytes: number };
  };
  readonly oldestAt?: number;
  readonly sealedThrough: number;
  readonly diskFreeBytes: number;
  readonly diskTotalBytes: number;
  readonly guard: DiskSpace["guard"];
  /** Changes that were refused because the disk is nearly full. */
  readonly refused: number;
  readonly retention: Retention;
}

export interface Storage {
  summary(): Promise<{ stateChanges: number; entities: number; oldestAt?: number }>;
  /** The most expensive first. */
  costs(): Promise<readonly EntityCost[]>;
  storage(): Promise<StorageReport>;
  /** Since when every single change of an entity is here, by entity id. */
  heldSince(entityIds: readonly string[]): Promise<ReadonlyMap<string, number>>;
  retention(): Retention;
  setRetention(next: Retention): void;
  /** Deletes what is older than it has to be kept. */
  retain(): Promise<Retained>;
  /** Whether the disk is too full for more changes. */
  isFull(): boolean;
  /** Counts a change that the disk has no room for. */
  refuse(): void;
}

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly keeper: Keeper;
  readonly reader: Reader;
  readonly entities: RecordedEntities;
  readonly sealing: Sealing;
  readonly readDisk?: (folder: string) => { freeBytes: number; totalBytes: number };
}

export function createStorage(deps: Deps): Storage {
  const { store, clock, log, keeper, reader, entities, sealing } = deps;
  const disk = createDiskGuard({
    ...{ file: store.files.main, clock, log },
    ...(deps.readDisk ? { read: deps.readDisk } : {}),
  });
  const kept = createRetention({ db: store.db, clock });
  let refused = 0;

  return {
    async summary() {
      const sizes = await reader.ask("sizes", undefined);
      return {
        stateChanges: sealedOf(sizes).changes + sizes.recent.recent + sizes.recent.late,
        entities: [...entities.all()].length,
        ...present("oldestAt", oldestOf(sizes)),
      };
    },
    async costs() {
      const sizes = await reader.ask("sizes", undefined);
      return sizes.entities
        .flatMap(({ key, count, bytes, oldestAt, newestAt }) => {
          const entity = entities.byKey(key);
          if (!entity) return [];
          const { entityId, name } = entity;
          return [{ entityId, name, changes: count, bytes, oldestAt, newestAt }];
        })
        .sort((one, other) => other.bytes - one.bytes);
    },
    async storage() {
      const [sizes, tiers] = await Promise.all([
        reader.ask("sizes", undefined),
        reader.ask("tiers", undefined),
      ]);
      const { freeBytes, totalBytes, guard } = disk();
      return {
        tiers: {
          recent: {
            changes: sizes.recent.recent + sizes.recent.late,
            bytes: store.recentBytes(),
          },
          sealed: { ...sealedOf(sizes), chunks: tiers.chunks },
          statistics: tiers.statistics,
        },
        ...present("oldestAt", oldestOf(sizes)),
        sealedThrough: sealing.sealedThrough(),
        diskFreeBytes: freeBytes,
        diskTotalBytes: totalBytes,
        guard,
        refused,
        retention: kept.get(),
      };
    },
    async heldSince(entityIds) {
      const sizes = await reader.ask("sizes", undefined);
      const begun = oldestOf(sizes) ?? sealing.sealedThrough();
      const { rawDays, classes } = kept.get();
      const ownDays = daysByEntity(entities, classes);
      return new Map(
        entityIds.map((entityId) => {
          const own = ownDays.get(entities.find(entityId)?.key ?? 0);
          const days = own === undefined ? rawDays : own;
          const border = days === null ? 0 : dayOf(clock.now() - days * DAY_MS);
          return [entityId, Math.max(begun, border)] as const;
        }),
      );
    },
    retention: () => kept.get(),
    setRetention: (next) => kept.set(next),
    retain() {
      const { rawDays, fiveMinuteDays, hourlyDays, classes } = kept.get();
      return keeper.ask("retain", {
        now: clock.now(),
        rawDaysOf: daysByEntity(entities, classes),
        ...present("rawDays", rawDays),
        ...present("shortDays", fiveMinuteDays),
        ...present("longDays", hourlyDays),
      });
    },
    isFull: () => disk().guard === "stopped",
    refuse() {
      refused += 1;
    },
  };
}

function sealedOf({ entities }: Sizes) {
  const sum = (pick: (one: Sizes["entities"][number]) => number) =>
    entities.reduce((total, one) => total + pick(one), 0);
  return { changes: sum(({ count }) => count), bytes: sum(({ bytes }) => bytes) };
}

const oldestOf = ({ entities }: Sizes): number | undefined =>
  entities.length === 0 ? undefined : Math.min(...entities.map(({ oldestAt }) => oldestAt));

/** Which entities have a time of their own: the first class that matches counts. */
function daysByEntity(
  entities: RecordedEntities,
  classes: Retention["classes"],
): ReadonlyMap<number, number | null> {
  const rules = classes.map(({ match, rawDays }) => {
    const [by = "", ...pattern] = match.split(":");
    const matches = picomatch(pattern.join(":"), { nocase: true, bash: true });
    return { by, matches, rawDays };
  });
  const days = new Map<number, number | null>();
  for (const entity of entities.all()) {
    const rule = rules.find(({ by, matches }) => matches(textOf(entity, by)));
    if (rule) days.set(entity.key, rule.rawDays);
  }
  return days;
}

function textOf(entity: RecordedEntity, by: string): string {
  if (by === "domain") return entity.domain;
  if (by === "device_class") return entity.deviceClass ?? "";
  if (by === "area") return entity.areaId ?? "";
  return entity.entityId;
}
