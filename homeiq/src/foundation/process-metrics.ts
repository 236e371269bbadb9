import { monitorEventLoopDelay } from "node:perf_hooks";

export interface ProcessMetrics {
  readonly uptimeSeconds: number;
  readonly rssBytes: number;
  readonly heapUsedBytes: number;
  /** Of one core, since the last reading. */
  readonly cpuPercent: number;
  /** How late the event loop was in the last window, milliseconds. */
  readonly eventLoopLagMs: { readonly p50: number; readonly p99: number; readonly max: number };
}

const RESOLUTION_MS = 10;

/** Measures this process. The event-loop window starts anew at each `read` that resets it. */
export function createProcessMetrics(): { read(): ProcessMetrics; reset(): void } & Disposable {
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delay.enable();
  let cpuAt = performance.now();
  let cpu = process.cpuUsage();
  let cpuPercent = 0;

  // The histogram holds the timer's whole interval; what is above the resolution is the lag.
  const lag = (nanoseconds: number) =>
    Number.isFinite(nanoseconds) ? Math.max(0, round(nanoseconds / 1e6 - RESOLUTION_MS)) : 0;

  return {
    read() {
      const now = performance.now();
      if (now - cpuAt >= 1_000) {
        const used = process.cpuUsage(cpu);
        cpuPercent = round((used.user + used.system) / 10 / (now - cpuAt));
        cpu = process.cpuUsage();
        cpuAt = now;
      }
      const memory = process.memoryUsage();
      return {
        uptimeSeconds: Math.round(process.uptime()),
        rssBytes: memory.rss,
        heapUsedBytes: memory.heapUsed,
        cpuPercent,
        eventLoopLagMs: {
          p50: lag(delay.percentile(50)),
          p99: lag(delay.percentile(99)),
          max: lag(delay.max),
        },
      };
    },
    reset: () => delay.reset(),
    [Symbol.dispose]: () => void delay.disable(),
  };
}

const round = (value: number) => Math.round(value * 10) / 10;
