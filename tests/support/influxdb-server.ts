import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import type { InfluxSettings } from "#src/store/influx/influx.ts";
import { eventually } from "./eventually.ts";

const CACHE = process.env.HOMEIQ_INFLUXDB_CACHE ?? join(homedir(), ".cache/homeiq-influxdb");

/** What `tests/real-influxdb/install.sh` puts there; the last two only where they can be built. */
const BINARIES = {
  "influxdb-1.6": join(CACHE, "debian/usr/bin/influxd"),
  "victoria-metrics": join(CACHE, "debian/usr/bin/victoria-metrics"),
  "influxdb-1.8": join(CACHE, "influxd-1.8.10"),
  "influxdb-2.7": join(CACHE, "influxd-2.7.12"),
} as const;
export type ServerName = keyof typeof BINARIES;

const UP_WITHIN_MS = 55_000; // 1.8 compiles its own library at each start

export const USER = { username: "anna", password: 'a pass, word=of "Anna"' } as const;
/** Whose password holds nothing that the token of InfluxDB 1.8 cannot. */
export const PLAIN_USER = { username: "ben", password: "simple" } as const;
export const TOKEN = "a-token-of-anna";
export const ORG = "home";

export const isInstalled = (name: ServerName): boolean => existsSync(BINARIES[name]);

/** A server of this machine, on a loopback port, with an empty folder that is gone at the end. */
export interface InfluxdbServer extends AsyncDisposable {
  readonly url: string;
  readonly pid: () => number;
  /** How HomeIQ would be set up for it. */
  readonly settings: InfluxSettings;
  /** As when the machine loses power. */
  kill(): Promise<void>;
  /** As when its app is stopped. */
  stop(): Promise<void>;
  /** Again, on the same port, with what it had on its disk. */
  start(): Promise<void>;
  log(): string;
}

interface Options {
  /** InfluxDB 1 with users; 2 always has them. */
  readonly auth?: boolean;
  readonly database?: string;
}

export async function startInfluxdb(
  name: ServerName,
  { auth = false, database = "home_assistant_events" }: Options = {},
): Promise<InfluxdbServer> {
  const [port, rpcPort] = [await freePort(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const folder = mkdtempSync(join(tmpdir(), "homeiq-influxdb-"));
  writeFileSync(join(folder, "influxdb.conf"), configuration(folder, { port, rpcPort, auth }));
  const args = argumentsOf(name, folder, port);
  let output = "";
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const started = spawn(BINARIES[name], args, { stdio: ["ignore", "pipe", "pipe"] });
    child = started;
    for (const stream of [started.stdout, started.stderr]) {
      stream.on("data", (chunk) => {
        output = (output + chunk).slice(-20_000);
      });
    }
    await eventually(
      `${name} answers`,
      async () => {
        if (started.exitCode !== null) throw new Error(`${name} ended: ${output.slice(-2_000)}`);
        const answer = await fetch(`${url}/ping`).catch(() => undefined); // not listening yet
        return answer?.status === 204 || undefined;
      },
      UP_WITHIN_MS,
    );
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const ended = new Promise((resolve) => running.once("exit", resolve));
    running.kill(signal);
    await ended;
  }

  await start();
  if (name === "influxdb-2.7") await setUp(url);
  if (auth) await makeAdmins(url);
  const credentials = {
    ...(auth ? USER : {}),
    ...(name === "influxdb-2.7" ? { token: TOKEN, org: ORG } : {}),
    ...(name === "victoria-metrics" ? { token: "any" } : {}),
  };
  return {
    url,
    pid: () => child?.pid ?? 0,
    settings: { url, database, ...credentials },
    kill: () => end("SIGKILL"),
    stop: () => end("SIGTERM"),
    start,
    log: () => output,
    async [Symbol.asyncDispose]() {
      await end("SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function argumentsOf(name: ServerName, folder: string, port: number): string[] {
  if (name === "victoria-metrics") {
    return [`-storageDataPath=${folder}/data`, `-httpListenAddr=127.0.0.1:${port}`];
  }
  if (name !== "influxdb-2.7") return ["run", "-config", join(folder, "influxdb.conf")];
  return [
    "run",
    "--reporting-disabled",
    `--http-bind-address=127.0.0.1:${port}`,
    `--bolt-path=${folder}/bolt`,
    `--sqlite-path=${folder}/sqlite`,
    `--engine-path=${folder}/engine`,
  ];
}

const configuration = (
  folder: string,
  { port, rpcPort, auth }: { port: number; rpcPort: number; auth: boolean },
) => `
reporting-disabled = true
bind-address = "127.0.0.1:${rpcPort}"
[meta]
  dir = "${folder}/meta"
[data]
  dir = "${folder}/data"
  wal-dir = "${folder}/wal"
[http]
  bind-address = "127.0.0.1:${port}"
  auth-enabled = ${auth}
  flux-enabled = true
  log-enabled = false
[monitor]
  store-enabled = false
`;

async function setUp(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/v2/setup`, {
    method: "POST",
    body: JSON.stringify({ ...USER, org: ORG, bucket: "first", token: TOKEN }),
  });
  if (!answer.ok) throw new Error(`setup: ${answer.status} ${await answer.text()}`);
}

async function makeAdmins(url: string): Promise<void> {
  const basic = Buffer.from(`${USER.username}:${USER.password}`).toString("base64");
  for (const { username, password } of [USER, PLAIN_USER]) {
    const q = `CREATE USER "${username}" WITH PASSWORD '${password}' WITH ALL PRIVILEGES`;
    const answer = await fetch(`${url}/query`, {
      method: "POST",
      headers: { authorization: `Basic ${basic}` }, // the very first user is made by nobody
      body: new URLSearchParams({ q }),
    });
    if (!answer.ok) throw new Error(`${username}: ${answer.status} ${await answer.text()}`);
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no free port");
  return address.port;
}
