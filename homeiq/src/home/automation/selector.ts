import { eachOf, openFields } from "./fields.ts";
import { toJson } from "./read-json.ts";
import { toFloat } from "./read-number.ts";
import { type At, type Reading, renameKey } from "./reading.ts";
import { nearest } from "./spelling.ts";
import type { Json } from "./value.ts";

/** Every selector of Home Assistant 2026.11 with the keys it takes; `!` marks what it needs. */
const SELECTORS: Readonly<Record<string, string>> = {
  action: "",
  addon: "name slug",
  app: "name slug",
  area: "entity device multiple reorder",
  assist_pipeline: "",
  attribute: "entity_id! hide_attributes",
  automation_behavior: "mode! translation_key",
  backup_location: "",
  boolean: "",
  choose: "choices! translation_key",
  color_rgb: "",
  color_temp: "unit min max max_mireds min_mireds",
  condition: "",
  config_entry: "integration",
  constant: "label translation_key value!",
  conversation_agent: "language",
  country: "countries no_sort",
  date: "",
  datetime: "",
  device: "integration manufacturer model entity multiple filter",
  device_class: "domain! multiple",
  duration: "enable_day enable_second enable_millisecond allow_negative mode",
  entity:
    "integration domain device_class exclude_entities include_entities multiple reorder filter",
  file: "accept!",
  floor: "entity device multiple",
  icon: "placeholder fallbackPath",
  label: "multiple",
  language: "languages native_name no_sort",
  location: "radius icon",
  media: "accept multiple image_upload",
  number: "min max step unit_of_measurement mode translation_key",
  numeric_threshold: "mode! unit_of_measurement number entity",
  object: "fields multiple label_field description_field translation_key",
  qr_code: "data! scale error_correction_level",
  select: "options! multiple custom_value mode translation_key sort",
  serial_port: "extra_recommended_domains",
  state: "entity_id hide_states attribute multiple",
  state_class: "multiple state_classes",
  statistic: "multiple",
  target: "entity device primary_entities_only",
  template: "",
  text: "multiline prefix suffix type autocomplete multiple",
  theme: "include_default",
  time: "",
  trigger: "",
  unit_of_measurement: "device_classes state_classes context",
};

/** `{entity: {domain: light}}`: one kind of field and what it takes. */
export function readSelector(r: Reading, at: At): Json | undefined {
  const fields = openFields(r, at, "a selector");
  if (!fields) return undefined;
  const keys = Object.keys(at.value as object); // it was opened as a mapping
  const [kind] = keys;
  if (kind === undefined || keys.length > 1) {
    r.error(at.path, "invalid_selector", `A selector names exactly one kind, not ${keys.length}.`);
    return toJson(r, at);
  }
  const inner = fields.get(kind);
  const known = SELECTORS[kind];
  if (known === undefined) {
    const meant = nearest(kind, Object.keys(SELECTORS));
    r.error(
      [...at.path, kind],
      "unknown_selector",
      `There is no selector \`${kind}\`${meant ? `; is \`${meant.word}\` meant?` : "."}`,
      {
        ...(meant && { fix: renameKey([...at.path, kind], meant.word, meant.score) }),
      },
    );
    return toJson(r, at);
  }
  if (inner && inner.value !== null) checkKeys(r, inner, { kind, known });
  else if (known.includes("!"))
    checkKeys(r, { value: {}, path: [...at.path, kind] }, { kind, known });
  return toJson(r, at);
}

function checkKeys(r: Reading, at: At, { kind, known }: { kind: string; known: string }): void {
  const fields = openFields(r, at, `a selector of kind \`${kind}\``);
  if (!fields) return;
  fields.get("read_only");
  for (const key of known.split(" ")) {
    if (key.endsWith("!")) fields.must(key.slice(0, -1), toJson);
    else if (key !== "") fields.get(key);
  }
  fields.close();
  if (["entity", "device", "area", "floor", "target"].includes(kind)) checkFilters(r, at, kind);
  if (kind === "number") checkNumber(r, at);
  if (kind === "select") checkOptions(r, at);
}

/** A slider needs both ends. Without a mode it is one when it has them. */
function checkNumber(r: Reading, { value, path }: At): void {
  const { min, max, mode } = value as { min?: unknown; max?: unknown; mode?: unknown };
  if (mode !== undefined && mode !== "box" && mode !== "slider") {
    r.error([...path, "mode"], "invalid_choice", "`mode` must be `box` or `slider`.");
  } else if (mode === "slider" && (min === undefined || max === undefined)) {
    r.error(path, "missing_key", "A number as a slider needs `min` and `max`.");
  }
  for (const [key, bound] of Object.entries({ min, max })) {
    if (bound !== undefined && toFloat(bound) === undefined) {
      r.error([...path, key], "not_a_number", `\`${key}\` must be a number.`);
    }
  }
}

const ENTITY_FILTER = [
  "integration",
  "domain",
  "device_class",
  "supported_features",
  "unit_of_measurement",
];
const DEVICE_FILTER = ["integration", "manufacturer", "model", "model_id"];

/** Which entities or devices are offered: one set of keys or several. */
function checkFilters(r: Reading, { value, path }: At, kind: string): void {
  const source = value as Record<string, unknown>; // it was opened as a mapping
  const filters = [
    ["filter", kind === "device" ? DEVICE_FILTER : [...ENTITY_FILTER, "device"]],
    ["entity", ENTITY_FILTER],
    ["device", DEVICE_FILTER],
  ] as const;
  for (const [key, known] of filters) {
    if (!(key in source)) continue;
    for (const each of eachOf({ value: source[key], path: [...path, key] })) {
      const fields = openFields(r, each, `\`${key}\` of a selector`);
      for (const name of known) fields?.get(name);
      fields?.close();
    }
  }
}

function checkOptions(r: Reading, { value, path }: At): void {
  const { options } = value as { options?: unknown };
  if (options !== undefined && !Array.isArray(options)) {
    r.error([...path, "options"], "not_a_list", "`options` must be a list.");
  }
}
