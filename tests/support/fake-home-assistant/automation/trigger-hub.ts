import type { BusEvent } from "../model/bus.ts";
import type { Core } from "../model/core.ts";
import type { Change } from "../model/state-machine.ts";

/** Passes changes and events on to those who wait for just these. */
export interface TriggerHub {
  onStates(entityIds: readonly string[], listener: (change: Change) => void): () => void;
  onEvent(eventTypes: readonly string[], listener: (event: BusEvent) => void): () => void;
}

export function createTriggerHub({ states, bus }: Core): TriggerHub {
  const byEntity = new Map<string, Set<(change: Change) => void>>();
  const byEvent = new Map<string, Set<(event: BusEvent) => void>>();
  states.onChange((change) => {
    for (const listener of byEntity.get(change.entityId) ?? []) listener(change);
  });
  bus.onEvent((event) => {
    for (const listener of byEvent.get(event.eventType) ?? []) listener(event);
  });
  return {
    onStates: (entityIds, listener) => join(byEntity, entityIds, listener),
    onEvent: (eventTypes, listener) => join(byEvent, eventTypes, listener),
  };
}

function join<L>(rooms: Map<string, Set<L>>, keys: readonly string[], listener: L): () => void {
  for (const key of keys) {
    const listeners = rooms.get(key) ?? new Set();
    rooms.set(key, listeners);
    listeners.add(listener);
  }
  return () => {
    for (const key of keys) rooms.get(key)?.delete(listener);
  };
}
