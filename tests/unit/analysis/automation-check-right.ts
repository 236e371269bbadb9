import { automation, call, condition, template, trigger } from "./automation-check-cases.ts";

/** What looks odd and is right. */
export const RIGHT = [
  [
    "movement in a room, whatever else is there",
    trigger({ trigger: "motion.detected", target: { area_id: "hall" } }),
  ],
  [
    "a target in the data, as of old",
    automation({ actions: [{ service: "light.turn_on", data: { entity_id: "light.hall" } }] }),
  ],
  [
    "a target that a template makes",
    automation({
      actions: [{ action: "light.turn_on", data: { entity_id: "{{ 'light.hall' }}" } }],
    }),
  ],
  [
    "a button of a notification",
    automation({
      actions: [
        {
          action: "notify.mobile_app_phone",
          data: { message: "Hi", data: { actions: [{ action: "SNOOZE" }] } },
        },
      ],
    }),
  ],
  ["a person in a zone", condition({ condition: "state", entity_id: "person.ann", state: "Work" })],
  [
    "the sun below the horizon",
    condition({ condition: "state", entity_id: "sun.sun", state: "below_horizon" }),
  ],
  [
    "unavailable as a state",
    trigger({ trigger: "state", entity_id: "light.hall", to: "unavailable" }),
  ],
  [
    "a scene made on the way",
    automation({
      actions: [
        { action: "scene.create", data: { scene_id: "before", snapshot_entities: ["light.hall"] } },
        { action: "scene.turn_on", target: { entity_id: "scene.before" } },
      ],
    }),
  ],
  [
    "a cover's position",
    trigger({
      trigger: "numeric_state",
      entity_id: "cover.bedroom",
      attribute: "current_position",
      above: 50,
    }),
  ],
  [
    "a night in one condition",
    automation({
      triggers: [{ trigger: "state", entity_id: "light.hall" }],
      conditions: [{ condition: "sun", after: "sunset", before: "sunrise" }],
    }),
  ],
  [
    "a night over midnight",
    automation({
      triggers: [{ trigger: "time", at: "23:30:00" }],
      conditions: [{ condition: "time", after: "22:00:00", before: "06:00:00" }],
    }),
  ],
  ["a variable that may be absent", template("{{ (guests | default(0)) > 3 }}")],
  ["a variable that is asked for first", template("{{ guests is defined and guests.x > 3 }}")],
  ["a name that the template makes", template("{% set x = now().hour %}{{ x > 3 and x is odd }}")],
  [
    "rooms, floors, labels by name",
    template("{{ area_entities('Hallway') + label_areas('Night') }}"),
  ],
  ["a device by its name", template("{{ device_id('Hall lamp') }}")],
  ["the automation itself", template("{{ this.entity_id != 'x' and trigger.now.hour > 3 }}")],
  ["texts that look like ids", template("{{ this.state in ['light.turn_on', 'siren.mp3'] }}")],
  [
    "a template that asks which trigger it was, by id or by index",
    automation({
      triggers: [
        { trigger: "time", at: "07:00:00", id: "morning" },
        { trigger: "time", at: "22:00:00" },
      ],
      actions: [{ delay: "{{ 5 if trigger.id == 'morning' or trigger.id in ['1'] else 1 }}" }],
    }),
  ],
  [
    "a field that one of the triggers has",
    automation({
      triggers: [
        { trigger: "time", at: "07:00:00" },
        { trigger: "state", entity_id: "light.hall" },
      ],
      actions: [{ delay: "{{ 5 if trigger.to_state.state == 'on' else 1 }}" }],
    }),
  ],
  [
    "variables of every kind",
    automation({
      trigger_variables: { limit: 5 },
      variables: { lamp: "light.hall" },
      triggers: [
        {
          trigger: "numeric_state",
          entity_id: "sensor.humidity",
          value_template: "{{ state.state | float(0) - limit }}",
          above: 40,
        },
      ],
      actions: [
        { variables: { one: "{{ lamp }}" } },
        {
          action: "calendar.get_events",
          target: { entity_id: "calendar.family" },
          response_variable: "events",
        },
        { repeat: { count: 2, sequence: [{ delay: "{{ repeat.index + (events | count) }}" }] } },
        { wait_template: "{{ is_state(one, 'on') }}", timeout: 5 },
        { delay: "{{ 1 if wait.completed else limit }}" },
      ],
    }),
  ],
  ["a lock that is locked", call("lock.lock", "lock.door")],
  ["brightness in percent", call("light.turn_on", "light.hall_lamp", { brightness_pct: 40 })],
  [
    "a template for a value",
    call("light.turn_on", "light.hall_lamp", { brightness_pct: "{{ 40 }}" }),
  ],
  [
    "old words of Home Assistant",
    {
      alias: "Old",
      trigger: { platform: "state", entity_id: "binary_sensor.motion", to: "off" },
      action: { service: "light.turn_off", entity_id: "light.hall" },
    },
  ],
  [
    "two states that are joined by or",
    condition({
      condition: "or",
      conditions: [
        { condition: "state", entity_id: "light.hall", state: "on" },
        { condition: "state", entity_id: "light.hall", state: "off" },
      ],
    }),
  ],
] as const;
