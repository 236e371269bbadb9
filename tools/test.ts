import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { requireNode, root } from "./root.ts";
import { buildUiWhenStale } from "./ui-build.ts";

// `npm test`: all tests but those against a real Home Assistant. Further arguments go to vitest.

requireNode("npm test");
buildUiWhenStale();

const startedAt = performance.now();
const vitest = join(root, "node_modules/vitest/vitest.mjs");
const { status } = spawnSync(process.execPath, [vitest, "run", ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});
const seconds = Math.round((performance.now() - startedAt) / 1000);
process.stdout.write(
  status === 0 ? `Tests passed in ${seconds} s.\n` : `Tests failed after ${seconds} s.\n`,
);
process.exit(status ?? 1);
