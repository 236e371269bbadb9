import type { WebSocketLike } from "@hono/node-server";
import { upgradeWebSocket } from "@hono/node-server";
import type { MiddlewareHandler } from "hono";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { ConnectionStatus } from "#home/connection/connection.ts";
import type { House } from "#home/house/house.ts";
import type { RecordedChange } from "#ingest/history/history.ts";
import type { Metrics } from "./metrics.ts";

/** What the server says on the live connection; the browser says nothing. */
export type LiveMessage =
  | { readonly type: "hello"; readonly version: string; readonly at: number }
  | {
      readonly type: "changes";
      readonly changes: readonly RecordedChange[];
      readonly skipped?: number;
    }
  | { readonly type: "house"; readonly house: House }
  | { readonly type: "connection"; readonly connection: ConnectionStatus }
  | { readonly type: "metrics"; readonly metrics: Metrics }
  /** Something became of automations, scripts or scenes: it ran, or it was changed; none named: any of them. */
  | { readonly type: "automations"; readonly entityIds: readonly string[] }
  | { readonly type: "heartbeat" };

export interface Live extends Disposable {
  readonly upgrade: MiddlewareHandler;
  connections(): number;
}

const FLUSH_MS = 200; // faster than an eye can read, slow enough to send few frames
const MOST_CHANGES_PER_FRAME = 100;
const METRICS_EVERY_MS = 5 * SECOND_MS;
const HEARTBEAT_EVERY_MS = 20 * SECOND_MS; // proxies on the way close what is silent for a minute

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly recorded: Topic<readonly RecordedChange[]>;
  readonly houseChanged: Topic<House>;
  readonly connectionChanged: Topic<ConnectionStatus>;
  readonly automationsChanged: Topic<readonly string[]>;
  readonly house: () => House;
  readonly connection: () => ConnectionStatus;
  readonly metrics: () => Promise<Metrics>;
}

/**
 * One stream per open page. Nothing is kept for a page that is away: it reads a snapshot when it is back.
 *
 * In a burst a frame holds the newest changes and the number of those it left out; all are in the store.
 */
export function createLive(deps: Deps): Live {
  const { clock, log } = deps;
  const pages = new Set<WebSocketLike>();
  let waiting: RecordedChange[] = [];
  let skipped = 0;
  let cancelFlush: (() => void) | undefined;

  const send = (message: LiveMessage) => {
    const text = JSON.stringify(message);
    for (const page of pages) page.send(text);
  };

  function flush(): void {
    cancelFlush = undefined;
    if (waiting.length === 0) return;
    send({ type: "changes", changes: waiting, ...(skipped > 0 ? { skipped } : {}) });
    waiting = [];
    skipped = 0;
  }

  const endings = [
    deps.recorded.subscribe((changes) => {
      if (pages.size === 0) return;
      waiting.push(...changes);
      if (waiting.length > MOST_CHANGES_PER_FRAME) {
        skipped += waiting.length - MOST_CHANGES_PER_FRAME;
        waiting = waiting.slice(-MOST_CHANGES_PER_FRAME);
      }
      cancelFlush ??= clock.after(FLUSH_MS, flush);
    }),
    deps.houseChanged.subscribe((house) => send({ type: "house", house })),
    deps.connectionChanged.subscribe((connection) => send({ type: "connection", connection })),
    deps.automationsChanged.subscribe((entityIds) => send({ type: "automations", entityIds })),
    every(clock, HEARTBEAT_EVERY_MS, () => send({ type: "heartbeat" })),
    every(clock, METRICS_EVERY_MS, () => {
      if (pages.size === 0) return;
      deps.metrics().then(
        (metrics) => send({ type: "metrics", metrics }),
        (error: unknown) => log.warn({ err: error }, "Metrics could not be read"),
      );
    }),
  ];

  return {
    upgrade: upgradeWebSocket(() => ({
      onOpen(_event, page) {
        const raw = page.raw;
        if (!raw) return;
        pages.add(raw);
        const hello = (message: LiveMessage) => raw.send(JSON.stringify(message));
        hello({ type: "hello", version: deps.version, at: clock.now() });
        hello({ type: "connection", connection: deps.connection() });
        hello({ type: "house", house: deps.house() });
      },
      onClose(_event, page) {
        if (page.raw) pages.delete(page.raw);
      },
      onError(_event, page) {
        if (page.raw) pages.delete(page.raw);
      },
    })),
    connections: () => pages.size,
    [Symbol.dispose]() {
      for (const end of endings) end();
      cancelFlush?.();
      for (const page of pages) page.close(1001, "HomeIQ is stopping");
      pages.clear();
    },
  };
}

function every(clock: Clock, intervalMs: number, callback: () => void): () => void {
  let cancel = () => {};
  const again = () => {
    cancel = clock.after(intervalMs, () => {
      callback();
      again();
    });
  };
  again();
  return () => cancel();
}
