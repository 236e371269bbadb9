import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type Child, startChild } from "./child.ts";
import { freePort } from "./free-port.ts";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "./node-flags.ts";
import { requireNode, root } from "./root.ts";
import { buildUiWhenStale } from "./ui-build.ts";

// `npm start`: HomeIQ, connected to HA_URL, or to a simulated house when there is none. Prints one URL.

const HOMEIQ_PORT = 8099;
const HOUSE_PORT = 8124; // not 8123: a real Home Assistant may be there
const HOUSE_DAYS = 3; // of history; more takes longer to fill
const READY_WITHIN_MS = 60_000;

const children: Child[] = [];
let stopping = false;

requireNode("npm start");
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => void stop(0));
}
try {
  await start();
} catch (error) {
  if (!stopping) fail(error);
}

async function start(): Promise<void> {
  buildUiWhenStale();
  buildApp();
  const house = process.env.HA_URL ? realHouse(process.env.HA_URL) : await simulatedHouse();
  const port = await freePort(Number(process.env.HOMEIQ_PORT ?? HOMEIQ_PORT));
  const folder = process.env.HOMEIQ_DATA ?? join(root, "data", house.folder);
  const homeiq = startChild("HomeIQ", [...NODE_FLAGS, "homeiq/dist/main.js"], {
    logFile: join(folder, "homeiq.log"),
    env: {
      ...NODE_ENVIRONMENT,
      HA_URL: house.url,
      HA_TOKEN: house.token,
      HOMEIQ_PORT: String(port),
      HOMEIQ_DATA: folder,
    },
  });
  watch(homeiq);
  await answers(`http://127.0.0.1:${port}/health`, homeiq);
  process.stdout.write(`HomeIQ shows ${house.what}. Log: ${join(folder, "homeiq.log")}\n`);
  process.stdout.write(`Open http://127.0.0.1:${port}/  (Ctrl+C ends it)\n`);
}

/** The same bundle as in the image: it needs a third of the memory of the sources. Takes a quarter second. */
function buildApp(): void {
  const { status } = spawnSync(process.execPath, ["build.ts"], {
    cwd: join(root, "homeiq"),
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? 1);
}

interface House {
  readonly url: string;
  readonly token: string;
  /** Below data/: two houses never share a history. */
  readonly folder: string;
  readonly what: string;
}

function realHouse(url: string): House {
  const token = process.env.HA_TOKEN;
  if (!token) {
    process.stderr.write(
      "HA_URL is set and HA_TOKEN is not. Make a long-lived access token in Home Assistant " +
        "(your profile, Security) and start with both.\n",
    );
    process.exit(1);
  }
  return { url, token, folder: "home-assistant", what: url };
}

async function simulatedHouse(): Promise<House> {
  const port = await freePort(HOUSE_PORT);
  const options = { preset: "flat", port, seed: 1, speed: 1, days: HOUSE_DAYS };
  const args = Object.entries(options).flatMap(([key, value]) => [`--${key}`, String(value)]);
  const folder = port === HOUSE_PORT ? "simulated-house" : `simulated-house-${port}`; // a second `npm start`
  const house = startChild(
    "The simulated house",
    ["tests/support/fake-home-assistant/main.ts", ...args],
    { logFile: join(root, "data", folder, "house.log"), env: {} },
  );
  watch(house);
  const { url, token } = await house.firstLine(readAddress);
  return { url, token, folder, what: "a simulated house" };
}

function readAddress(line: string): { url: string; token: string } | undefined {
  if (!line.startsWith("{")) return undefined;
  const said: { url?: string; token?: string } = JSON.parse(line);
  return said.url && said.token ? { url: said.url, token: said.token } : undefined;
}

/** A child that ends by itself ends everything, and its last words are shown. */
function watch(child: Child): void {
  children.push(child);
  void child.ended.then((code) => {
    if (stopping) return;
    process.stderr.write(`${child.lastLines(20)}\n${child.name} ended with exit code ${code}.\n`);
    void stop(1);
  });
}

async function answers(url: string, child: Child): Promise<void> {
  const until = Date.now() + READY_WITHIN_MS;
  while (Date.now() < until && !stopping) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false, // not listening yet
    );
    if (ok) return;
    await wait(100);
  }
  throw new Error(`${child.name} does not answer on ${url}.\n${child.lastLines(20)}`);
}

function fail(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
  void stop(1);
}

async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  await Promise.all(children.toReversed().map((child) => child.stop()));
  process.exit(code);
}
