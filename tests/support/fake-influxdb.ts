import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import { gunzipSync } from "node:zlib";

export interface AskedOfInfluxdb {
  readonly method: string;
  /** With the query. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface RecordedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that answers what was recorded of real ones, and keeps what it was asked. */
export interface FakeInfluxdb extends AsyncDisposable {
  readonly url: string;
  readonly asked: readonly AskedOfInfluxdb[];
  /** Lines that were taken, each once, in the order of arrival. */
  readonly lines: ReadonlySet<string>;
  /** Until told otherwise, this is the answer to everything that is written. */
  answerWrites(answer: RecordedAnswer | undefined): void;
}

/** What answers by path; a function of the request where it matters. */
export type Recorded = Readonly<Record<string, RecordedAnswer>>;

const NO_CONTENT: RecordedAnswer = { status: 204 };

export async function startFakeInfluxdb(recorded: Recorded): Promise<FakeInfluxdb> {
  const asked: AskedOfInfluxdb[] = [];
  const lines = new Set<string>();
  let onWrite: RecordedAnswer | undefined;

  const server = createServer(async (incoming, answer) => {
    const raw = await buffer(incoming);
    const zipped = incoming.headers["content-encoding"] === "gzip";
    const body = (zipped ? gunzipSync(raw) : raw).toString("utf8");
    const { method = "GET", url = "/" } = incoming;
    asked.push({ method, url, authorization: incoming.headers.authorization, body });
    const [path = ""] = url.split("?");
    const said = answerTo(path, body);
    answer.writeHead(said.status, said.headers);
    answer.end(said.body);
  });

  function answerTo(path: string, body: string): RecordedAnswer {
    if (!path.includes("write"))
      return recorded[path] ?? { status: 404, body: "404 page not found" };
    const said = onWrite ?? recorded[path] ?? NO_CONTENT;
    if (said.status < 300) for (const line of body.split("\n")) if (line) lines.add(line);
    return said;
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo; // a TCP server's address is an object
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    lines,
    answerWrites(answer) {
      onWrite = answer;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

const DATABASES = `{"results":[{"statement_id":0,"series":[{"name":"databases","columns":["name"],"values":[["home_assistant_events"]]}]}]}\n`;

/** Recorded of InfluxDB 1.8.10, 2026-11-24. */
export const INFLUXDB_1: Recorded = {
  "/ping": {
    status: 204,
    headers: { "x-influxdb-version": "1.8.10", "x-influxdb-build": "OSS" },
  },
  "/query": { status: 200, headers: { "content-type": "application/json" }, body: DATABASES },
};

/** As InfluxData documents InfluxDB 3 Core: the version is in the body of `/ping`, and a header. */
export const INFLUXDB_3: Recorded = {
  "/ping": {
    status: 200,
    headers: { "content-type": "application/json" },
    body: `{"version":"3.4.1","revision":"83b589b883","process_id":"b7bbe3c5"}`,
  },
  "/health": { status: 200, body: "OK" },
};
