import { expect, test } from "vitest";
import { matchTemplates } from "#src/analysis/templates/templates.ts";
import { toSnapshot } from "#src/home/snapshot/snapshot.ts";

type Attributes = Readonly<Record<string, unknown>>;
const POWER = { device_class: "power", unit_of_measurement: "W" };
const DOOR = { device_class: "door" };
const WINDOW = { device_class: "window" };
const MOTION = { device_class: "motion" };

/** The templates that fit one thing of a room; a second person and an electric bell are not there. */
function templatesFor(entityId: string, name: string, attributes: Attributes = {}, area = "Raum") {
  const home = toSnapshot({
    areas: [{ id: "room", name: area }],
    entities: [
      { ...{ entityId, name, attributes }, state: "off", areaId: "room" },
      { entityId: "light.lamp", name: "Lampe", state: "off", areaId: "room" },
    ],
  });
  return matchTemplates(home).map(({ template }) => template.id);
}

test.each([
  ["sensor.wm_leistung", "Waschmaschine Leistung", POWER, "laundry_done"],
  ["sensor.a1", "Vermogen wasmachine", POWER, "laundry_done"],
  ["sensor.a2", "Lave-linge puissance", POWER, "laundry_done"],
  ["sensor.a3", "Geschirrspüler", POWER, "dishwasher_done"],
  ["sensor.a4", "Wäschetrockner", POWER, "dryer_done"],
  ["binary_sensor.a5", "Kühlschrank Tür", DOOR, "fridge_left_open"],
  ["binary_sensor.a6", "Briefkasten", {}, "mail_has_come"],
  ["switch.a7", "Kaffeemaschine", {}, "coffee_machine_off"],
  ["switch.a8", "Bügeleisen", {}, "hot_plug_off"],
  ["switch.a9", "Weihnachtsbaum", {}, "decoration_in_the_evening"],
  ["calendar.a10", "Müllabfuhr", {}, "bins_out"],
  ["event.a11", "Türklingel", {}, "doorbell_rings"],
])("%s, called %s, is known for what it is", (entityId, name, attributes, expected) => {
  expect(templatesFor(entityId, name, attributes)).toContain(expected);
});

test.each([
  ["a dishwasher", "sensor.b1", "Dishwasher power", POWER, "laundry_done"],
  ["the door of a fridge", "binary_sensor.b2", "Fridge door", DOOR, "door_left_open"],
  ["a boiler", "switch.b3", "Water heater", {}, "hot_plug_off"],
  ["the freezer's plug", "switch.b4", "Freezer", { device_class: "outlet" }, "plugs_off_at_night"],
  ["a doorbell's camera", "binary_sensor.b5", "Doorbell camera motion", MOTION, "motion_light"],
  ["a gas price", "sensor.b6", "Gas price", { unit_of_measurement: "EUR/kWh" }, "power_is_cheap"],
])("%s is not taken for something else", (_, entityId, name, attributes, not) => {
  expect(templatesFor(entityId, name, attributes)).not.toContain(not);
});

test.each([
  ["Waschküche", "Fenster Waschküche"],
  ["Boven", "Raam boven"],
  ["Washroom", "Washroom window"],
])("a window of the room %s is a window", (area, name) => {
  expect(templatesFor("binary_sensor.c", name, WINDOW, area)).toContain("windows_open_at_night");
});

test.each([
  ["Schlafzimmer", []],
  ["Slaapkamer", []],
  ["Wohnzimmer", ["lights_off_without_motion"]],
  ["Flur", ["motion_light"]],
  ["Gäste-WC", ["motion_light"]],
  ["Terrasse", ["motion_light_outdoors"]],
])("in the room %s motion means %j", (area, expected) => {
  const ids = templatesFor("binary_sensor.d", "Bewegung", MOTION, area);
  expect(ids.filter((id) => /motion/.test(id) && id !== "motion_while_away")).toEqual(expected);
});
