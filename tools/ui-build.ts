import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root.ts";

const ui = join(root, "homeiq/ui");
const stamp = join(ui, "build/.built"); // written after a whole build, so that half a build is stale
const sources = ["src", "static", "package-lock.json", "vite.config.ts", "tsconfig.json"];

/**
 * Builds the UI when its sources, or the routes whose types it imports, are newer than the last build.
 *
 * Ends the process with the build's exit code when that fails. Does nothing when there is no UI yet.
 */
export function buildUiWhenStale(): void {
  if (!existsSync(join(ui, "package.json"))) return;
  const builtAt = existsSync(stamp) ? statSync(stamp).mtimeMs : 0;
  if (sources.every((source) => newestMtimeMs(join(ui, source)) <= builtAt)) return;

  process.stdout.write("Building the UI, about half a minute …\n");
  const { status, stdout, stderr } = spawnSync("npm", ["--prefix", ui, "run", "build"], {
    cwd: root,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    process.stderr.write(`${stdout}\n${stderr}\nThe UI does not build.\n`);
    process.exit(status ?? 1);
  }
  writeFileSync(stamp, new Date().toISOString());
}

/** Milliseconds since the epoch; 0 when there is no such path. A folder's own time counts: it tells deletions. */
function newestMtimeMs(path: string): number {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  const inside = readdirSync(path).map((name) => newestMtimeMs(join(path, name)));
  return Math.max(found.mtimeMs, ...inside);
}
