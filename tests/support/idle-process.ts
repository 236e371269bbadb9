import { spawn } from "node:child_process";
import { once } from "node:events";

const WATCH = `
const { monitorEventLoopDelay } = require("node:perf_hooks");
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();
process.stdin.once("data", () => { console.log(Math.max(0, delay.percentile(99) / 1e6 - 10)); process.exit(0); });
`;

/**
 * A process that does nothing, and how late its event loop is all the same: what a busy machine takes from everybody.
 *
 * Ask for it once; that ends it. Milliseconds, p99.
 */
export function startIdleProcess(): { lateMs(): Promise<number> } {
  const child = spawn(process.execPath, ["-e", WATCH], { stdio: ["pipe", "pipe", "inherit"] });
  return {
    async lateMs() {
      const told = once(child.stdout, "data");
      child.stdin.end("now\n");
      return Number(String((await told)[0]));
    },
  };
}
