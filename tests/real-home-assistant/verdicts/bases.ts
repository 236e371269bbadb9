const limit = (number: number) => ({ active_choice: "number", number, unit_of_measurement: "°C" });
const LIGHT = { entity_id: "light.bed_light" };
const CALL = { action: "light.turn_on", target: LIGHT };
const IS_ON = { condition: "state", entity_id: "light.bed_light", state: "on" };
const AT_SEVEN = { trigger: "time", at: "07:00:00" };

/** One of every kind of trigger that Home Assistant accepts; what is changed in them is accepted or not. */
export const TRIGGERS: readonly object[] = [
  {
    ...{ trigger: "state", entity_id: "light.bed_light", from: "off", to: ["on"], for: "00:05:00" },
    ...{ id: "lamp", alias: "Lamp", enabled: true, variables: { x: "{{ 1 }}" }, note: "a" },
  },
  { platform: "state", entity_id: ["light.bed_light"], not_to: "on", attribute: "brightness" },
  { trigger: "state", entity_id: "light.bed_light", for: { minutes: 5, seconds: "{{ 3 }}" } },
  {
    ...{ trigger: "numeric_state", entity_id: "sensor.outside_temperature", above: 5, below: 10 },
    ...{ attribute: "x", value_template: "{{ state.state }}", for: 5 },
  },
  { trigger: "numeric_state", entity_id: "sensor.a", options: { above: 5 } },
  { trigger: "numeric_state", options: { entity_id: "sensor.a", above: "sensor.b" } },
  { trigger: "event", event_type: "a_b", event_data: { a: 1 }, context: { user_id: "a" } },
  { trigger: "event", event_type: ["a", "{{ 'b' }}"] },
  { trigger: "zone", entity_id: "person.anna", zone: "zone.home", event: "enter" },
  { trigger: "template", value_template: "{{ true }}", for: { minutes: "{{ 5 }}" } },
  { ...AT_SEVEN, weekday: ["mon", "tue"] },
  { trigger: "time", at: ["07:00", "input_datetime.wake"] },
  { trigger: "time", at: { entity_id: "sensor.wake", offset: "-00:05:00" } },
  { trigger: "time_pattern", hours: "*", minutes: "/5", seconds: 0 },
  { trigger: "sun", event: "sunset", offset: "-00:30:00" },
  { trigger: "homeassistant", event: "start" },
  { trigger: "calendar", entity_id: "calendar.calendar_1", event: "start", offset: "-00:05:00" },
  { trigger: "webhook", webhook_id: "a", allowed_methods: ["POST"], local_only: true },
  { trigger: "tag", tag_id: "a", device_id: ["b"] },
  { trigger: "conversation", command: ["turn it on"] },
  { trigger: "persistent_notification", update_type: ["added"], notification_id: "a" },
  { trigger: "geo_location", source: "gdacs", zone: "zone.home", event: "enter" },
  { triggers: [AT_SEVEN, { trigger: "homeassistant", event: "start" }] },
  {
    trigger: "motion.detected",
    target: { entity_id: "binary_sensor.movement_backyard", exclude: { area_id: "hall" } },
    options: { behavior: "each", for: { minutes: 1 } },
  },
  { trigger: "light.turned_on", target: { area_id: ["hall"], label_id: "night" }, id: "a" },
  {
    trigger: "temperature.crossed_threshold",
    target: { entity_id: "sensor.outside_temperature" },
    options: { threshold: { type: "above", value: limit(25) }, behavior: "first", for: 5 },
  },
  {
    trigger: "temperature.crossed_threshold",
    target: { entity_id: "sensor.outside_temperature" },
    options: { threshold: { type: "between", value_min: limit(20), value_max: limit(25) } },
  },
  {
    trigger: "humidity.changed",
    target: { entity_id: "sensor.outside_humidity" },
    options: { threshold: { type: "above", value: { entity: "input_number.a" } } },
  },
  { trigger: "power.changed", target: LIGHT, options: { threshold: { type: "any" } } },
  { trigger: "button.pressed", target: { entity_id: "button.push" } },
  { trigger: "sun.sunset", options: { offset: { minutes: -30 } } },
  { trigger: "sun.dusk", options: { type: "civil", offset: "-00:05:00" } },
  { trigger: "sun.golden_hour_started", options: { period: "evening" } },
  {
    trigger: "sun.elevation_crossed_threshold",
    options: { threshold: { type: "below", value: { number: -4 } }, for: "00:01:00" },
  },
  {
    trigger: "zone.entered",
    target: { entity_id: "person.anna" },
    options: { zone: "zone.home", behavior: "all" },
  },
  { trigger: "zone.occupancy_detected", options: { zone: "zone.home", for: { seconds: 5 } } },
  {
    trigger: "calendar.event_started",
    target: { entity_id: "calendar.a" },
    options: { offset: 5 },
  },
  { trigger: "timer.finished", target: { entity_id: "timer.a" }, options: {} },
  {
    trigger: "timer.remaining_time_reached",
    target: { entity_id: "timer.a" },
    options: { remaining: { minutes: 1 } },
  },
  { trigger: "todo.item_added", target: { entity_id: "todo.shopping_list" } },
  {
    trigger: "climate.hvac_mode_changed",
    target: { entity_id: "climate.hvac" },
    options: { hvac_mode: ["heat"], behavior: "each" },
  },
  {
    trigger: "humidifier.mode_changed",
    target: { entity_id: "humidifier.humidifier" },
    options: { mode: ["auto"] },
  },
  {
    trigger: "event.received",
    target: { entity_id: "event.push" },
    options: { event_type: ["pressed"] },
  },
  { trigger: "homeassistant.updated" },
];

/** One of every kind of condition. */
export const CONDITIONS: readonly unknown[] = [
  { ...IS_ON, for: "00:05:00", match: "any", alias: "On", enabled: true, note: "a" },
  { condition: "state", entity_id: ["light.bed_light"], state: ["on", "off"] },
  { condition: "state", entity_id: "light.bed_light", attribute: "brightness", state: 100 },
  {
    ...{ condition: "numeric_state", entity_id: "sensor.outside_temperature", above: 5 },
    ...{ below: "input_number.a", attribute: "x", value_template: "{{ 1 }}" },
  },
  { condition: "numeric_state", options: { entity_id: "sensor.a", above: 5 } },
  { condition: "template", value_template: "{{ true }}", enabled: "{{ true }}" },
  "{{ true }}",
  { condition: "time", after: "07:00:00", before: "input_datetime.wake", weekday: ["mon"] },
  { condition: "sun", after: "sunset", after_offset: "-00:30:00", before: "sunrise" },
  { condition: "zone", entity_id: "person.anna", zone: "zone.home" },
  { condition: "trigger", id: ["a", "b"] },
  { condition: "and", conditions: [IS_ON] },
  { condition: "or", conditions: [IS_ON, "{{ true }}"], alias: "Either" },
  { condition: "not", conditions: IS_ON },
  { and: [IS_ON], alias: "And" },
  { or: [IS_ON] },
  { not: [IS_ON], enabled: false },
  { condition: [IS_ON] },
  { condition: "light.is_on", target: LIGHT, options: { behavior: "all", for: "00:05:00" } },
  { condition: "light.is_off", target: { area_id: "hall" } },
  {
    condition: "temperature.is_value",
    target: { entity_id: "sensor.outside_temperature" },
    options: { threshold: { type: "above", value: limit(20) } },
  },
  {
    condition: "humidity.is_value",
    target: { entity_id: "sensor.outside_humidity" },
    options: { threshold: { type: "outside", value_min: { number: 5 }, value_max: { number: 9 } } },
  },
  { condition: "sun.is_up" },
  { condition: "sun.is_morning_twilight", options: { type: "civil" } },
  { condition: "sun.is_golden_hour", options: { period: "any" } },
  { condition: "sun.elevation", options: { threshold: { type: "above", value: { number: 5 } } } },
  {
    condition: "zone.in_zone",
    target: { entity_id: "person.anna" },
    options: { zone: "zone.home", behavior: "any" },
  },
  { condition: "zone.occupancy_is_detected", options: { zone: "zone.home" } },
  {
    condition: "climate.is_hvac_mode",
    target: { entity_id: "climate.hvac" },
    options: { hvac_mode: ["heat"] },
  },
  {
    condition: "select.is_option_selected",
    target: { entity_id: "select.speed" },
    options: { option: ["light_speed"] },
  },
  { condition: "text.is_equal_to", target: { entity_id: "text.text" }, options: { value: "a" } },
  {
    condition: "todo.incomplete",
    target: { entity_id: "todo.shopping_list" },
    options: { threshold: { type: "above", value: { number: 2 } } },
  },
];

/** One of every kind of action. */
export const ACTIONS: readonly object[] = [
  {
    ...{ action: "light.turn_on", target: LIGHT, data: { brightness_pct: 40, x: ["{{ 1 }}"] } },
    ...{ alias: "On", enabled: true, continue_on_error: true, metadata: {}, note: "a" },
  },
  { service: "light.turn_on", entity_id: "light.bed_light", data_template: { a: "{{ 1 }}" } },
  { service_template: "{{ 'light.turn_on' }}", data: "{{ {} }}" },
  { action: "calendar.get_events", target: "{{ {} }}", response_variable: "answer" },
  {
    action: "light.turn_off",
    target: {
      ...{ area_id: ["hall", "{{ 'x' }}"], device_id: "{{ [] }}", floor_id: "ground" },
      ...{ label_id: "none", exclude: { entity_id: ["light.bed_light"], area_id: "hall" } },
    },
  },
  { delay: "00:05:00" },
  { delay: { minutes: 5, seconds: "{{ 3 }}" }, alias: "Wait" },
  { delay: 5.5 },
  { wait_template: "{{ true }}", timeout: "00:01:00", continue_on_timeout: false },
  { wait_for_trigger: [AT_SEVEN], timeout: { minutes: 5 }, continue_on_timeout: "no" },
  { ...IS_ON, alias: "Only when on" },
  { condition: "template", value_template: "{{ true }}" },
  { condition: "{{ true }}" },
  { or: [IS_ON] },
  { event: "my_event", event_data: { a: "{{ 1 }}" } },
  { event: "my_event", event_data_template: { a: "{{ 1 }}" } },
  { scene: "scene.romantic_lights" },
  { repeat: { count: 3, sequence: [CALL] } },
  { repeat: { count: "{{ 3 }}", sequence: CALL } },
  { repeat: { for_each: ["a", { b: 1 }], sequence: [CALL] } },
  { repeat: { for_each: "{{ [1] }}", sequence: [CALL] } },
  { repeat: { while: [IS_ON], sequence: [CALL] } },
  { repeat: { until: "{{ true }}", sequence: [CALL] } },
  {
    choose: [{ alias: "One", conditions: [IS_ON], sequence: [CALL], note: "a" }],
    default: [CALL],
  },
  { choose: { conditions: "{{ true }}", sequence: CALL } },
  // biome-ignore lint/suspicious/noThenProperty: Home Assistant's key
  { if: [IS_ON], then: [CALL], else: [CALL] },
  // biome-ignore lint/suspicious/noThenProperty: Home Assistant's key
  { if: "{{ true }}", then: CALL },
  { parallel: [CALL, { sequence: [CALL] }, [CALL, CALL]] },
  { sequence: [CALL], alias: "Together", metadata: {} },
  { stop: "Done", error: false, response_variable: "answer" },
  { stop: null, error: true },
  { variables: { a: "{{ 1 }}", b: [1] } },
  { set_conversation_response: "{{ 'Done' }}" },
  { set_conversation_response: null },
];
