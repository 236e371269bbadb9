import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compose } from "#src/compose.ts";
import type { Settings } from "#src/compose-settings.ts";
import { type Clock, systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { directEndpoint } from "#src/home/connection/connection.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { type ApiDocument, readApiDocument } from "./api-document.ts";

interface Options {
  readonly url?: string;
  readonly token?: string;
  /** A folder to go on with; a new one otherwise. */
  readonly folder?: string;
  /** As the Supervisor would hand them over. Nobody outside is asked unless they say so. */
  readonly options?: Settings["options"];
  readonly patience?: Settings["patience"];
  /** Where vendors answer, by name. */
  readonly vendorUrls?: Settings["vendorUrls"];
  readonly log?: Settings["log"];
  /** For a house whose time is another than ours. */
  readonly clock?: Clock;
}

export interface HomeIq extends AsyncDisposable {
  readonly url: string;
  readonly folder: string;
  get<T>(path: string): Promise<T>;
  /** Throws when what the API answers is not what its OpenAPI document says. */
  ask(path: string, init?: RequestInit): Promise<Response>;
  /** To `/api/v1/…`, as JSON. */
  post(path: string, body?: object): Promise<Response>;
  events(query?: string): Promise<readonly RecordedChange[]>;
  stop(): Promise<void>;
}

/** The same for every HomeIQ of this process: made once, because that takes a while. */
let document: Promise<ApiDocument> | undefined;

/** The whole program in this process, on a free port and a database of its own. */
export async function startHomeIq({
  url,
  token = "fake-token",
  folder,
  options,
  patience,
  vendorUrls,
  log = createLog("silent"),
  clock = systemClock,
}: Options): Promise<HomeIq> {
  const home = folder ?? mkdtempSync(join(tmpdir(), "homeiq-test-"));
  const app = await compose({
    clock,
    log,
    version: "0.0.0-test",
    endpoint: url === undefined ? undefined : directEndpoint(url, token),
    options: { outside_off: true, ...options },
    ...(vendorUrls ? { vendorUrls } : {}),
    ...(patience ? { patience } : {}),
    databaseFile: join(home, "homeiq.db"),
    pagesFolder: join(home, "pages"),
    hostname: "127.0.0.1",
    port: 0,
  });
  const base = `http://127.0.0.1:${app.port}`;
  let stopped = false;
  const stop = async () => {
    if (stopped) return;
    stopped = true;
    await app[Symbol.asyncDispose]();
  };
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await fetch(`${base}${path}`, init);
    if (path.startsWith("/api/v1/")) {
      document ??= fetch(`${base}/api/openapi.json`).then(async (one) =>
        readApiDocument(await one.json()),
      );
      await (await document).judge({ method: init?.method ?? "GET", path }, answer);
    }
    return answer;
  };
  const get = async <T>(path: string) => {
    const answer = await ask(path);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  };
  return {
    url: base,
    folder: home,
    ask,
    get,
    post: (path, body = {}) =>
      ask(`/api/v1/${path}`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(body),
      }),
    events: async (query = "") =>
      (await get<{ events: RecordedChange[] }>(`/api/v1/events?limit=500&${query}`)).events,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
      if (folder === undefined) rmSync(home, { recursive: true, force: true });
    },
  };
}
