import type { Simulation } from "../household/simulation.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import type { Schema } from "../model/schema.ts";
import { invalid } from "../model/schema.ts";
import { toList } from "../model/targets.ts";
import { sendEvent, sendResult } from "./client.ts";
import { ANSWERED, type Commands, type Message, type Request } from "./command.ts";
import { type HistoryRange, toCompressedHistory } from "./history.ts";
import { isContinuous, logbookEntries, toEventEntry } from "./logbook.ts";
import { endOf, startOf } from "./time-argument.ts";
import { toSeconds } from "./wire.ts";

const BATCH_MS = 350; // Core sends live history and logbook this often
const RANGE: Schema = { start_time: "string!", end_time: "string" };
const HISTORY: Schema = {
  ...RANGE,
  entity_ids: "list!",
  include_start_time_state: "boolean",
  significant_changes_only: "boolean",
  minimal_response: "boolean",
  no_attributes: "boolean",
};
const LOGBOOK: Schema = { ...RANGE, entity_ids: "list", device_ids: "list", context_id: "string" };

/** History and logbook. */
export function historyCommands({ core, recorder }: Simulation): Commands {
  const { clock, registry } = core;

  function rangeOf(message: Message): HistoryRange {
    const start = startOf(message.start_time);
    return {
      start,
      end: endOf(message.end_time, clock.now()),
      withStartState: message.include_start_time_state !== false,
      significantOnly: message.significant_changes_only !== false,
      minimal: message.minimal_response === true,
      noAttributes: message.no_attributes === true,
    };
  }

  function idsOf(message: Message): readonly string[] {
    const ids = toList(message.entity_ids);
    if (ids.length === 0) throw invalid("value must be at least 1 @ data['entity_ids']");
    if (ids.every((id) => /^[a-z0-9_]+\.[a-z0-9_]+$/u.test(id))) return ids;
    throw new HomeAssistantError("invalid_entity_ids", "Invalid entity_ids");
  }

  function statesOf(ids: readonly string[], range: HistoryRange) {
    if (range.start > clock.now()) return {};
    const found = ids.map((id) => [id, toCompressedHistory(recorder, id, range)] as const);
    return Object.fromEntries(found.filter(([, rows]) => rows.length > 0));
  }

  function historyStream({ client, message }: Request) {
    const range = rangeOf(message);
    const ids = idsOf(message);
    sendResult(client, message.id, null);
    sendEvent(client, message.id, {
      states: statesOf(ids, range),
      start_time: range.start / 1000,
      end_time: range.end / 1000,
    });
    if (range.end < clock.now()) {
      client.subscriptions.set(message.id, { kind: "other" });
      return ANSWERED;
    }
    const watched = new Set(ids);
    let waiting: Record<string, object[]> = {};
    const unlisten = core.states.onChange(({ entityId, after }) => {
      if (!watched.has(entityId) || after === undefined) return;
      const lu = toSeconds(after.updatedAt);
      const lc = toSeconds(after.changedAt);
      const row = { s: after.state, a: after.attributes, lu, ...(lc === lu ? {} : { lc }) };
      waiting[entityId] = [...(waiting[entityId] ?? []), row];
    });
    const timer = setInterval(() => {
      if (Object.keys(waiting).length === 0) return;
      sendEvent(client, message.id, { states: waiting });
      waiting = {};
    }, BATCH_MS);
    const end = () => {
      unlisten();
      clearInterval(timer);
    };
    client.subscriptions.set(message.id, { kind: "other", end });
    return ANSWERED;
  }

  function logbookOf(message: Message) {
    const devices = new Set(toList(message.device_ids));
    const ids = new Set(toList(message.entity_ids));
    for (const entry of registry.entities.values()) {
      if (devices.has(entry.device_id ?? "")) ids.add(entry.entity_id);
    }
    const start = startOf(message.start_time);
    const { context_id } = message;
    return logbookEntries(recorder, {
      start,
      end: endOf(message.end_time, clock.now()),
      entityIds: ids.size === 0 ? undefined : ids,
      contextId: typeof context_id === "string" ? context_id : undefined,
    });
  }

  function logbookStream({ client, message }: Request) {
    const start = startOf(message.start_time);
    if (start > clock.now()) {
      throw new HomeAssistantError("invalid_start_time", "Invalid start_time");
    }
    sendResult(client, message.id, null);
    const times = { start_time: start / 1000, end_time: clock.now() / 1000 };
    sendEvent(client, message.id, { events: logbookOf(message), ...times });
    const wanted = new Set(toList(message.entity_ids));
    const isWanted = (id: unknown) => wanted.size === 0 || wanted.has(String(id));
    let waiting: object[] = [];
    const ends = [
      core.states.onChange(({ entityId, after, before }) => {
        if (after === undefined || !isWanted(entityId) || isContinuous(entityId, after)) return;
        if (after.state === before?.state) return;
        const when = toSeconds(after.updatedAt);
        waiting.push({ state: after.state, entity_id: entityId, when });
      }),
      core.bus.onEvent((event) => {
        if (!/^(automation_triggered|script_started|logbook_entry)$/u.test(event.eventType)) return;
        if (isWanted(event.data.entity_id)) waiting.push(toEventEntry(event));
      }),
    ];
    const timer = setInterval(() => {
      if (waiting.length === 0) return;
      sendEvent(client, message.id, { events: waiting });
      waiting = [];
    }, BATCH_MS);
    const end = () => {
      clearInterval(timer);
      for (const one of ends) one();
    };
    client.subscriptions.set(message.id, { kind: "other", end });
    return ANSWERED;
  }

  return {
    "history/history_during_period": {
      schema: HISTORY,
      run: ({ message }) => {
        const range = rangeOf(message);
        return statesOf(idsOf(message), range);
      },
    },
    "history/stream": { schema: HISTORY, run: historyStream },
    "logbook/get_events": {
      schema: LOGBOOK,
      run({ message }) {
        if (message.context_id !== undefined && message.entity_ids !== undefined) {
          throw invalid("two or more values in the same group of exclusion 'context_id'");
        }
        return startOf(message.start_time) > clock.now() ? [] : logbookOf(message);
      },
    },
    "logbook/event_stream": {
      schema: { ...RANGE, entity_ids: "list", device_ids: "list" },
      run: logbookStream,
    },
  };
}
