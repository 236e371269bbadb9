import { createApi } from "#src/api/api.ts";
import { createExporter, type Exporter } from "#src/api/export/exporter.ts";
import { listen } from "#src/api/server.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import type { History, Retention } from "#src/ingest/history/history.ts";
import { change } from "./changes.ts";

export const KNOWN = [0, 1, 2].map((n) => change(n).entityId);
export const AREAS: Readonly<Record<string, string>> = { kitchen: "Küche", hall: "Flur" };

function refuse(): never {
  throw new Error("This test did not say what that answers");
}

// What these tests never ask for; the routes only hold on to it.
const REST_OF_THE_API = {
  version: "0.0.0-test",
  asApp: false,
  pagesFolder: "/nowhere",
  isAdmin: (userId: string) => userId === "owner",
  live: { upgrade: refuse },
  gaps: () => [],
  history: {},
} as unknown as Parameters<typeof createApi>[0];

/** The data routes over a history that is handed in, on a real port. */
export async function serveExports(history: Partial<History>): Promise<
  AsyncDisposable & {
    readonly url: string;
    readonly exporter: Exporter;
    /** Entities that were taken out of the record. */
    readonly excluded: readonly string[];
  }
> {
  let retention: Retention = { rawDays: null, fiveMinuteDays: null, hourlyDays: null, classes: [] };
  const source = {
    ...REST_OF_THE_API.history,
    scan: refuse,
    statistics: refuse,
    retention: () => retention,
    setRetention: (next: Retention) => {
      retention = next;
    },
    ...history,
  };
  const clock = systemClock;
  const log = createLog("silent");
  const exporter = createExporter({
    clock,
    log,
    history: source,
    house: () => ({ name: "Haus am See", timeZone: "Europe/Berlin" }),
    names: { area: (id) => AREAS[id], device: () => undefined },
  });
  const excluded: string[] = [];
  const api = createApi({
    ...REST_OF_THE_API,
    clock,
    log,
    history: source,
    exporter,
    timeZone: () => "Europe/Berlin",
    isRecorded: (entityId) => KNOWN.includes(entityId),
    recordedEntities: () => KNOWN,
    excludeEntity: (entityId) => void excluded.push(entityId),
  });
  const server = await listen({ fetch: api.fetch, hostname: "127.0.0.1", port: 0 });
  return {
    url: `http://127.0.0.1:${server.port}`,
    exporter,
    excluded,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}
