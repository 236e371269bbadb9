export type MentionKind = "entity" | "device" | "area" | "floor" | "label";

interface LookUp {
  /** What its first argument names, or what stands before the `|` or `is`. An entity's id is understood by all. */
  readonly of: MentionKind;
  /** What it answers depends on the entity's state. */
  readonly readsState?: true;
  /** All of its arguments are entities. */
  readonly all?: true;
  /** Nothing but one entity is understood: other texts are mistakes. */
  readonly onlyEntity?: true;
}

const ofState: LookUp = { of: "entity", readsState: true };
const one: LookUp = { of: "entity", readsState: true, onlyEntity: true };

/** Functions, filters and tests that are given something of the house by its id or name. */
export const LOOK_UPS: ReadonlyMap<string, LookUp> = new Map<string, LookUp>([
  ["states", one],
  ["is_state", one],
  ["state_attr", one],
  ["is_state_attr", one],
  ["has_value", one],
  ["state_translated", one],
  ["state_attr_translated", one],
  ["expand", { ...ofState, all: true }],
  ["closest", ofState],
  ["distance", ofState],
  ["entity_name", { of: "entity" }],
  ["config_entry_id", { of: "entity" }],
  ["is_hidden_entity", { of: "entity" }],
  ["device_id", { of: "device" }],
  ["device_name", { of: "device" }],
  ["device_attr", { of: "device" }],
  ["is_device_attr", { of: "device" }],
  ["device_entities", { of: "device" }],
  ["area_id", { of: "area" }],
  ["area_name", { of: "area" }],
  ["area_entities", { of: "area" }],
  ["area_devices", { of: "area" }],
  ["labels", { of: "area" }],
  ["floor_id", { of: "floor" }],
  ["floor_name", { of: "floor" }],
  ["floor_areas", { of: "floor" }],
  ["floor_entities", { of: "floor" }],
  ["label_id", { of: "label" }],
  ["label_name", { of: "label" }],
  ["label_description", { of: "label" }],
  ["label_areas", { of: "label" }],
  ["label_devices", { of: "label" }],
  ["label_entities", { of: "label" }],
]);

export const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
