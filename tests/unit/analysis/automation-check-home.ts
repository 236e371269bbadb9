import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";

const target = (domain: string) => ({ target: { entity: [{ domain: [domain] }] } });
const percent = { selector: { number: { min: 0, max: 100, unit_of_measurement: "%" } } };
const plain = (domain: string, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, { ...target(domain), fields: {} }]));

/** As `get_services` answers. */
const services = {
  light: {
    turn_on: {
      ...target("light"),
      fields: {
        brightness_pct: percent,
        rgb_color: { selector: { color_rgb: null } },
        advanced_fields: {
          collapsed: true,
          fields: {
            transition: { selector: { number: { min: 0, max: 300 } } },
            brightness: { selector: { number: { min: 0, max: 255 } } },
            flash: { selector: { select: { options: ["short", "long"] } } },
          },
        },
      },
    },
    ...plain("light", "turn_off", "toggle"),
  },
  switch: plain("switch", "turn_on", "turn_off", "toggle"),
  cover: {
    ...plain("cover", "open_cover", "close_cover"),
    set_cover_position: {
      ...target("cover"),
      fields: { position: { required: true, ...percent } },
    },
  },
  climate: {
    set_temperature: {
      ...target("climate"),
      fields: { temperature: { selector: { number: { min: 0, max: 250 } } } },
    },
    set_preset_mode: {
      ...target("climate"),
      fields: { preset_mode: { required: true, selector: { text: null } } },
    },
  },
  lock: plain("lock", "lock", "unlock"),
  valve: plain("valve", "open_valve", "close_valve"),
  siren: plain("siren", "turn_on", "turn_off"),
  alarm_control_panel: plain("alarm_control_panel", "alarm_disarm", "alarm_arm_away"),
  calendar: { get_events: { ...target("calendar"), fields: {}, response: { optional: false } } },
  notify: {
    mobile_app_phone: {
      fields: {
        message: { required: true, selector: { text: null } },
        data: { selector: { object: null } },
      },
    },
    persistent_notification: { fields: { message: { required: true, selector: { text: null } } } },
  },
  scene: {
    turn_on: { ...target("scene"), fields: {} },
    create: { fields: { scene_id: { required: true }, snapshot_entities: {}, entities: {} } },
  },
  homeassistant: {
    restart: { fields: {} },
    turn_off: { target: {}, fields: {} },
    turn_on: { target: {}, fields: {} },
  },
};

/** A house with one of everything, for checking and linting. */
export function checkedHome(): HomeSnapshot {
  return toSnapshot({
    version: "2026.9.1",
    services,
    areas: [
      { id: "hall", name: "Hallway", floorId: "ground" },
      { id: "office", name: "Office", floorId: "ground" },
    ],
    floors: [{ id: "ground", name: "Ground floor" }],
    labels: [{ id: "night", name: "Night" }],
    devices: [
      { id: "d1", name: "Hall lamp", areaId: "hall" },
      { id: "d2", name: "Old thing", disabled: true },
    ],
    entities: [
      entity("light.hall", "Hall", "off", { supported_color_modes: ["onoff"] }, "hall"),
      {
        ...entity(
          "light.hall_lamp",
          "Hall lamp",
          "on",
          { supported_color_modes: ["brightness"], brightness: 100 },
          "hall",
        ),
        deviceId: "d1",
      },
      { entityId: "light.old", name: "Old light", disabledBy: "user", attributes: {} },
      entity("light.attic", "Attic", "unavailable", { supported_color_modes: ["onoff"] }),
      entity("switch.pump", "Pump", "off", {}),
      entity("switch.sauna_heater", "Sauna heater", "off", {}),
      entity("cover.garage", "Garage", "closed", { device_class: "garage", supported_features: 3 }),
      entity("cover.bedroom", "Bedroom", "open", { supported_features: 15, current_position: 100 }),
      entity(
        "climate.office",
        "Office heating",
        "heat",
        {
          supported_features: 17,
          min_temp: 7,
          max_temp: 30,
          hvac_modes: ["off", "heat"],
          preset_modes: ["eco"],
        },
        "office",
      ),
      entity(
        "binary_sensor.office_window",
        "Office window",
        "off",
        { device_class: "window" },
        "office",
      ),
      entity("binary_sensor.door", "Front door", "off", { device_class: "door" }, "hall"),
      entity("binary_sensor.motion", "Hall motion", "off", { device_class: "motion" }, "hall"),
      entity("sensor.temperature", "Temperature", "21.5", {
        unit_of_measurement: "°C",
        device_class: "temperature",
      }),
      entity("sensor.humidity", "Humidity", "45", {
        unit_of_measurement: "%",
        device_class: "humidity",
      }),
      entity("input_select.mode", "Mode", "Day", { options: ["Day", "Night"] }),
      entity("input_boolean.guests", "Guests", "off", {}),
      entity("lock.door", "Front door lock", "locked", {}),
      entity("alarm_control_panel.house", "Alarm", "disarmed", { supported_features: 3 }),
      entity("valve.garden", "Garden valve", "closed", { supported_features: 3 }),
      entity("siren.attic", "Siren", "off", { supported_features: 3 }),
      entity("calendar.family", "Family", "off", {}),
      entity("person.ann", "Ann", "home", {}),
      entity("zone.home", "Home", "1", {}),
      entity("zone.work", "Work", "0", {}),
      entity("sun.sun", "Sun", "above_horizon", { elevation: 20 }),
      entity("automation.other", "Other", "on", {}),
    ],
  });
}

function entity(
  entityId: string,
  name: string,
  state: string,
  attributes: Record<string, unknown>,
  areaId?: string,
) {
  return { entityId, name, state, attributes, ...(areaId && { areaId }) };
}
