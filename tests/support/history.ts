import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import {
  createHistory,
  type EntityDescription,
  type EventQuery,
  type History,
  type RecordedChange,
} from "#src/ingest/history/history.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { openStore, type Store } from "#src/store/database.ts";

const log = createLog("silent");

export interface TestHistory extends AsyncDisposable {
  readonly history: History;
  readonly store: Store;
  readonly folder: string;
  /** Times in which changes were refused. */
  readonly missed: readonly { from: number; to: number; reason: string }[];
  /** What was published, in order. */
  readonly published: RecordedChange[];
  /** Records changes and waits until they are durable. */
  record(changes: readonly StateChange[]): Promise<void>;
}

/** A history in files of its own, as the program has it, without a house. */
export async function openHistory({
  clock,
  readDisk,
  folder = mkdtempSync(join(tmpdir(), "homeiq-history-")),
  onPublished = () => {},
  describe = (entityId) => ({ name: entityId }),
}: {
  clock: Clock;
  readDisk?: () => { freeBytes: number; totalBytes: number };
  folder?: string;
  onPublished?: (changes: readonly RecordedChange[]) => void;
  describe?: (entityId: string) => EntityDescription;
}): Promise<TestHistory> {
  const store = openStore(join(folder, "homeiq.db"));
  const recorded = createTopic<readonly RecordedChange[]>({ name: "recorded", log });
  const published: RecordedChange[] = [];
  recorded.subscribe((changes) => void published.push(...changes));
  const missed: { from: number; to: number; reason: string }[] = [];
  recorded.subscribe(onPublished);
  const history = await createHistory({
    store,
    clock,
    log,
    capacity: 1_000_000,
    recorded,
    describe,
    onMissed: (one) => void missed.push(one),
    ...(readDisk ? { readDisk } : {}),
  });
  return {
    history,
    store,
    folder,
    published,
    missed,
    async record(changes) {
      for (const change of changes) history.record(change);
      await history.drain(AbortSignal.timeout(20_000));
    },
    async [Symbol.asyncDispose]() {
      await history[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Every event that a query finds, page by page, newest first. */
export async function allEvents(
  history: History,
  query: Partial<EventQuery> = {},
): Promise<RecordedChange[]> {
  const found: RecordedChange[] = [];
  let cursor: string | undefined;
  do {
    const page = await history.events({
      limit: 100,
      ...query,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.events);
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

/** What both a change and its record say. */
export const plain = (change: StateChange | RecordedChange) => ({
  entityId: change.entityId,
  at: change.at,
  kind: change.kind,
  oldState: change.oldState,
  newState: change.newState,
  heldMs: change.heldMs,
  value: change.value,
  unit: change.unit,
  cause: change.cause,
  changedAttributes: change.changedAttributes,
});
