import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NODE_ENVIRONMENT, NODE_FLAGS } from "../../tools/node-flags.ts";
import { eventually } from "./eventually.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Tests and measurements ask no server of the world. */
const ASKS_NOBODY = join(ROOT, "tests/support/asks-nobody.json");

export interface Running {
  readonly url: string;
  readonly pid: number;
  /** Where its database is. */
  readonly folder: string;
  readonly output: () => string;
  get<T>(path: string): Promise<T>;
  /** Ends it with SIGTERM; answers its exit code. */
  stop(): Promise<number | null>;
  /** Ends it with SIGKILL: nothing is written any more. One that has ended already stays so. */
  kill(): Promise<void>;
}

/** The bundle of the image, built from the sources as they are now. */
export function buildHomeIq(): void {
  const { status, stderr } = spawnSync(process.execPath, ["build.ts"], {
    cwd: join(ROOT, "homeiq"),
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`homeiq/build.ts failed: ${stderr}`);
}

/** HomeIQ as a process of its own, as it runs in the image. `buildHomeIq` comes first. */
export async function runHomeIq(
  env: Readonly<Record<string, string>>,
  { preload }: { readonly preload?: URL } = {},
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-run-"));
  const before = preload ? ["--import", preload.href] : [];
  const child = spawn(process.execPath, [...NODE_FLAGS, ...before, "homeiq/dist/main.js"], {
    cwd: ROOT,
    env: {
      ...process.env,
      ...NODE_ENVIRONMENT,
      HOMEIQ_PORT: "0",
      HOMEIQ_DATA: folder,
      HOMEIQ_OPTIONS: ASKS_NOBODY,
      ...env,
    },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  const port = await eventually("HomeIQ answers", () => {
    if (child.exitCode !== null) throw new Error(`HomeIQ ended: ${output}`);
    return /"port":(\d+)/.exec(output)?.[1];
  });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    pid: child.pid ?? 0,
    folder,
    output: () => output,
    get: async <T>(path: string) => (await (await fetch(`${url}${path}`)).json()) as T,
    stop: async () => {
      const code = await end(child);
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
    kill: async () => {
      await end(child, "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The simulated house in a process of its own, so that it takes no time from the one that is measured. */
export async function runHouse(args: readonly string[]): Promise<{
  url: string;
  order<T>(name: string, body?: object): Promise<T>;
  stop(): Promise<number | null>;
}> {
  const child = spawn(
    process.execPath,
    ["tests/support/fake-home-assistant/main.ts", "--port", "0", ...args],
    { cwd: ROOT },
  );
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const url = await eventually(
    "the house is ready",
    () => /"url":"([^"]+)"/.exec(output)?.[1],
    60_000,
  );
  return {
    url,
    order: async <T>(name: string, body: object = {}) => {
      const answer = await fetch(`${url}/__fake/${name}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      return (await answer.json()) as T;
    },
    stop: () => end(child),
  };
}

function end(
  child: ChildProcess,
  signal: "SIGTERM" | "SIGKILL" = "SIGTERM",
): Promise<number | null> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve(child.exitCode);
    child.once("exit", (code) => resolve(code));
    child.kill(signal);
  });
}
