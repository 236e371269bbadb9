import type { z } from "zod";
import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Command } from "#home/connection/connection.ts";
import {
  WireCoreState,
  WireHistory,
  WireLogbook,
  WireRecorderInfo,
  WireStatisticIds,
  WireStatistics,
} from "./recorder.schema.ts";

/** One state that Home Assistant kept. */
export interface KeptState {
  /** When the entity went into this state. */
  readonly at: number;
  readonly state: string;
}

export interface KeptHistory {
  /** By entity id, oldest first; an entity without changes in the range is missing. */
  readonly changes: ReadonlyMap<string, readonly KeptState[]>;
  /** The state in force at `from`, of each entity that the recorder knows from before it. */
  readonly before: ReadonlyMap<string, string>;
}

/** What the logbook knows of one state change and its cause. */
export interface LogbookEntry {
  readonly at: number;
  readonly entityId: string;
  readonly state: string;
  /** A user's id, of this change or of what caused it. */
  readonly userId?: string;
  /** `call_service`, `automation_triggered`, `script_started` and others that integrations describe. */
  readonly eventType?: string;
  readonly domain?: string;
  readonly service?: string;
  /** The automation or script; or the entity whose change came with the same context. */
  readonly byEntityId?: string;
  readonly byName?: string;
}

/** One hour, as Home Assistant keeps it for ever. */
export interface KeptStatistic {
  readonly start: number;
  readonly mean?: number;
  readonly min?: number;
  readonly max?: number;
  /** How much a meter rose within the hour. */
  readonly rise?: number;
  readonly last?: number;
}

/** Whether the recorder may be asked at length now. */
export type Readiness =
  | { readonly ready: true }
  | { readonly ready: false; readonly why: "starting" | "migrating" | "not_recording" | "busy" };

interface Range {
  readonly entityIds: readonly string[];
  /** Exclusive on both sides, as Home Assistant's query is. */
  readonly from: number;
  readonly to: number;
}

/** Home Assistant's recorder, asked over the connection. */
export interface Recorder {
  readiness(): Promise<Readiness>;
  /** State changes only: updates of mere attributes are left out. `withBefore` costs a look-up per entity. */
  history(query: Range & { withBefore: boolean }): Promise<KeptHistory>;
  /** Entries of state changes, oldest first. Sensors with a unit have none. */
  logbook(query: Range): Promise<readonly LogbookEntry[]>;
  /** Entities with long-term statistics; those that integrations brought along themselves are left out. */
  statisticIds(): Promise<readonly string[]>;
  /** Hours that start within the range, by entity id, oldest first. */
  statistics(query: Range): Promise<ReadonlyMap<string, readonly KeptStatistic[]>>;
}

const TIMEOUT_MS = MINUTE_MS; // a slow disk needs more than the half minute of other requests
const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/; // with a colon it belongs to an integration, not to an entity
const MOST_BACKLOG = 5_000; // Home Assistant writes about a thousand changes a second
const TYPES = ["mean", "min", "max", "change", "state"];

/** Of these the recorder also sends updates of attributes, unless it is told to mark all of them. */
const SENDS_ATTRIBUTES = new Set([
  "climate",
  "device_tracker",
  "humidifier",
  "thermostat",
  "water_heater",
]);

/**
 * Asks the recorder. Throws `unavailable` while Home Assistant is away or late, `unconfigured` when the
 * integration behind a question is not loaded, `internal` for an answer of another shape.
 */
export function createRecorder({
  request,
}: {
  request(command: Command, timeoutMs?: number): Promise<unknown>;
}): Recorder {
  async function ask<S extends z.ZodType>(command: Command, shape: S): Promise<z.output<S>> {
    const answer = await request(command, TIMEOUT_MS).catch((error: unknown) => {
      throw isUnknownCommand(error) ? notLoaded(command.type, error) : error;
    });
    const parsed = shape.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw new AppError("internal", "recorder.unexpected", `${command.type}: another shape`, {
      cause: parsed.error,
    });
  }

  /** One request; `onlyStates` lets the database leave out attributes where it can tell them apart. */
  const askHistory = (query: Range & { withBefore: boolean }, onlyStates: boolean) =>
    ask(
      {
        type: "history/history_during_period",
        ...toWireRange(query),
        entity_ids: query.entityIds,
        include_start_time_state: query.withBefore,
        significant_changes_only: onlyStates,
        minimal_response: false,
        no_attributes: true,
      },
      WireHistory,
    );

  return {
    async readiness() {
      const { state } = await ask({ type: "get_config" }, WireCoreState);
      if (state !== "RUNNING") return { ready: false, why: "starting" };
      const info = await ask({ type: "recorder/info" }, WireRecorderInfo);
      if (info.migration_in_progress) return { ready: false, why: "migrating" };
      if (!info.recording || !info.thread_running) return { ready: false, why: "not_recording" };
      if ((info.backlog ?? 0) > MOST_BACKLOG) return { ready: false, why: "busy" };
      return { ready: true };
    },

    async history(query) {
      const changes = new Map<string, KeptState[]>();
      const before = new Map<string, string>();
      const groups = Map.groupBy(query.entityIds, (id) => SENDS_ATTRIBUTES.has(domainOf(id)));
      for (const [mixed, entityIds] of groups) {
        const answer = await askHistory({ ...query, entityIds }, !mixed);
        for (const [entityId, rows] of Object.entries(answer)) {
          const { kept, first } = toKept(rows, query.from);
          if (kept.length > 0) changes.set(entityId, kept);
          if (first !== undefined) before.set(entityId, first);
        }
      }
      return { changes, before };
    },

    async logbook(query) {
      const rows = await ask(
        { type: "logbook/get_events", ...toWireRange(query), entity_ids: query.entityIds },
        WireLogbook,
      );
      return rows.flatMap(toEntry);
    },

    async statisticIds() {
      const rows = await ask({ type: "recorder/list_statistic_ids" }, WireStatisticIds);
      return rows.map(({ statistic_id }) => statistic_id).filter((id) => ENTITY_ID.test(id));
    },

    async statistics(query) {
      const answer = await ask(
        {
          type: "recorder/statistics_during_period",
          ...toWireRange(query),
          statistic_ids: query.entityIds,
          period: "hour",
          types: TYPES,
        },
        WireStatistics,
      );
      return new Map(
        Object.entries(answer).map(([entityId, rows]) => [entityId, rows.map(toStatistic)]),
      );
    },
  };
}

const domainOf = (entityId: string) => entityId.slice(0, entityId.indexOf("."));
const toMs = (seconds: number) => Math.round(seconds * 1000);
const toWireRange = ({ from, to }: Range) => ({
  start_time: new Date(from).toISOString(),
  end_time: new Date(to).toISOString(),
});

/** The first row may be the state in force at the start: its time is the start itself. */
function toKept(rows: z.output<typeof WireHistory>[string], from: number) {
  const kept: KeptState[] = [];
  let first: string | undefined;
  for (const { s, lu, lc } of rows) {
    if (s === null) continue;
    if (first === undefined && kept.length === 0 && toMs(lu) <= from) {
      first = s;
      continue;
    }
    if (lc !== undefined && lc !== null && lc !== lu) continue; // only an attribute changed
    kept.push({ at: toMs(lu), state: s });
  }
  return { kept, ...present("first", first) };
}

function toEntry(row: z.output<typeof WireLogbook>[number]): LogbookEntry[] {
  if (typeof row.state !== "string" || !row.entity_id) return [];
  return [
    {
      at: toMs(row.when),
      entityId: row.entity_id,
      state: row.state,
      ...present("userId", row.context_user_id),
      ...present("eventType", row.context_event_type),
      ...present("domain", row.context_domain),
      ...present("service", row.context_service),
      ...present("byEntityId", row.context_entity_id),
      ...present("byName", row.context_name),
    },
  ];
}

const toStatistic = (row: z.output<typeof WireStatistics>[string][number]): KeptStatistic => ({
  start: row.start,
  ...present("mean", row.mean),
  ...present("min", row.min),
  ...present("max", row.max),
  ...present("rise", row.change),
  ...present("last", row.state),
});

const isUnknownCommand = (error: unknown) =>
  error instanceof AppError && error.code === "home.unknown_command";

const notLoaded = (command: string, cause: unknown) =>
  new AppError(
    "unconfigured",
    "recorder.not_loaded",
    "Home Assistant does not keep history: its recorder, history or logbook is turned off",
    { facts: { command }, cause },
  );
