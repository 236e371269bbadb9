import { monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";

const RESOLUTION_MS = 10;

/** To be loaded before a program: at each SIGUSR2 it says how late its event loop was since the one before. */
if (isMainThread) {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  process.on("SIGUSR2", () => {
    const said = { p99: late(delay.percentile(99)), longest: late(delay.max) };
    process.stdout.write(`${JSON.stringify({ eventLoopLate: said })}\n`);
    delay.reset();
  });
}
