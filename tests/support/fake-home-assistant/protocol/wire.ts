import type { BusEvent } from "../model/bus.ts";
import { type Change, type Context, isSame, type State } from "../model/state-machine.ts";

/** ISO text with microseconds, as Core writes it. */
export function toIso(at: number): string {
  const micros = Math.round((at - Math.floor(at)) * 1000);
  const text = new Date(Math.floor(at)).toISOString().slice(0, -1);
  return `${text}${String(Math.min(micros, 999)).padStart(3, "0")}+00:00`;
}

/** Float seconds with microseconds. */
export function toSeconds(at: number): number {
  return Math.round(at * 1000) / 1_000_000;
}

/** One state with long keys. */
export function toWireState(state: State) {
  const updated = toIso(state.updatedAt);
  return {
    entity_id: state.entityId,
    state: state.state,
    attributes: state.attributes,
    last_changed: toIso(state.changedAt),
    last_reported: updated,
    last_updated: updated,
    context: state.context,
  };
}

export type WireState = ReturnType<typeof toWireState>;

/** The `event` of a `subscribe_events` message, for an event of the bus. */
export function toWireEvent(event: BusEvent) {
  return {
    event_type: event.eventType,
    data: event.data,
    origin: event.origin,
    time_fired: toIso(event.firedAt),
    context: event.context,
  };
}

/** The `event` of a `subscribe_events` message, for a state change. */
export function toStateChanged(change: Change) {
  return {
    event_type: "state_changed",
    data: {
      entity_id: change.entityId,
      old_state: change.before === undefined ? null : toWireState(change.before),
      new_state: change.after === undefined ? null : toWireState(change.after),
    },
    origin: "LOCAL",
    time_fired: toIso(change.firedAt),
    context: change.context,
  };
}

/** A full entry of `subscribe_entities`. */
export function toCompressed(state: State) {
  const lc = toSeconds(state.changedAt);
  const lu = toSeconds(state.updatedAt);
  return {
    s: state.state,
    a: state.attributes,
    c: toShortContext(state.context),
    lc,
    ...(lu === lc ? {} : { lu }),
  };
}

function toShortContext(context: Context): string | Context {
  return context.parent_id === null && context.user_id === null ? context.id : context;
}

/** What a change looks like to `subscribe_entities`: exactly one of `a`, `c`, `r`. */
export function toDiff({ entityId, before, after }: Change) {
  if (after === undefined) return { r: [entityId] };
  if (before === undefined) return { a: { [entityId]: toCompressed(after) } };

  const plus: Record<string, unknown> = {};
  if (before.state !== after.state) plus.s = after.state;
  if (before.changedAt !== after.changedAt) plus.lc = toSeconds(after.changedAt);
  else if (before.updatedAt !== after.updatedAt) plus.lu = toSeconds(after.updatedAt);

  const context = contextDiff(before.context, after.context);
  if (context !== undefined) plus.c = context;

  const added: Record<string, unknown> = {};
  const gone: string[] = [];
  if (before.attributes !== after.attributes) {
    for (const [key, value] of Object.entries(after.attributes)) {
      if (!(key in before.attributes) || !isSame(before.attributes[key], value)) added[key] = value;
    }
    for (const key of Object.keys(before.attributes)) {
      if (!(key in after.attributes)) gone.push(key);
    }
  }
  if (Object.keys(added).length > 0) plus.a = added;
  const minus = gone.length > 0 ? { "-": { a: gone } } : {};
  return { c: { [entityId]: { "+": plus, ...minus } } };
}

function contextDiff(before: Context, after: Context): string | Partial<Context> | undefined {
  const changed: { -readonly [K in keyof Context]?: Context[K] } = {};
  if (before.parent_id !== after.parent_id) changed.parent_id = after.parent_id;
  if (before.user_id !== after.user_id) changed.user_id = after.user_id;
  if (Object.keys(changed).length === 0) return before.id === after.id ? undefined : after.id;
  if (before.id !== after.id) changed.id = after.id;
  return changed;
}
