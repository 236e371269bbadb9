import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import { CAUSE_KINDS, type Cause, type CauseKind } from "#ingest/normalize/normalize.ts";
import type { PastChange } from "#ingest/past/past.ts";
import { EARLIEST_MS, ENTITY_ID, MAX_STATE_CHARACTERS } from "./importer.ts";

/** Names a column may have, in Home Assistant's own export and in ours. */
const NAMES = {
  entity: ["entity_id", "entity", "entityid"],
  at: ["last_changed", "time", "last_updated", "at", "timestamp"],
  state: ["state", "new_state"],
  unit: ["unit", "unit_of_measurement"],
  kind: ["kind"],
  cause: ["cause"],
  confidence: ["cause_confidence"],
  by: ["cause_by"],
  byName: ["cause_by_name"],
  root: ["cause_root"],
  contextId: ["context_id"],
  parentId: ["context_parent_id"],
  userId: ["context_user_id"],
} as const;
type Column = keyof typeof NAMES;

/** What one line says: a change, nothing that is kept, or why it cannot be used. */
export type Line = { change: PastChange } | { skip: true } | { problem: string };

const ZONED = /(Z|[+-]\d{2}:?\d{2})$/i;
const GUARDED = /^'(?=[=+\-@\t\r])/; // our export keeps spreadsheets from running a text as a formula
const SECONDS_BELOW = 1e11; // as milliseconds that were 1973

/** Finds the columns in the first line. Throws `invalid` when one that is needed is missing. */
export function readColumns(
  header: readonly string[],
): (fields: readonly string[], now: number) => Line {
  const names = header.map((name) => name.trim().toLowerCase().replaceAll(" ", "_"));
  const find = (column: Column) => {
    const found = NAMES[column].map((name) => names.indexOf(name)).find((index) => index >= 0);
    return found ?? -1;
  };
  const at = Object.fromEntries(
    (Object.keys(NAMES) as Column[]).map((column) => [column, find(column)]),
  ) as Record<Column, number>;
  if (at.entity < 0 || at.at < 0 || at.state < 0) {
    throw new AppError(
      "invalid",
      "imports.csv_columns",
      `The first line must name entity_id, state and last_changed. It names: ${header.slice(0, 12).join(", ")}`,
    );
  }
  const isOurs = names.includes("new_state") && names.includes("kind");

  return (fields, now) => {
    const textOf = (column: Column) => {
      const text = fields[at[column]]?.trim() ?? "";
      if (text === "") return undefined;
      return isOurs ? text.replace(GUARDED, "") : text;
    };
    if (isOurs && ["attributes", "removed"].includes(textOf("kind") ?? "")) return { skip: true };
    const entityId = textOf("entity")?.toLowerCase();
    const state = textOf("state");
    const time = textOf("at");
    if (!entityId || !ENTITY_ID.test(entityId)) {
      return { problem: `"${short(entityId)}" is not an entity id` };
    }
    if (state === undefined) return { problem: `${entityId} has no state` };
    if (state.length > MAX_STATE_CHARACTERS) {
      return {
        problem: `the state of ${entityId} is longer than ${MAX_STATE_CHARACTERS} characters`,
      };
    }
    const moment = time === undefined ? Number.NaN : toMoment(time);
    if (Number.isNaN(moment)) return { problem: `"${short(time)}" is not a time with a time zone` };
    if (moment < EARLIEST_MS || moment > now + DAY_MS) {
      return { problem: `"${short(time)}" is before 2013 or in the future` };
    }
    const context = {
      ...present("id", textOf("contextId")),
      ...present("parentId", textOf("parentId")),
      ...present("userId", textOf("userId")),
    };
    return {
      change: {
        entityId,
        at: moment,
        state,
        source: "csv",
        ...present("unit", textOf("unit")),
        ...present("cause", toCause(textOf)),
        ...(Object.keys(context).length > 0 ? { context } : {}),
      },
    };
  };
}

/** ISO 8601 with a zone, or seconds or milliseconds since 1970. Without a zone it could be any of 24 hours. */
function toMoment(text: string): number {
  if (/^\d{9,}(\.\d+)?$/.test(text)) {
    const number = Number(text);
    return Math.round(number < SECONDS_BELOW ? number * 1000 : number);
  }
  return ZONED.test(text) ? Math.round(Date.parse(text.replace(" ", "T"))) : Number.NaN;
}

function toCause(textOf: (column: Column) => string | undefined): Cause | undefined {
  const kind = toKind(textOf("cause"));
  if (!kind) return undefined;
  const confidence = Number(textOf("confidence"));
  return {
    kind,
    confidence: confidence >= 0 && confidence <= 1 ? confidence : 0,
    ...present("by", textOf("by")),
    ...present("byName", textOf("byName")),
    ...present("rootKind", toKind(textOf("root"))),
  };
}

const toKind = (text: string | undefined): CauseKind | undefined =>
  CAUSE_KINDS.find((kind) => kind === text);

const short = (text: string | undefined) => (text ?? "").slice(0, 40);
