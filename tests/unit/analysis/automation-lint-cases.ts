import {
  at,
  both,
  DAY_MS,
  does,
  morning,
  NOW,
  off,
  on,
  only,
  type Parts,
  stored,
  when,
} from "./automation-lint-houses.ts";

/** Of each rule: a house in which it speaks, and one much like it in which it is silent. */
export interface Case {
  readonly fires: Parts;
  readonly silent: Parts;
}

const motion = when("binary_sensor.motion", "on");
const minutes = (count: number) => ({ delay: { minutes: count } });
const wait = { wait_template: "{{ is_state('light.hall', 'on') }}" };
const heat = does("climate.set_temperature", "climate.office", { temperature: 21 });

export const HOUSE_CASES: Readonly<Record<string, Case>> = {
  "lint.dead_reference": {
    fires: only({ triggers: at("07:00:00"), actions: [on("light.gone_for_good")] }),
    silent: only(morning),
  },
  "lint.unavailable_automation": {
    fires: only(morning, { state: "unavailable" }),
    silent: only(morning, { state: "on" }),
  },
  "lint.mutual_triggering": {
    fires: {
      automations: [
        stored("a", { triggers: when("light.hall", "on"), actions: [on("switch.pump")] }),
        stored("b", { triggers: when("switch.pump", "on"), actions: [off("light.hall")] }),
        stored("c", { triggers: when("light.hall", "off"), actions: [off("switch.pump")] }),
        stored("d", { triggers: when("switch.pump", "off"), actions: [on("light.hall")] }),
      ],
    },
    silent: both(
      { triggers: when("light.hall", "on"), actions: [on("switch.pump")] },
      { triggers: when("switch.pump", "on"), actions: [on("light.hall")] },
    ),
  },
  "lint.self_trigger": {
    fires: only({ triggers: when("light.hall"), actions: [does("light.toggle", "light.hall")] }),
    silent: only({ triggers: when("light.hall", "on"), actions: [on("light.hall")] }),
  },
  "lint.opposite_actions": {
    fires: both(morning, { triggers: at("07:00:00"), actions: [off("light.hall")] }),
    silent: both(morning, { triggers: at("07:00:00"), actions: [minutes(5), off("light.hall")] }),
  },
  "lint.scene_against_automation": {
    fires: {
      automations: [
        stored("one", {
          triggers: at("20:00:00"),
          actions: [does("scene.turn_on", "scene.film"), on("light.hall")],
        }),
      ],
      scenes: [
        { entityId: "scene.film", config: { name: "Film", entities: { "light.hall": "off" } } },
      ],
    },
    silent: {
      automations: [
        stored("one", {
          triggers: at("20:00:00"),
          actions: [does("scene.turn_on", "scene.film"), on("light.hall")],
        }),
      ],
      scenes: [
        { entityId: "scene.film", config: { name: "Film", entities: { "light.hall": "on" } } },
      ],
    },
  },
  "lint.unavailable_targets": {
    fires: only({ triggers: at("07:00:00"), actions: [on("light.attic")] }),
    silent: only(morning),
  },
  "lint.disabled_entity": {
    fires: only({ triggers: at("07:00:00"), actions: [on("light.old")] }),
    silent: only(morning),
  },
  "lint.cut_off_by_mode": {
    fires: only(morning, { runs: 10, cutOff: 40 }),
    silent: only(morning, { runs: 100, cutOff: 4 }),
  },
  "lint.conditions_never_pass": {
    fires: only(morning, { runs: 0, conditionsFailed: 50 }),
    silent: only(morning, { runs: 3, conditionsFailed: 50 }),
  },
  "lint.duplicate": {
    fires: both(morning, { ...morning, description: "the same once more" }),
    silent: both(morning, { ...morning, triggers: at("08:00:00") }),
  },
  "lint.overlapping": {
    fires: both(morning, { ...morning, actions: [on("light.hall"), on("switch.pump")] }),
    silent: both(morning, { triggers: at("07:00:00"), actions: [on("switch.pump")] }),
  },
  "lint.lost_on_restart": {
    fires: only({ triggers: motion, actions: [on("light.hall"), minutes(45), off("light.hall")] }),
    silent: both(
      { triggers: motion, actions: [on("light.hall"), minutes(45), off("light.hall")] },
      { triggers: [{ trigger: "homeassistant", event: "start" }], actions: [off("light.hall")] },
    ),
  },
  "lint.for_lost_on_restart": {
    fires: only({ triggers: [{ ...motion[0], for: { hours: 6 } }], actions: [on("light.hall")] }),
    silent: only({
      triggers: [{ ...motion[0], for: { minutes: 5 } }],
      actions: [on("light.hall")],
    }),
  },
  "lint.delay_instead_of_for": {
    fires: only({
      triggers: when("binary_sensor.door", "on"),
      actions: [minutes(5), does("notify.mobile_app_phone", "light.hall")],
    }),
    silent: only({
      triggers: [{ ...when("binary_sensor.door", "on")[0], for: { minutes: 5 } }],
      actions: [on("light.hall")],
    }),
  },
  "lint.wait_without_timeout": {
    fires: only({ triggers: at("07:00:00"), actions: [wait] }),
    silent: only({ triggers: at("07:00:00"), actions: [{ ...wait, timeout: "00:05:00" }] }),
  },
  "lint.single_with_wait": {
    fires: only({ triggers: motion, actions: [minutes(5), off("light.hall")] }),
    silent: only({ triggers: motion, actions: [minutes(5), off("light.hall")], mode: "restart" }),
  },
  "lint.motion_light_stays_on": {
    fires: only({ triggers: motion, actions: [on("light.hall")] }),
    silent: both(
      { triggers: motion, actions: [on("light.hall")] },
      { triggers: when("binary_sensor.motion", "off"), actions: [off("light.hall")] },
    ),
  },
  "lint.heating_with_open_window": {
    fires: only({ triggers: at("06:00:00"), actions: [heat] }),
    silent: only({
      triggers: at("06:00:00"),
      conditions: [{ condition: "state", entity_id: "binary_sensor.office_window", state: "off" }],
      actions: [heat],
    }),
  },
  "lint.never_fired": {
    fires: only(morning, { state: "on", lastTriggeredAt: NOW - 200 * DAY_MS }),
    silent: only(morning, { state: "on", lastTriggeredAt: NOW - 2 * DAY_MS }),
  },
  "lint.disabled_for_long": {
    fires: only(morning, { state: "off", stateSince: NOW - 200 * DAY_MS }),
    silent: only(morning, { state: "off", stateSince: NOW - 2 * DAY_MS }),
  },
};
