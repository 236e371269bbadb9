import type { BusEvent } from "./bus.ts";
import type { Core } from "./core.ts";
import type { Attributes, Change, Context, State } from "./state-machine.ts";

const HOUR_MS = 3_600_000;
const ROWS_IN_ALL = 400_000; // keeps the villa's memory bounded
const EVENTS_KEPT = 20_000;
const CAUSES_KEPT = 20_000;

/** One state as the recorder keeps it. */
export interface Row {
  readonly state: string;
  readonly attributes: Attributes;
  readonly changedAt: number;
  readonly updatedAt: number;
  /** Absent when nobody and nothing is known to have caused it. */
  readonly context: Context | undefined;
}

/** One hour of a statistic. */
export interface Hour {
  readonly startAt: number;
  min: number;
  max: number;
  total: number;
  count: number;
  /** The last value of the hour. */
  state: number;
  /** What a total has grown by since recording began. */
  sum: number;
}

/** What caused a context, if anything did. */
export interface Cause {
  readonly eventType: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly userId: string | null;
}

/** History, events and statistics, bounded. */
export interface Recorder {
  rowsOf(entityId: string): readonly Row[];
  recorded(): Iterable<string>;
  /** Events the logbook shows, oldest first. */
  events(): readonly BusEvent[];
  causeOf(contextId: string): Cause | undefined;
  hoursOf(entityId: string): readonly Hour[];
  statisticIds(): Iterable<string>;
}

const SHOWN = new Set(["automation_triggered", "script_started", "logbook_entry"]);

export function createRecorder({ states, bus }: Core, entityCount: number): Recorder {
  const perEntity = Math.max(150, Math.floor(ROWS_IN_ALL / entityCount));
  const rows = new Map<string, Row[]>();
  const hours = new Map<string, Hour[]>();
  const events: BusEvent[] = [];
  const causes = new Map<string, Cause>();

  function keep({ entityId, before, after, context }: Change) {
    if (after === undefined) return;
    const list = rows.get(entityId) ?? [];
    rows.set(entityId, list);
    const isCaused = context.user_id !== null || context.parent_id !== null;
    list.push({
      state: after.state,
      attributes: after.attributes,
      changedAt: after.changedAt,
      updatedAt: after.updatedAt,
      context: isCaused || causes.has(context.id) ? context : undefined,
    });
    if (list.length > perEntity * 1.25) list.splice(0, list.length - perEntity);
    if (after.attributes.state_class !== undefined) count(after, before);
  }

  function count(after: State, before: State | undefined) {
    const value = Number(after.state);
    if (!Number.isFinite(value) || after.state === "") return;
    const list = hours.get(after.entityId) ?? [];
    hours.set(after.entityId, list);
    const startAt = Math.floor(after.updatedAt / HOUR_MS) * HOUR_MS;
    const last = list.at(-1);
    const isTotal = after.attributes.state_class === "total_increasing";
    const previous = Number(before?.state);
    const growth = isTotal && Number.isFinite(previous) ? Math.max(0, value - previous) : 0;
    if (last?.startAt === startAt) {
      last.min = Math.min(last.min, value);
      last.max = Math.max(last.max, value);
      last.total += value;
      last.count += 1;
      last.state = value;
      last.sum += growth;
      return;
    }
    const sum = (last?.sum ?? 0) + growth;
    list.push({ startAt, min: value, max: value, total: value, count: 1, state: value, sum });
  }

  for (const state of states.all()) {
    const { entityId, context } = state;
    keep({ entityId, before: undefined, after: state, context, firedAt: state.updatedAt });
  }
  states.onChange(keep);
  bus.onEvent((event) => {
    const { eventType, data, context } = event;
    if (SHOWN.has(eventType)) {
      events.push(event);
      if (events.length > EVENTS_KEPT * 1.25) events.splice(0, events.length - EVENTS_KEPT);
    }
    if (SHOWN.has(eventType) || (eventType === "call_service" && !causes.has(context.id))) {
      causes.set(context.id, { eventType, data, userId: context.user_id });
      if (causes.size > CAUSES_KEPT) causes.delete(causes.keys().next().value ?? "");
    }
    const { old_entity_id: from, entity_id: to } = data;
    if (eventType === "entity_registry_updated" && typeof from === "string") {
      for (const kept of [rows, hours] as Map<string, unknown>[]) {
        const moved = kept.get(from);
        kept.delete(from);
        if (moved !== undefined) kept.set(String(to), moved);
      }
    }
  });

  return {
    rowsOf: (entityId) => rows.get(entityId) ?? [],
    recorded: () => rows.keys(),
    events: () => events,
    causeOf: (contextId) => causes.get(contextId),
    hoursOf: (entityId) => hours.get(entityId) ?? [],
    statisticIds: () => hours.keys(),
  };
}
