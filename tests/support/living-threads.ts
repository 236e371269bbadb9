import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Worker } from "node:worker_threads";

export interface LivingThreads extends Disposable {
  /** How many that were started since this was opened have not ended. */
  count(): number;
  started(): number;
}

/** Sees every thread that this process starts, and its end. */
export function watchThreads(): LivingThreads {
  const living = new Set<Worker>();
  let started = 0;
  const onStarted = (message: unknown) => {
    const { worker } = message as { worker: Worker }; // as Node documents its channel
    started += 1;
    living.add(worker);
    worker.once("exit", () => living.delete(worker));
  };
  subscribe("worker_threads", onStarted);
  return {
    count: () => living.size,
    started: () => started,
    [Symbol.dispose]: () => void unsubscribe("worker_threads", onStarted),
  };
}
