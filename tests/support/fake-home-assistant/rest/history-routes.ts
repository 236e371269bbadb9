import { reloadIntegration } from "../behavior/mishaps.ts";
import type { Simulation } from "../household/simulation.ts";
import { rowsWithin } from "../protocol/history.ts";
import { logbookEntries } from "../protocol/logbook.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import { toIso } from "../protocol/wire.ts";
import { calendarEvents } from "../services/answering.ts";

const DAY_MS = 86_400_000;

/** History, logbook, calendars, config entries. */
export function historyRoutes(
  { method, path, query }: RestRequest,
  simulation: Simulation,
): RestAnswer | undefined {
  const { core, recorder } = simulation;
  const [, , what = "", first = "", second = ""] = path.split("/").map(decodeURIComponent);
  const startOf = (text: string) => (text === "" ? core.clock.now() - DAY_MS : Date.parse(text));
  const endOf = (start: number) => {
    const given = query.get("end_time");
    return given === null ? start + DAY_MS : Date.parse(given);
  };

  if (method === "GET" && what === "history" && first === "period") {
    const ids = (query.get("filter_entity_id") ?? "").split(",").filter(Boolean);
    const start = startOf(second);
    const end = endOf(start);
    if (ids.length === 0) return { status: 400, body: { message: "filter_entity_id is missing" } };
    if (Number.isNaN(start + end)) return { status: 400, body: { message: "Invalid datetime" } };
    const significantOnly = query.get("significant_changes_only") !== "0";
    const lists = ids.map((entityId) => {
      const range = { start, end, withStartState: true, significantOnly };
      return rowsWithin(recorder, entityId, range).map((row) => ({
        entity_id: entityId,
        state: row.state,
        attributes: query.has("no_attributes") ? {} : row.attributes,
        last_changed: toIso(row.changedAt),
        last_updated: toIso(row.updatedAt),
      }));
    });
    return { status: 200, body: lists.filter((list) => list.length > 0) };
  }
  if (method === "GET" && what === "logbook") {
    const start = startOf(first);
    const entity = query.get("entity");
    const entityIds = entity === null ? undefined : new Set(entity.split(","));
    const entries = logbookEntries(recorder, { start, end: endOf(start), entityIds });
    const withIso = entries.map((entry) => ({ ...entry, when: toIso(entry.when * 1000) }));
    return { status: 200, body: withIso };
  }
  if (method === "GET" && what === "calendars") {
    if (first !== "") return calendarOf(simulation, query);
    const calendars = [...core.entities.all()].filter(({ domain }) => domain === "calendar");
    const body = calendars.map(({ entityId, fixed }) => ({
      name: fixed.friendly_name,
      entity_id: entityId,
    }));
    return { status: 200, body };
  }
  const reload = /^\/api\/config\/config_entries\/entry\/([^/]+)\/reload$/u.exec(path);
  if (method === "POST" && reload?.[1] !== undefined) {
    if (!core.registry.configEntries.has(reload[1])) {
      return { status: 404, body: { message: "Invalid entry specified" } };
    }
    reloadIntegration(core, reload[1]);
    return { status: 200, body: { require_restart: false } };
  }
  return undefined;
}

function calendarOf({ core }: Simulation, query: URLSearchParams): RestAnswer {
  const start = Date.parse(query.get("start") ?? "");
  const end = Date.parse(query.get("end") ?? "");
  if (Number.isNaN(start + end)) return { status: 400, body: "" };
  const events = calendarEvents(core, { start, end }).map((event) => ({
    ...event,
    description: null,
    location: null,
    uid: null,
    recurrence_id: null,
    rrule: null,
  }));
  return { status: 200, body: events };
}
