import { join } from "node:path";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import {
  type ConnectionStatus,
  connectHome,
  directEndpoint,
} from "#src/home/connection/connection.ts";
import { createRecorder, type Recorder } from "#src/home/recorder/recorder.ts";
import { type Backfill, createBackfill } from "#src/ingest/backfill/backfill.ts";
import { createGaps, type Gaps } from "#src/ingest/gaps/gaps.ts";
import { openStore } from "#src/store/database.ts";
import type { PastInMemory } from "./past-in-memory.ts";

const log = createLog("silent");

/** An entity as Home Assistant's `get_states` has it. */
interface Seen {
  readonly entity_id: string;
  readonly last_changed: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Options {
  readonly url: string;
  readonly token: string;
  readonly folder: string;
  readonly past: PastInMemory;
  states(): readonly Seen[];
  findUser(userId: string): { name?: string; isSystem: boolean } | undefined;
}

export interface PastReading extends AsyncDisposable {
  readonly backfill: Backfill;
  readonly gaps: Gaps;
  readonly recorder: Recorder;
}

/** The part of the program that reads the recorder, on a real connection and a real database. */
export async function startPastReading(options: Options): Promise<PastReading> {
  const { url, token, folder, past, findUser } = options;
  await using parts = new AsyncDisposableStack();
  const store = parts.use(openStore(join(folder, "homeiq.db")));
  const gaps = createGaps({ db: store.db, clock: systemClock });
  const statusTopic = createTopic<ConnectionStatus>({ name: "status", log });
  const connection = parts.use(
    connectHome({
      ...{ clock: systemClock, log, statusTopic, endpoint: directEndpoint(url, token) },
      onSession: async () => {},
      onLost: () => {},
      onAlive: () => gaps.alive(),
      onBadFrame: () => {},
    }),
  );
  const find = (entityId: string) => options.states().find((one) => one.entity_id === entityId);
  const recorder = createRecorder({ request: connection.request });
  const backfill = parts.use(
    createBackfill({
      ...{ db: store.db, clock: systemClock, log, gaps, keeper: past, recorder, findUser },
      canAsk: () => connection.status().status === "connected",
      entityIds: () => options.states().map(({ entity_id }) => entity_id),
      isRecorded: () => true,
      changedAt: (entityId) => {
        const seen = find(entityId);
        return seen && Date.parse(seen.last_changed);
      },
      unitOf: (entityId) => {
        const unit = find(entityId)?.attributes.unit_of_measurement;
        return typeof unit === "string" ? unit : undefined;
      },
    }),
  );
  statusTopic.subscribe(() => backfill.wake());
  const built = parts.move();
  return { backfill, gaps, recorder, [Symbol.asyncDispose]: () => built.disposeAsync() };
}
