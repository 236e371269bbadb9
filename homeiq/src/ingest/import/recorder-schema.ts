import { AppError } from "#foundation/errors.ts";

/** A row as `readRows` answers it. */
export type Read = (sql: string, params?: unknown[]) => Promise<unknown[][]>;

/**
 * How a recorder's file names things; it changed often since 2021.
 * Source: homeassistant/components/recorder/db_schema.py and its migration.py.
 */
export interface RecorderSchema {
  /** SQL expressions on `s` (states), `m` (states_meta) and `a` (state_attributes). */
  readonly states: {
    readonly from: string;
    readonly entityId: string;
    readonly updated: string;
    readonly isChange: string;
    readonly unit: string;
    readonly context: readonly [id: string, parent: string, user: string];
  };
  /** On `e`; absent when the file keeps no events. */
  readonly events?: {
    readonly from: string;
    readonly type: string;
    readonly data: string;
    readonly context: readonly [id: string, user: string];
  };
  /** On `st` and `sm`; absent before Home Assistant 2021.8. */
  readonly statistics?: { readonly start: string };
}

/** Seconds since 1970 of a UTC text such as `2022-01-31 18:00:00.123456`. */
const seconds = (column: string) =>
  `((julianday(substr(${column}, 1, 19)) - 2440587.5) * 86400.0 + cast('0' || substr(${column}, 20) as real))`;

/** Looks at the tables. Throws `invalid` when the file is no recorder's. */
export async function readSchema(read: Read): Promise<RecorderSchema> {
  const columnsOf = async (table: string) =>
    new Set(
      (await read(`select name from pragma_table_info('${table}')`)).map(([name]) => String(name)),
    );
  const [states, meta, attributes, events, types, data, statistics] = await Promise.all(
    [
      ...["states", "states_meta", "state_attributes"],
      ...["events", "event_types", "event_data", "statistics"],
    ].map(columnsOf),
  );
  if (!states?.has("state") || !states.has("state_id")) {
    throw new AppError(
      "invalid",
      "imports.recorder_unknown",
      "This is no database of Home Assistant's recorder: it has no states",
    );
  }
  const hasMeta = states.has("metadata_id") && (meta?.size ?? 0) > 0;
  const hasShared = states.has("attributes_id") && (attributes?.size ?? 0) > 0;
  const hasBinary = states.has("context_id_bin");
  const updated = moment(states, "last_updated");
  const changed = moment(states, "last_changed");
  const json = either(hasShared && "a.shared_attrs", states.has("attributes") && "s.attributes");
  return {
    states: {
      from: [
        "states s",
        hasMeta ? "left join states_meta m on m.metadata_id = s.metadata_id" : "",
        hasShared ? "left join state_attributes a on a.attributes_id = s.attributes_id" : "",
      ].join(" "),
      entityId: either(hasMeta && "m.entity_id", states.has("entity_id") && "s.entity_id"),
      updated,
      // A row in which only attributes changed has an older moment of change.
      isChange: `(${changed} is null or abs(${changed} - ${updated}) < 0.000001)`,
      unit: `case when json_valid(${json}) then json_extract(${json}, '$.unit_of_measurement') end`,
      context: hasBinary
        ? ["s.context_id_bin", "s.context_parent_id_bin", "s.context_user_id_bin"]
        : [
            either(states.has("context_id") && "s.context_id"),
            either(states.has("context_parent_id") && "s.context_parent_id"),
            either(states.has("context_user_id") && "s.context_user_id"),
          ],
    },
    ...(events?.has("event_id") ? { events: toEvents(events, types, data) } : {}),
    ...(statistics?.has("metadata_id") ? { statistics: { start: ofStatistics(statistics) } } : {}),
  };
}

function toEvents(
  events: ReadonlySet<string>,
  types: ReadonlySet<string> | undefined,
  data: ReadonlySet<string> | undefined,
): NonNullable<RecorderSchema["events"]> {
  const hasTypes = events.has("event_type_id") && (types?.size ?? 0) > 0;
  const hasData = events.has("data_id") && (data?.size ?? 0) > 0;
  return {
    from: [
      "events e",
      hasTypes ? "left join event_types t on t.event_type_id = e.event_type_id" : "",
      hasData ? "left join event_data d on d.data_id = e.data_id" : "",
    ].join(" "),
    type: either(hasTypes && "t.event_type", events.has("event_type") && "e.event_type"),
    data: either(hasData && "d.shared_data", events.has("event_data") && "e.event_data"),
    context: events.has("context_id_bin")
      ? ["e.context_id_bin", "e.context_user_id_bin"]
      : ["e.context_id", "e.context_user_id"],
  };
}

/** The first of the expressions that is not null; files that were migrated hold both old and new rows. */
function either(...expressions: readonly (string | false)[]): string {
  const known = expressions.filter((one) => one !== false);
  if (known.length === 0) return "null";
  return known.length === 1 ? String(known[0]) : `coalesce(${known.join(", ")})`;
}

const moment = (columns: ReadonlySet<string>, name: string) =>
  either(
    columns.has(`${name}_ts`) && `s.${name}_ts`,
    columns.has(name) && `case when s.${name} is not null then ${seconds(`s.${name}`)} end`,
  );

const ofStatistics = (columns: ReadonlySet<string>) =>
  either(
    columns.has("start_ts") && "st.start_ts",
    columns.has("start") && `case when st.start is not null then ${seconds("st.start")} end`,
  );
