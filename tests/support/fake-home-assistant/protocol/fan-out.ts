import type { BusEvent } from "../model/bus.ts";
import type { Core } from "../model/core.ts";
import type { Change } from "../model/state-machine.ts";
import type { Client } from "./client.ts";
import { toDiff, toStateChanged, toWireEvent } from "./wire.ts";

/** Sends every state change and event to those who subscribed; each is serialised once. */
export function startFanOut({ states, bus }: Core, clients: ReadonlySet<Client>): () => void {
  function onChange(change: Change) {
    let diff: string | undefined;
    let event: string | undefined;
    for (const client of clients) {
      for (const [id, subscription] of client.subscriptions) {
        if (subscription.kind === "entities") {
          if (subscription.includes?.(change.entityId) === false) continue;
          diff ??= JSON.stringify(toDiff(change));
          client.outbox.send(`{"id":${id},"type":"event","event":${diff}}`);
        } else if (isFor(subscription.eventType, "state_changed")) {
          event ??= JSON.stringify(toStateChanged(change));
          client.outbox.send(`{"type":"event","event":${event},"id":${id}}`);
        }
      }
    }
  }

  function onEvent(event: BusEvent) {
    let text: string | undefined;
    for (const client of clients) {
      for (const [id, subscription] of client.subscriptions) {
        if (!isFor(subscription.eventType, event.eventType)) continue;
        text ??= JSON.stringify(toWireEvent(event));
        client.outbox.send(`{"type":"event","event":${text},"id":${id}}`);
      }
    }
  }

  const ends = [states.onChange(onChange), bus.onEvent(onEvent)];
  return () => {
    for (const end of ends) end();
  };
}

function isFor(wanted: string | undefined, eventType: string): boolean {
  return wanted === eventType || wanted === "*";
}
