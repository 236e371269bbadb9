import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Clock, systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import type { InfluxChoice } from "#src/ingest/influx/influx.options.ts";
import { createInfluxMirror, type InfluxMirror } from "#src/ingest/influx/influx.ts";
import { openStore, type Writer } from "#src/store/database.ts";

/** The copy of history with an outbox in a file of its own, and what was recorded in a list. */
export interface MirrorUnderTest extends AsyncDisposable {
  readonly mirror: InfluxMirror;
  readonly folder: string;
  /** Keeps changes, with their place in the outbox, in one transaction. */
  record(changes: readonly RecordedChange[]): Promise<void>;
  readonly history: RecordedChange[];
  readonly writer: Writer;
}

const START = Date.UTC(2026, 8, 1, 18);
/** Real waiting, at the moment of the first change: what comes after it is new, what came before is old. */
const AT_THE_START: Clock = { ...systemClock, now: () => START };

interface Options {
  readonly choice: InfluxChoice | undefined;
  readonly clock?: Clock;
  /** A folder to go on with. */
  readonly folder?: string;
  readonly limitBytes?: number;
  /** What our own store holds already. */
  readonly history?: RecordedChange[];
  readonly log?: ReturnType<typeof createLog>;
}

export async function startMirror(options: Options): Promise<MirrorUnderTest> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "homeiq-mirror-"));
  const history = options.history ?? [];
  const path = join(folder, "homeiq.db");
  const store = openStore(path);
  const mirror = await createInfluxMirror({
    clock: options.clock ?? AT_THE_START,
    log: options.log ?? createLog("silent"),
    store,
    choice: options.choice,
    history: {
      async *scan({ from = 0, to = Number.POSITIVE_INFINITY }) {
        const found = history.filter(({ at }) => at >= from && at < to);
        for (let start = 0; start < found.length; start += 1_000) {
          yield found.slice(start, start + 1_000);
        }
      },
    },
    nameOf: (entityId) => entityId,
    ...(options.limitBytes === undefined ? {} : { limitBytes: options.limitBytes }),
  });
  return {
    mirror,
    folder,
    history,
    writer: store.writer,
    async record(changes) {
      await store.writer.write(mirror.alongside(changes));
      history.push(...changes);
    },
    async [Symbol.asyncDispose]() {
      await mirror[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A change as history records it: the `n`th of a house, one a second, unless told otherwise. */
export function recordedChange(n: number, more: Partial<RecordedChange> = {}): RecordedChange {
  const at = more.at ?? START + n * 1_000;
  return {
    id: at * 4096,
    entityId: "sensor.hall_temperature",
    name: "Hall temperature",
    domain: "sensor",
    deviceClass: "temperature",
    areaId: "hall",
    deviceId: "device-1",
    category: "climate",
    kind: "state",
    oldState: String(n - 1),
    newState: String(n),
    value: n,
    unit: "°C",
    heldMs: 1_000,
    context: { id: `01J6X9Z3R5${String(n).padStart(16, "0")}` },
    cause: { kind: "integration", confidence: 0.95 },
    ...more,
    at,
  };
}
