import { automation, call, condition, trigger } from "./automation-check-cases.ts";

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
