import type { Announce } from "./announcer.ts";
import type { Context } from "./state-machine.ts";

/** An event that is not a state change. */
export interface BusEvent {
  readonly eventType: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly context: Context;
  readonly origin: "LOCAL" | "REMOTE";
  readonly firedAt: number;
}

/** Where everything but state changes is announced. */
export interface Bus {
  fire(
    eventType: string,
    data: Readonly<Record<string, unknown>>,
    options?: { context?: Context | undefined; origin?: "LOCAL" | "REMOTE" },
  ): BusEvent;
  onEvent(listener: (event: BusEvent) => void): () => void;
}

export function createBus(
  maker: { newContext(): Context; stamp(): number },
  announce: Announce,
): Bus {
  const listeners = new Set<(event: BusEvent) => void>();
  return {
    fire(eventType, data, { context, origin = "LOCAL" } = {}) {
      const event: BusEvent = {
        eventType,
        data,
        context: context ?? maker.newContext(),
        origin,
        firedAt: maker.stamp(),
      };
      announce(() => {
        for (const listener of listeners) listener(event);
      });
      return event;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
