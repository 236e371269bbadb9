// Runs after the root `npm ci`: the app and its UI have lockfiles of their own, so that `homeiq/`
// alone is a complete Docker context. Plain JavaScript, because it may run under Node 20.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

for (const folder of ["homeiq", "homeiq/ui"]) {
  const cwd = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
  if (!existsSync(`${cwd}package-lock.json`)) continue; // nothing locked yet: first install by a developer
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd,
    stdio: "inherit",
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: "skip" },
    shell: process.platform === "win32",
  });
  if (status !== 0) process.exit(status ?? 1);
}
