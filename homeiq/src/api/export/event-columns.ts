import { SECOND_MS } from "#foundation/time.ts";
import type { RecordedChange } from "#ingest/history/history.ts";
import type { Column } from "./export.ts";
import type { Names } from "./names.ts";

export const CAUSE_WORDS: Readonly<Record<RecordedChange["cause"]["kind"], string>> = {
  person_dashboard: "A person, in Home Assistant",
  person_voice: "A person, by voice",
  physical: "A switch or the device itself",
  automation: "An automation",
  script: "A script",
  scene: "A scene",
  integration: "An integration",
  restart_echo: "A restart of Home Assistant",
  unknown: "Unknown",
};

type EventColumn = Column<RecordedChange>;

/** Every field of a state change. Time and entity come first: that is what people look for. */
export const eventColumns = (names: Names): readonly EventColumn[] => [
  {
    key: "time",
    title: "Time",
    type: "moment",
    width: 24,
    printed: true,
    value: ({ at }) => at,
  },
  text("entity_id", "Entity id", 34, ({ entityId }) => entityId),
  { ...text("name", "Name", 30, ({ name }) => name), printed: true },
  text("domain", "Domain", 14, ({ domain }) => domain),
  text("area", "Area", 18, ({ areaId }) => areaId && (names.area(areaId) ?? areaId)),
  text(
    "device",
    "Device",
    26,
    (row) => row.deviceId && (names.device(row.deviceId) ?? row.deviceId),
  ),
  text("category", "Category", 12, ({ category }) => category),
  text("device_class", "Device class", 14, ({ deviceClass }) => deviceClass),
  text("kind", "Kind", 12, ({ kind }) => kind),
  { ...text("old_state", "Old state", 16, ({ oldState }) => oldState), printed: true },
  {
    ...text("new_state", "New state", 16, ({ newState }) => newState),
    printed: true,
    words: ({ newState = "", unit }) => (unit ? `${newState} ${unit}` : newState),
  },
  number("value", "Value", ({ value }) => value),
  text("unit", "Unit", 8, ({ unit }) => unit),
  number("held_s", "Old state lasted (s)", ({ heldMs }) =>
    heldMs === undefined ? undefined : heldMs / SECOND_MS,
  ),
  {
    ...text("cause", "Cause", 26, ({ cause }) => cause.kind),
    printed: true,
    words: ({ cause }) => cause.byName ?? CAUSE_WORDS[cause.kind],
  },
  number("cause_confidence", "Confidence", ({ cause }) => cause.confidence),
  text("cause_by", "Caused by (id)", 34, ({ cause }) => cause.by),
  text("cause_by_name", "Caused by", 26, ({ cause }) => cause.byName),
  text("cause_root", "Started by", 18, ({ cause }) => cause.rootKind),
  {
    key: "override",
    title: "Override",
    type: "flag",
    width: 9,
    value: ({ cause }) => cause.override ?? false,
  },
  text("context_id", "Context", 30, ({ context }) => context?.id),
  text("context_parent_id", "Parent context", 30, ({ context }) => context?.parentId),
  text("context_user_id", "User id", 34, ({ context }) => context?.userId),
  {
    key: "changed_attributes",
    title: "Changed attributes",
    type: "json",
    width: 40,
    value: ({ changedAttributes }) => changedAttributes && JSON.stringify(changedAttributes),
  },
  text("source", "Source", 10, ({ source }) => source ?? "live"),
  // As a text: spreadsheets keep 15 digits of a number, and an id has 16.
  text("event_id", "Event", 18, ({ id }) => String(id)),
];

function text(
  key: string,
  title: string,
  width: number,
  value: (row: RecordedChange) => string | undefined,
): EventColumn {
  return { key, title, type: "text", width, value };
}

function number(
  key: string,
  title: string,
  value: (row: RecordedChange) => number | undefined,
): EventColumn {
  return { key, title, type: "number", width: 12, value };
}
