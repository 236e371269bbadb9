import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createInterface } from "node:readline";
import { root } from "./root.ts";

const GRACE_MS = 8_000; // HomeIQ stops within 5 s; then it is killed

/** A Node process of ours whose output goes to a file. */
export interface Child {
  readonly name: string;
  /** Resolves with the exit code; `undefined` when a signal ended it. */
  readonly ended: Promise<number | undefined>;
  /** The first line of its output for which `pick` returns something. Rejects when it ends before. */
  firstLine<T>(pick: (line: string) => T | undefined): Promise<T>;
  /** The last lines of its output. */
  lastLines(count: number): string;
  /** Ends it as the Supervisor would. Resolves when it is gone. */
  stop(): Promise<void>;
}

/** Starts `node <args>` in the checkout with more environment. It ends when this process does. */
export function startChild(
  name: string,
  args: readonly string[],
  { logFile, env }: { readonly logFile: string; readonly env: Readonly<Record<string, string>> },
): Child {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = createWriteStream(logFile);
  const child = spawn(process.execPath, ["--import", "./tools/end-with-parent.mjs", ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  child.stdout?.pipe(log, { end: false });
  child.stderr?.pipe(log, { end: false });
  const ended = new Promise<number | undefined>((resolve) => {
    child.once("error", () => resolve(1));
    child.once("exit", (code) => resolve(code ?? undefined));
  });

  return {
    name,
    ended,
    firstLine: (pick) => firstLine(child, ended, pick),
    lastLines: (count) =>
      readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count).join("\n"),
    async stop() {
      child.kill("SIGTERM");
      const killing = setTimeout(() => child.kill("SIGKILL"), GRACE_MS);
      await ended;
      clearTimeout(killing);
    },
  };
}

function firstLine<T>(
  child: ChildProcess,
  ended: Promise<unknown>,
  pick: (line: string) => T | undefined,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (!child.stdout) return reject(new Error("no output"));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const picked = pick(line);
      if (picked !== undefined) resolve(picked);
    });
    void ended.then(() => reject(new Error("It ended before it was ready")));
  });
}
