import type { Log } from "./log.ts";

/** One kind of event, typed by what it carries. */
export interface Topic<T> {
  publish(value: T): void;
  /** The answer ends the subscription. */
  subscribe(listener: (value: T) => void): () => void;
}

/** A listener that throws is logged and hurts neither the publisher nor the other listeners. */
export function createTopic<T>({ name, log }: { name: string; log: Log }): Topic<T> {
  const listeners = new Set<(value: T) => void>();
  return {
    publish(value) {
      for (const listener of listeners) {
        try {
          listener(value);
        } catch (error) {
          log.error({ err: error, topic: name }, "A listener failed");
        }
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
