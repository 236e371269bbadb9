/** An automation with one part given; the rest is harmless. */
export const automation = (parts: Record<string, unknown>) => ({
  alias: "Test",
  triggers: [{ trigger: "time", at: "07:00:00" }],
  actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
  ...parts,
});
export const trigger = (one: unknown) => automation({ triggers: [one] });
export const condition = (...list: unknown[]) => automation({ conditions: list });
export const template = (text: string) =>
  condition({ condition: "template", value_template: text });
export const call = (action: string, entityId: string, data?: unknown) =>
  automation({ actions: [{ action, target: { entity_id: entityId }, ...(data ? { data } : {}) }] });

/** What is wrong, and by which code it is told. */
export const WRONG = [
  [
    "types.wrong_purpose",
    trigger({ trigger: "light.turned_on", target: { entity_id: "switch.pump" } }),
  ],
  [
    "safety.everything",
    automation({ actions: [{ service: "light.turn_off", data: { entity_id: "all" } }] }),
  ],
  [
    "types.cannot_wrong_domain",
    automation({ actions: [{ service: "light.turn_on", data: { entity_id: "switch.pump" } }] }),
  ],
  [
    "schema.template",
    condition({ condition: "template", value_template: "{{ is_state('light.hall', 'on' }}" }),
  ],
  ["references.unknown_entity", call("light.turn_on", "light.hal")],
  ["references.unknown_template_function", template("{{ statess('light.hall') }}")],
  ["references.unknown_template_function", template("{% if guests %}{{ 1 | tofloat }}{% endif %}")],
  ["references.unknown_variable", template("{{ guests > 3 }}")],
  ["references.unknown_variable", template("{{ repeat.index }}")],
  ["references.unknown_variable", template("{{ wait.completed }}")],
  [
    "references.unknown_variable",
    automation({
      variables: { lamp: "light.hall" },
      triggers: [{ trigger: "template", value_template: "{{ is_state(lamp, 'on') }}" }],
    }),
  ],
  ["references.unknown_trigger_field", template("{{ trigger.to_state.state == 'on' }}")],
  [
    "references.limited_template",
    automation({ trigger_variables: { dark: "{{ is_state('sun.sun', 'below_horizon') }}" } }),
  ],
  [
    "references.limited_template",
    trigger({ trigger: "event", event_type: "x", event_data: { at: "{{ now().hour }}" } }),
  ],
  ["references.unknown_entity", template("{{ states('Hall lamp') }}")],
  ["references.unknown_entity", template("{{ 'light.hal' | area_id }}")],
  ["references.unknown_entity", template("{{ states.light.hal.state }}")],
  [
    "references.unknown_entity",
    call("light.turn_on", "{{ 'light.hal' if is_state('sun.sun', 'x') else 'light.hall' }}"),
  ],
  ["references.unknown_area", template("{{ area_entities('halway') | list }}")],
  ["references.unknown_floor", template("{{ floor_areas('grund') | list }}")],
  ["references.unknown_label", template("{{ label_entities('nightly') | list }}")],
  ["references.unknown_device", template("{{ device_attr('gone', 'name') }}")],
  [
    "references.unknown_device",
    automation({ actions: [{ action: "light.turn_on", target: { device_id: "gone" } }] }),
  ],
  [
    "references.unknown_area",
    automation({ actions: [{ action: "light.turn_on", target: { area_id: "halway" } }] }),
  ],
  [
    "references.unknown_floor",
    automation({ actions: [{ action: "light.turn_on", target: { floor_id: "grund" } }] }),
  ],
  [
    "references.unknown_label",
    automation({ actions: [{ action: "light.turn_on", target: { label_id: "nightly" } }] }),
  ],
  ["references.unknown_action", call("light.turn_onn", "light.hall")],
  [
    "references.unknown_notify_target",
    automation({ actions: [{ action: "notify.mobile_app_old", data: { message: "Hi" } }] }),
  ],
  [
    "references.unknown_event",
    trigger({
      trigger: "event",
      event_type: "state_change",
      event_data: { entity_id: "light.hall" },
    }),
  ],
  ["references.unknown_field", call("light.turn_on", "light.hall_lamp", { brightnes_pct: 50 })],
  ["references.missing_field", call("climate.set_preset_mode", "climate.office")],
  ["references.no_target", automation({ actions: [{ action: "light.turn_on" }] })],
  ["references.answer_unused", call("calendar.get_events", "calendar.family")],
  ["references.disabled_entity", call("light.turn_on", "light.old")],
  [
    "types.not_a_number",
    trigger({ trigger: "numeric_state", entity_id: "light.hall_lamp", above: 10 }),
  ],
  [
    "types.number_as_state",
    trigger({ trigger: "state", entity_id: "sensor.temperature", to: "20" }),
  ],
  [
    "types.never_that_state",
    trigger({ trigger: "state", entity_id: "binary_sensor.door", to: "open" }),
  ],
  [
    "types.never_that_state",
    condition({ condition: "state", entity_id: "light.hall", state: "On" }),
  ],
  [
    "types.never_that_state",
    condition({ condition: "state", entity_id: "person.ann", state: "away" }),
  ],
  [
    "types.never_that_state",
    condition({ condition: "state", entity_id: "input_select.mode", state: "Party" }),
  ],
  [
    "types.never_that_state",
    condition({ condition: "state", entity_id: "lock.door", state: "closed" }),
  ],
  [
    "types.fraction_of_percent",
    condition({ condition: "numeric_state", entity_id: "sensor.humidity", above: 0.6 }),
  ],
  [
    "types.other_temperature_unit",
    condition({ condition: "numeric_state", entity_id: "sensor.temperature", above: 72 }),
  ],
  ["types.brightness_scale", call("light.turn_on", "light.hall_lamp", { brightness: 50 })],
  ["types.fraction_of_percent", call("light.turn_on", "light.hall_lamp", { brightness_pct: 0.5 })],
  [
    "types.cannot_field_unsupported",
    call("light.turn_on", "light.hall", { rgb_color: [255, 0, 0] }),
  ],
  [
    "types.cannot_action_unsupported",
    call("cover.set_cover_position", "cover.garage", { position: 50 }),
  ],
  ["types.cannot_wrong_domain", call("light.turn_on", "switch.pump")],
  [
    "types.cannot_out_of_range",
    call("climate.set_temperature", "climate.office", { temperature: 70 }),
  ],
  [
    "reachability.empty_range",
    condition({
      condition: "numeric_state",
      entity_id: "sensor.temperature",
      above: 25,
      below: 20,
    }),
  ],
  [
    "reachability.beyond_reach",
    condition({ condition: "numeric_state", entity_id: "sensor.humidity", above: 100 }),
  ],
  [
    "reachability.contradiction",
    condition(
      { condition: "state", entity_id: "light.hall", state: "on" },
      { condition: "state", entity_id: "light.hall", state: "off" },
    ),
  ],
  [
    "reachability.contradiction",
    condition(
      { condition: "time", after: "08:00:00", before: "10:00:00" },
      { condition: "time", after: "22:00:00", before: "06:00:00" },
    ),
  ],
  [
    "reachability.contradiction",
    condition({ condition: "sun", after: "sunset" }, { condition: "sun", before: "sunrise" }),
  ],
  [
    "reachability.condition_excludes_trigger",
    condition({ condition: "time", after: "08:00:00", before: "10:00:00" }),
  ],
  [
    "reachability.condition_excludes_trigger",
    automation({
      triggers: [{ trigger: "state", entity_id: "light.hall", to: "on" }],
      conditions: [{ condition: "state", entity_id: "light.hall", state: "off" }],
    }),
  ],
  [
    "reachability.unknown_trigger_id",
    automation({
      triggers: [{ trigger: "time", at: "07:00:00", id: "morning" }],
      conditions: [{ condition: "trigger", id: "mornin" }],
    }),
  ],
  ...["trigger.id == 'mornin'", "'mornin' != trigger['id']", "trigger.id in ['mornin']"].map(
    (asked) =>
      [
        "reachability.unknown_trigger_id",
        automation({
          triggers: [{ trigger: "time", at: "07:00:00", id: "morning" }],
          conditions: [{ condition: "template", value_template: `{{ ${asked} }}` }],
        }),
      ] as const,
  ),
  [
    "reachability.never_fires",
    trigger({ trigger: "state", entity_id: "light.hall", from: "on", to: "on" }),
  ],
  ["reachability.no_trigger", trigger({ trigger: "time", at: "07:00:00", enabled: false })],
  ["reachability.after_stop", automation({ actions: [{ stop: "done" }, { delay: 5 }] })],
  [
    "reachability.choice_shadowed",
    automation({
      actions: [
        {
          choose: [
            {
              conditions: [{ condition: "state", entity_id: "light.hall", state: "on" }],
              sequence: [{ delay: 1 }],
            },
            {
              conditions: [{ condition: "state", entity_id: "light.hall", state: "on" }],
              sequence: [{ delay: 2 }],
            },
          ],
        },
      ],
    }),
  ],
  [
    "reachability.wait_without_timeout",
    automation({ actions: [{ wait_template: "{{ is_state('light.hall', 'on') }}" }] }),
  ],
  [
    "reachability.single_ignores_motion",
    automation({
      triggers: [{ trigger: "state", entity_id: "binary_sensor.motion", to: "on" }],
      actions: [
        { action: "light.turn_on", target: { entity_id: "light.hall" } },
        { delay: { minutes: 5 } },
        { action: "light.turn_off", target: { entity_id: "light.hall" } },
      ],
    }),
  ],
  ["safety.unlocks", call("lock.unlock", "lock.door")],
  ["safety.disarms", call("alarm_control_panel.alarm_disarm", "alarm_control_panel.house")],
  ["safety.opens_gate", call("cover.open_cover", "cover.garage")],
  ["safety.opens_valve", call("valve.open_valve", "valve.garden")],
  ["safety.siren", call("siren.turn_on", "siren.attic")],
  ["safety.heats", call("switch.turn_on", "switch.sauna_heater")],
  ["safety.everything", call("light.turn_off", "all")],
  ["safety.system_action", automation({ actions: [{ action: "homeassistant.restart" }] })],
  [
    "safety.endless_repeat",
    automation({
      actions: [
        {
          repeat: {
            while: [{ condition: "state", entity_id: "light.hall", state: "on" }],
            sequence: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
          },
        },
      ],
    }),
  ],
  ["safety.runs_all_the_time", trigger({ trigger: "time_pattern", seconds: "/5" })],
  ["safety.broad_trigger", trigger({ trigger: "event", event_type: "state_changed" })],
] as const;
