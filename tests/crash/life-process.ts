import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { PastChange, RecordedChange } from "#src/ingest/history/history.ts";

/** What a life is told. */
export interface Start {
  readonly folder: string;
  readonly seed: number;
  /** When it begins, in the household's time. */
  readonly at: number;
  readonly firstMark: number;
  /** What the life before was adding when it was killed. */
  readonly again?: readonly PastChange[];
  /** Does nothing once the history is open. */
  readonly onlyOpen?: boolean;
}

export type Published = Pick<
  RecordedChange,
  "id" | "entityId" | "at" | "newState" | "changedAttributes"
>;

/** What a life says. */
export type Line =
  | { readonly type: "begin"; readonly what: "open" | "live" | "seal" }
  | {
      readonly type: "begin";
      readonly what: "past";
      readonly changes: readonly PastChange[];
    }
  | { readonly type: "begin"; readonly what: "retain"; readonly before: number }
  | { readonly type: "done"; readonly what: Work }
  | { readonly type: "now"; readonly at: number }
  | { readonly type: "published"; readonly changes: readonly Published[] }
  | { readonly type: "added"; readonly changes: readonly PastChange[] };

/** What a life begins again and again; `live` once, when its history is open. */
export type Work = "open" | "live" | "seal" | "past" | "retain";

/** When to kill: so long after the n-th time that it began something. */
export interface Moment {
  readonly what: Work;
  readonly times: number;
  readonly delayMs: number;
}

/** How long each work took the last time, milliseconds: a slow machine needs another aim than a fast one. */
export const tookMs = new Map<Work, number>();

const LIFE = fileURLToPath(new URL("./life.ts", import.meta.url));
const LONGEST_MS = 20_000;

/** Lives until the moment, then is killed with no chance to say goodbye. Answers what it had said. */
export async function liveUntil(moment: Moment, start: Start): Promise<readonly Line[]> {
  const child = spawn(process.execPath, ["--no-warnings", LIFE, JSON.stringify(start)], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaint = "";
  child.stderr.on("data", (text) => {
    complaint += text;
  });
  const kill = () => void child.kill("SIGKILL");
  const longest = setTimeout(kill, LONGEST_MS);

  const said: Line[] = [];
  const begun = new Map<Work, number>();
  let times = 0;
  const reading = createInterface({ input: child.stdout });
  reading.on("line", (text) => {
    const line = toLine(text);
    if (!line) return;
    said.push(line);
    if (line.type === "begin") begun.set(line.what, performance.now());
    if (line.type === "done") {
      tookMs.set(line.what, performance.now() - (begun.get(line.what) ?? performance.now()));
    }
    if (line.type !== "begin" || line.what !== moment.what) return;
    times += 1;
    if (times === moment.times) void pause(moment.delayMs).then(kill);
  });
  await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(longest);
  if (child.signalCode !== "SIGKILL") throw new Error(`It ended by itself: ${complaint}`);
  return said;
}

/** The last line may have been cut by the kill. */
function toLine(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line; // said by `life.ts` only
  } catch {
    return undefined;
  }
}
