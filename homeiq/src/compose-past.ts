import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { ConnectionStatus, HomeConnection } from "#home/connection/connection.ts";
import { createRecorder } from "#home/recorder/recorder.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import { createBackfill } from "#ingest/backfill/backfill.ts";
import type { Gaps } from "#ingest/gaps/gaps.ts";
import { createImports } from "#ingest/import/import.ts";
import type { PastKeeper } from "#ingest/past/past.ts";
import type { Db } from "#store/database.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly connection: Pick<HomeConnection, "request" | "status">;
  readonly connectionChanged: Topic<ConnectionStatus>;
  readonly registry: Pick<Registry, "config">;
  readonly gaps: Gaps;
  readonly keeper: PastKeeper;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly isReady: () => boolean;
  readonly isKept: (entityId: string) => boolean;
  readonly findUser: (userId: string) => { name?: string; isSystem: boolean } | undefined;
  /** Where files to import lie. */
  readonly folder: string;
}

/** What brings in the time before: what Home Assistant kept, and files. */
export function composePast(parts: Parts) {
  const { db, clock, log, connection, gaps, keeper, states, isKept, findUser } = parts;
  using building = new DisposableStack();
  const past = { db, clock, log, keeper, isRecorded: isKept, findUser };
  const backfill = createBackfill({
    ...past,
    gaps,
    recorder: createRecorder({ request: connection.request }),
    canAsk: () => connection.status().status === "connected" && parts.isReady(),
    entityIds: () => [...states.keys()].filter(isKept),
    changedAt: (entityId) => states.get(entityId)?.lastChangedAt,
    unitOf: (entityId) => {
      const unit = states.get(entityId)?.attributes.unit_of_measurement;
      return typeof unit === "string" ? unit : undefined;
    },
  });
  building.defer(parts.connectionChanged.subscribe(() => backfill.wake()));
  const imports = createImports({
    ...{ ...past, folder: parts.folder, now: clock.now },
    async readMeterFile(bytes) {
      const { readMeterExport } = await import("#enrichment/meter-export/meter-export.ts");
      return readMeterExport(bytes, parts.registry.config()?.time_zone ?? "UTC");
    },
  });
  const endings = building.move();
  return {
    backfill,
    imports,
    async [Symbol.asyncDispose]() {
      await imports[Symbol.asyncDispose]();
      endings.dispose();
      await backfill[Symbol.asyncDispose]();
    },
  };
}
