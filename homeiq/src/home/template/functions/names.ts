/**
 * What Jinja2 and Home Assistant 2026.11 know and we cannot evaluate for another moment: it needs what the history
 * does not keep (registries of integrations, translations, positions), or its answer is another each time.
 * All other names of theirs are evaluated. Source: homeassistant/helpers/template/extensions, jinja2/defaults.py.
 */
export const NOT_EVALUATED = {
  filters: [
    "closest",
    "config_entry_attr",
    "config_entry_id",
    "device_attr",
    "from_hex",
    "integration_entities",
    "issue",
    "label_description",
    "pack",
    "pprint",
    "random",
    "shuffle",
    "state_attr_translated",
    "state_translated",
    "striptags",
    "unpack",
    "urlize",
    "version",
    "wordwrap",
    "xmlattr",
  ],
  tests: ["escaped", "is_device_attr", "is_hidden_entity"],
  globals: [
    "closest",
    "config_entry_attr",
    "config_entry_id",
    "device_attr",
    "distance",
    "integration_entities",
    "is_device_attr",
    "is_hidden_entity",
    "issue",
    "issues",
    "label_description",
    "lipsum",
    "pack",
    "shuffle",
    "state_attr_translated",
    "state_translated",
    "unpack",
    "version",
  ],
} as const;

/**
 * What fails in `trigger_variables` and in what an event trigger waits for: there Home Assistant asks no house and no
 * clock.
 */
export const NOT_LIMITED: ReadonlySet<string> = new Set([
  ...["area_id", "area_name", "base64_decode", "base64_encode", "closest", "device_attr"],
  ...["device_id", "device_name", "distance", "entity_name", "expand", "floor_id", "floor_name"],
  ...["has_value", "is_device_attr", "is_hidden_entity", "is_state", "is_state_attr", "label_id"],
  ...["label_name", "md5", "now", "relative_time", "sha1", "sha256", "sha512", "state_attr"],
  ...["state_attr_translated", "state_translated", "states", "time_since", "time_until"],
  ...["timedelta_string", "today_at", "utcnow"],
]);
