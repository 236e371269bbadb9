import { present } from "#foundation/absent.ts";
import type { PastOrigin } from "#ingest/past/past.ts";
import { toHex, toUlid } from "./context-id.ts";
import type { Read, RecorderSchema } from "./recorder-schema.ts";

const ROWS = 10_000;
const MOST_CONTEXTS = 500_000; // about 100 MB; a house of a thousand entities makes them in a month
const TYPES = ["automation_triggered", "script_started", "call_service"];

/** What each context stands for, from the events that the recorder kept. */
export interface RecordedCauses {
  /** Empty when nothing is known of the context. */
  find(contextId: string | undefined, parentId: string | undefined): PastOrigin;
}

/** A context id in either form, as text. */
export const toContextId = (value: unknown): string | undefined =>
  value instanceof Uint8Array ? toUlid(value) : toText(value);

/** A user id in either form, as text. */
export const toUserId = (value: unknown): string | undefined =>
  value instanceof Uint8Array ? toHex(value) : toText(value);

const toText = (value: unknown) => (typeof value === "string" && value !== "" ? value : undefined);

/** Reads the events of runs and calls. A file without them gives no causes. */
export async function readCauses(
  read: Read,
  { events }: RecorderSchema,
  signal: AbortSignal,
): Promise<RecordedCauses> {
  const origins = new Map<string, PastOrigin>();
  let last = 0;
  while (events && origins.size < MOST_CONTEXTS) {
    signal.throwIfAborted();
    const rows = await read(
      `select e.event_id, ${events.type}, ${events.data}, ${events.context.join(", ")} from ${events.from}
        where e.event_id > ? and ${events.type} in (${TYPES.map(() => "?").join(", ")})
        order by e.event_id limit ${ROWS}`,
      [last, ...TYPES],
    );
    for (const [id, type, data, context, user] of rows) {
      last = Number(id);
      const contextId = toContextId(context);
      if (contextId === undefined) continue;
      remember(origins, contextId, toOrigin(String(type), data, toUserId(user)));
    }
    if (rows.length < ROWS) break;
  }
  return {
    find(contextId, parentId) {
      const own = contextId === undefined ? undefined : origins.get(contextId);
      const parent = parentId === undefined ? undefined : origins.get(parentId);
      // Only automations make child contexts; who began the chain is in the parent.
      return { ...own, ...present("userId", own?.userId ?? parent?.userId) };
    },
  };
}

/** The first event of a context names it; a script that was called by a general action names itself later. */
function remember(origins: Map<string, PastOrigin>, contextId: string, origin: PastOrigin): void {
  const before = origins.get(contextId);
  if (!before) origins.set(contextId, origin);
  else if (before.eventType === "call_service" && origin.eventType === "script_started") {
    origins.set(contextId, { ...origin, ...present("userId", before.userId) });
  }
}

function toOrigin(eventType: string, json: unknown, userId: string | undefined): PastOrigin {
  const data = parse(json);
  if (eventType === "call_service") {
    const service = data.service_data as Record<string, unknown> | undefined;
    return {
      eventType,
      ...present("userId", userId),
      ...present("domain", toText(data.domain)),
      ...present("service", toText(data.service)),
      ...(data.domain === "scene" ? present("byEntityId", oneOf(service?.entity_id)) : {}),
    };
  }
  return {
    eventType,
    ...present("userId", userId),
    ...present("byEntityId", toText(data.entity_id)),
    ...present("byName", toText(data.name)),
  };
}

const oneOf = (value: unknown) => toText(Array.isArray(value) ? value[0] : value);

function parse(json: unknown): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(String(json));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // one event that cannot be read leaves its changes without a cause
  }
}
