/**
 * Every selector of Home Assistant 2026.11 with the keys it takes. After the colon what may stand there:
 * `B` a boolean also in words, `b` true or false, `s` text, `S` text or a number, `ss` one text or several,
 * `l` a list of texts, `L` a list of features, `n` a number, `t` a step, `i` a whole number, `e` an entity, `E`, `F` and `D` filters of entities and
 * devices, `m` a set of keys, `f` fields, `c` choices, `o` options, `a|b` one of these; nothing: anything. `!` marks what it needs.
 */
export const SELECTORS: Readonly<Record<string, string>> = {
  action: "",
  addon: "name:s slug:s",
  app: "name:s slug:s",
  area: "entity:E device:D multiple:B reorder:B",
  assist_pipeline: "",
  attribute: "entity_id!:e hide_attributes:l",
  automation_behavior: "mode!:trigger|condition translation_key:S",
  backup_location: "",
  boolean: "",
  choose: "choices!:c translation_key:S",
  color_rgb: "",
  color_temp: "unit:kelvin|mired min:i max:i max_mireds:i min_mireds:i",
  condition: "",
  config_entry: "integration:s",
  constant: "label:s translation_key:S value!:S",
  conversation_agent: "language:s",
  country: "countries:l no_sort:B",
  date: "",
  datetime: "",
  device: "integration:s manufacturer:s model:s entity:E multiple:B filter:D",
  device_class: "domain!: multiple:B",
  duration: "enable_day:B enable_second:B enable_millisecond:B allow_negative:B mode:",
  entity:
    "integration:s domain:ss device_class:ss exclude_entities:l include_entities:l multiple:B reorder:B filter:F",
  file: "accept!:s",
  floor: "entity:E device:D multiple:B",
  icon: "placeholder:s",
  label: "multiple:B",
  language: "languages:l native_name:B no_sort:B",
  location: "radius:b icon:s",
  media: "accept:l multiple:B image_upload:B",
  number: "min:n max:n step:t unit_of_measurement:s mode:box|slider translation_key:s",
  numeric_threshold: "mode!:crossed|changed|is unit_of_measurement: number:m entity:E",
  object: "fields:f multiple:b label_field:s description_field:s translation_key:s",
  qr_code: "data!:s scale:i error_correction_level:low|medium|quartile|high",
  select: "options!:o multiple:B custom_value:B mode:list|dropdown translation_key:S sort:B",
  serial_port: "extra_recommended_domains:l",
  state: "entity_id:e hide_states:l attribute:s multiple:B",
  state_class: "multiple:B state_classes:",
  statistic: "multiple:B",
  target: "entity:E device:D primary_entities_only:B",
  template: "",
  text: "multiline:b prefix:s suffix:s type:color|date|datetime-local|email|month|number|password|search|tel|text|time|url|week autocomplete:s multiple:b",
  theme: "include_default:B",
  time: "",
  trigger: "",
  unit_of_measurement: "device_classes: state_classes: context:m",
};

/** What a filter of entities may name; `device` only where entities themselves are selected. */
export const ENTITY_FILTER =
  "integration:s domain:ss device_class:ss supported_features:L unit_of_measurement:ss";
export const DEVICE_FILTER = "integration:s manufacturer:s model:s model_id:s";
