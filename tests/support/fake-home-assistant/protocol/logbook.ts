import type { BusEvent } from "../model/bus.ts";
import type { Recorder, Row } from "../model/recorder.ts";
import type { Context } from "../model/state-machine.ts";
import { toSeconds } from "./wire.ts";

export interface LogbookQuery {
  readonly start: number;
  readonly end: number;
  readonly entityIds?: ReadonlySet<string> | undefined;
  readonly contextId?: string | undefined;
}

type Entry = Readonly<Record<string, unknown>> & { readonly when: number };

/** Logbook entries, oldest first. */
export function logbookEntries(recorder: Recorder, query: LogbookQuery): readonly Entry[] {
  const entries: Entry[] = [];
  for (const event of recorder.events()) {
    if (event.firedAt < query.start || event.firedAt > query.end) continue;
    const entityId = event.data.entity_id;
    if (query.entityIds !== undefined && !query.entityIds.has(String(entityId))) continue;
    if (query.contextId !== undefined && query.contextId !== event.context.id) continue;
    entries.push(toEventEntry(event));
  }
  for (const entityId of query.entityIds ?? recorder.recorded()) {
    if (/^(automation|script|counter|image|proximity)\./u.test(entityId)) continue;
    for (const row of recorder.rowsOf(entityId)) {
      if (row.updatedAt < query.start || row.updatedAt > query.end) continue;
      if (row.changedAt !== row.updatedAt || isContinuous(entityId, row)) continue;
      if (query.contextId !== undefined && query.contextId !== row.context?.id) continue;
      entries.push(toStateEntry(entityId, row, recorder));
    }
  }
  return entries.sort((a, b) => a.when - b.when);
}

/** Only sensors: a number that a person sets is in the logbook, with its unit. */
export function isContinuous(entityId: string, { attributes }: Pick<Row, "attributes">): boolean {
  if (!entityId.startsWith("sensor.")) return false;
  return attributes.unit_of_measurement !== undefined || attributes.state_class !== undefined;
}

export function toEventEntry(event: BusEvent): Entry {
  const { name, entity_id, source, message } = event.data;
  const isScript = event.eventType === "script_started";
  const said = isScript ? "started" : (message ?? "triggered");
  const by = typeof source === "string" ? ` by ${source}` : "";
  const domain = typeof entity_id === "string" ? entity_id.split(".")[0] : undefined;
  return {
    name,
    message: isScript ? said : `${String(said)}${by}`,
    ...(source === undefined ? {} : { source }),
    domain: event.data.domain ?? domain,
    entity_id,
    context_id: event.context.id,
    when: toSeconds(event.firedAt),
  };
}

function toStateEntry(entityId: string, row: Row, recorder: Recorder): Entry {
  const icon = row.attributes.icon;
  return {
    state: row.state,
    entity_id: entityId,
    ...(icon === undefined ? {} : { icon }),
    when: toSeconds(row.updatedAt),
    ...causeOf(row.context, recorder),
  };
}

function causeOf(context: Context | undefined, recorder: Recorder) {
  if (context === undefined) return {};
  const cause = recorder.causeOf(context.id);
  const parent = recorder.causeOf(context.parent_id ?? "");
  const userId = context.user_id ?? parent?.userId ?? null;
  const user = userId === null ? {} : { context_user_id: userId };
  if (cause === undefined) return user;
  const { eventType, data } = cause;
  if (eventType === "call_service") {
    const { domain, service } = data;
    return {
      ...user,
      context_event_type: eventType,
      context_domain: domain,
      context_service: service,
    };
  }
  const source = data.source;
  return {
    ...user,
    context_event_type: eventType,
    context_domain: String(data.entity_id).split(".")[0],
    context_name: data.name,
    context_message: typeof source === "string" ? `triggered by ${source}` : "triggered",
    ...(source === undefined ? {} : { context_source: source }),
    context_entity_id: data.entity_id,
  };
}
