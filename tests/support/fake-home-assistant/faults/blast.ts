import type { Simulation } from "../household/simulation.ts";
import { ulid } from "../model/random.ts";
import type { State } from "../model/state-machine.ts";
import type { FakeServer } from "../protocol/server.ts";
import { toIso, toSeconds } from "../protocol/wire.ts";

const TICK_MS = 5;
const FRAME_MESSAGES = 256; // Core sends when so many wait
const BUFFER_BYTES = 1024 * 1024;
const OVERFLOW_BYTES = 16 * 1024 * 1024; // about what 4096 waiting messages of a large house are

export interface BlastOptions {
  readonly changesPerSecond: number;
  readonly seconds: number;
  /** True (default): wait for a slow client and catch up. False: cut it off, as Core does. */
  readonly patient?: boolean;
}

export interface BlastResult {
  /** State changes sent to each listening connection. */
  readonly sent: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Connections cut off because they did not keep up. */
  readonly overflowed: number;
}

interface Target {
  readonly entityId: string;
  readonly head: string;
  readonly attributes: string;
  next(state: string): string;
}

/** Sends state changes, spread over all entities, as fast as told; coalesced for who asked so. */
export async function blast(
  { core }: Simulation,
  server: FakeServer,
  { changesPerSecond, seconds, patient = true }: BlastOptions,
): Promise<BlastResult> {
  const targets = targetsOf(core.states.all());
  const startedAt = performance.now();
  const wanted = Math.round(changesPerSecond * seconds);
  let sent = 0;
  let overflowed = 0;

  while (sent < wanted) {
    const elapsed = (performance.now() - startedAt) / 1000;
    if (elapsed > seconds * 3) break; // nobody is served by a blast that never ends
    const due = Math.min(wanted, Math.floor(elapsed * changesPerSecond));
    const isFull = [...server.clients].some(({ outbox }) => outbox.bufferedBytes > BUFFER_BYTES);
    if (!(patient && isFull)) {
      while (sent < due) {
        const count = Math.min(FRAME_MESSAGES, due - sent);
        overflowed += sendFrame(count);
        sent += count;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, TICK_MS));
  }

  function sendFrame(count: number): number {
    const listeners = [...server.clients].flatMap((client) =>
      [...client.subscriptions]
        .filter(([, { kind, eventType }]) => kind === "entities" || isStates(eventType))
        .map(([id, { kind }]) => ({ client, id, kind, messages: [] as string[] })),
    );
    for (let index = 0; index < count; index++) {
      const target = targets[(sent + index) % targets.length];
      const before = target === undefined ? undefined : core.states.get(target.entityId);
      if (target === undefined || before === undefined) continue;
      const after = change(before, target);
      for (const { id, kind, messages } of listeners) {
        messages.push(
          kind === "entities"
            ? `{"id":${id},"type":"event","event":${target.head}${diffOf(after)}`
            : `{"type":"event","event":${eventOf(before, after, target)},"id":${id}}`,
        );
      }
    }
    let cut = 0;
    for (const { client, messages } of listeners) {
      if (client.outbox.bufferedBytes > OVERFLOW_BYTES) {
        client.outbox.cut();
        cut += 1;
      } else client.outbox.sendMany(messages);
    }
    return cut;
  }

  function change(before: State, target: Target): State {
    const at = core.states.stamp();
    const after: State = {
      ...before,
      state: target.next(before.state),
      changedAt: at,
      updatedAt: at,
      context: { id: ulid(at, core.random), parent_id: null, user_id: null },
    };
    core.states.replace(after);
    return after;
  }

  const took = (performance.now() - startedAt) / 1000;
  return { sent, seconds: took, perSecond: sent / took, overflowed };
}

function isStates(eventType: string | undefined): boolean {
  return eventType === "state_changed" || eventType === "*";
}

function targetsOf(states: Iterable<State>): readonly Target[] {
  const targets: Target[] = [];
  for (const { entityId, state, attributes } of states) {
    const common = {
      entityId,
      head: `{"c":{${JSON.stringify(entityId)}:{"+":{"s":"`,
      attributes: JSON.stringify(attributes),
    };
    const value = Number(state);
    if (state === "on" || state === "off") {
      if (entityId.startsWith("automation.")) continue;
      targets.push({ ...common, next: (before) => (before === "on" ? "off" : "on") });
    } else if (Number.isFinite(value) && state !== "") {
      let turn = 0;
      targets.push({ ...common, next: () => (value + (++turn % 1000) / 10).toFixed(1) });
    }
  }
  return targets;
}

function diffOf({ state, changedAt, context }: State): string {
  const c = `{"parent_id":null,"user_id":null,"id":"${context.id}"}`;
  return `${state}","lc":${toSeconds(changedAt)},"c":${c}}}}}}`;
}

function eventOf(before: State, after: State, { entityId, attributes }: Target): string {
  const id = JSON.stringify(entityId);
  const wire = ({ state, changedAt, updatedAt, context }: State) => {
    const updated = toIso(updatedAt);
    const times = `"last_changed":"${toIso(changedAt)}","last_reported":"${updated}","last_updated":"${updated}"`;
    return `{"entity_id":${id},"state":${JSON.stringify(state)},"attributes":${attributes},${times},"context":${JSON.stringify(context)}}`;
  };
  const data = `{"entity_id":${id},"old_state":${wire(before)},"new_state":${wire(after)}}`;
  const rest = `"origin":"LOCAL","time_fired":"${toIso(after.updatedAt)}","context":${JSON.stringify(after.context)}`;
  return `{"event_type":"state_changed","data":${data},${rest}}`;
}
