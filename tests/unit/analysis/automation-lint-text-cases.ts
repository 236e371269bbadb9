import type { Case } from "./automation-lint-cases.ts";
import { at, does, morning, off, on, only, when } from "./automation-lint-houses.ts";

const numeric = (bounds: object, entityId = "sensor.temperature") => ({
  trigger: "numeric_state",
  entity_id: entityId,
  ...bounds,
});
const deviceTrigger = (domain: string, entityId?: string) => ({
  trigger: "device",
  device_id: "d1",
  domain,
  type: "turned_on",
  ...(entityId && { entity_id: entityId }),
});
const notify = (action: string, data: object) => ({ action, data: { message: "Hi", ...data } });
const old = {
  triggers: undefined,
  actions: undefined,
  trigger: [{ platform: "time", at: "07:00:00" }],
  action: [{ service: "light.turn_on", target: { entity_id: "light.hall" } }],
};

export const TEXT_CASES: Readonly<Record<string, Case>> = {
  "lint.all_off": {
    fires: only({
      triggers: at("23:00:00"),
      actions: [off("all")].map((one) => ({ ...one, action: "switch.turn_off" })),
    }),
    silent: only({ triggers: at("23:00:00"), actions: [off("light.hall")] }),
  },
  "lint.secret_in_text": {
    fires: only({
      triggers: at("07:00:00"),
      actions: [does("lock.unlock", "lock.door", { code: "4711" })],
    }),
    silent: only({
      triggers: at("07:00:00"),
      actions: [does("lock.unlock", "lock.door", { code: "!secret door" })],
    }),
  },
  "lint.notify_without_target": {
    fires: only({ triggers: at("07:00:00"), actions: [notify("notify.notify", {})] }),
    silent: only({ triggers: at("07:00:00"), actions: [notify("notify.mobile_app_phone", {})] }),
  },
  "lint.attribute_noise": {
    fires: only({ triggers: when("climate.office"), actions: [on("light.hall")] }),
    silent: only({ triggers: when("climate.office", null), actions: [on("light.hall")] }),
  },
  "lint.polling": {
    fires: only({
      triggers: [{ trigger: "time_pattern", minutes: "/5" }],
      conditions: [{ condition: "state", entity_id: "binary_sensor.door", state: "on" }],
      actions: [on("light.hall")],
    }),
    silent: only({
      triggers: [{ trigger: "time_pattern", hours: "3", minutes: "5" }],
      actions: [on("light.hall")],
    }),
  },
  "lint.no_hysteresis": {
    fires: only({
      triggers: [numeric({ above: 20 }), numeric({ below: 20 })],
      actions: [on("light.hall")],
    }),
    silent: only({
      triggers: [numeric({ above: 21 }), numeric({ below: 19 })],
      actions: [on("light.hall")],
    }),
  },
  "lint.template_for_state": {
    fires: only({
      triggers: [{ trigger: "template", value_template: "{{ is_state('light.hall', 'on') }}" }],
      actions: [on("switch.pump")],
    }),
    silent: only({
      triggers: [
        { trigger: "template", value_template: "{{ states('sensor.humidity') | float > 60 }}" },
      ],
      actions: [on("switch.pump")],
    }),
  },
  "lint.unused_trigger_id": {
    fires: only({
      triggers: [{ trigger: "time", at: "07:00:00", id: "early" }],
      actions: [on("light.hall")],
    }),
    silent: only({
      triggers: [{ trigger: "time", at: "07:00:00", id: "early" }],
      actions: [{ condition: "trigger", id: "early" }, on("light.hall")],
    }),
  },
  "lint.device_trigger": {
    fires: only({
      triggers: [deviceTrigger("light", "light.hall_lamp")],
      actions: [on("light.hall")],
    }),
    silent: only({ triggers: [deviceTrigger("zha")], actions: [on("light.hall")] }),
  },
  "lint.hard_coded_device": {
    fires: only({
      triggers: at("07:00:00"),
      actions: [{ action: "light.turn_on", target: { device_id: "d1" } }],
    }),
    silent: only({
      triggers: at("07:00:00"),
      actions: [{ action: "light.turn_on", target: { area_id: "hall" } }],
    }),
  },
  "lint.old_light_fields": {
    fires: only({
      triggers: at("07:00:00"),
      actions: [does("light.turn_on", "light.hall_lamp", { kelvin: 2700 })],
    }),
    silent: only({
      triggers: at("07:00:00"),
      actions: [does("light.turn_on", "light.hall_lamp", { color_temp_kelvin: 2700 })],
    }),
  },
  "lint.old_keys": { fires: only(old), silent: only(morning) },
  "lint.data_template": {
    fires: only({
      triggers: at("07:00:00"),
      actions: [{ service: "light.turn_on", data_template: { entity_id: "light.hall" } }],
    }),
    silent: only(morning),
  },
  "lint.entity_in_data": {
    fires: only({
      triggers: at("07:00:00"),
      actions: [{ action: "light.turn_on", data: { entity_id: "light.hall" } }],
    }),
    silent: only(morning),
  },
  "lint.condition_always_true": {
    fires: only({
      ...morning,
      conditions: [{ condition: "state", entity_id: "light.hall", state: ["on", "off"] }],
    }),
    silent: only({
      ...morning,
      conditions: [{ condition: "state", entity_id: "light.hall", state: "on" }],
    }),
  },
  "lint.nameless": { fires: only({ ...morning, alias: undefined }), silent: only(morning) },
  "lint.undescribed": {
    fires: only({
      triggers: at("07:00:00"),
      actions: Array.from({ length: 12 }, () => on("light.hall")),
    }),
    silent: only({
      triggers: at("07:00:00"),
      description: "Wakes the house",
      actions: Array.from({ length: 12 }, () => on("light.hall")),
    }),
  },
};
