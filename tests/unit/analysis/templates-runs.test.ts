import { expect, test } from "vitest";
import { replay } from "#src/analysis/replay/replay.ts";
import { matchTemplates } from "#src/analysis/templates/templates.ts";
import { scripted } from "#support/past-world.ts";
import { drafted } from "#support/template-drafts.ts";
import { templatesHome } from "./templates-home.ts";

const matches = matchTemplates(templatesHome(), {}, { most: 1000, mostOfOne: 100 });

type Script = Parameters<typeof scripted>[0];
type Change = readonly [second: number, entityId: string, state: string];

const clock = (text: string): number => {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(":").map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
};
const at = (time: string, entityId: string, state: string): Change => [
  clock(time),
  entityId,
  state,
];
const timeOf = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 19);

/** What an automation of this template does on a day in winter: `07:00:00 light.turn_on light.hall`. */
function does(id: string, script: Script): string[] {
  const match = matches.find(({ template }) => template.id === id);
  if (!match) throw new Error(`${id} finds no place in the made house`);
  const past = scripted(script);
  const { runs, cannot } = replay([drafted(match)], past);
  expect(cannot).toEqual([]);
  return runs
    .flatMap(({ calls }) => calls)
    .toSorted((one, other) => one.at - other.at)
    .map(({ at: moment, action, entityIds, data }) => {
      const mode = data?.hvac_mode === undefined ? "" : ` ${String(data.hvac_mode)}`;
      const seconds = (moment - past.start) / 1000;
      return `${timeOf(seconds)} ${action} ${entityIds.join(",")}${mode}`.trim();
    });
}

const MOTION = "binary_sensor.landing_motion";
const landing = (lux: string) => ({
  [MOTION]: "off",
  "sensor.landing_illuminance": lux,
  "light.landing": "off",
});

test("a motion light comes on in the dark and goes off when nobody has moved for three minutes", () => {
  const changes = [
    at("19:00:00", MOTION, "on"),
    at("19:01:00", MOTION, "off"),
    at("19:02:00", MOTION, "on"),
    at("19:02:30", MOTION, "off"),
  ];
  expect(does("motion_light_when_dark", { initial: landing("12"), changes })).toEqual([
    "19:00:00 light.turn_on light.landing",
    "19:02:00 light.turn_on light.landing",
    "19:05:30 light.turn_off light.landing",
  ]);
});

test("while it is bright the motion light stays off", () => {
  const changes = [at("12:00:00", MOTION, "on"), at("12:01:00", MOTION, "off")];
  const calls = does("motion_light_when_dark", { initial: landing("300"), changes });
  expect(calls.filter((call) => call.includes("turn_on"))).toEqual([]);
});

test("a night light leaves a light alone that somebody has on", () => {
  const bed = "binary_sensor.bedroom_motion";
  const changes = [
    at("23:00:00", bed, "on"),
    at("23:01:00", bed, "off"),
    at("23:30:00", "light.bedroom", "on"),
    at("23:31:00", bed, "on"),
    at("23:32:00", bed, "off"),
  ];
  expect(
    does("night_light", { initial: { [bed]: "off", "light.bedroom": "off" }, changes }),
  ).toEqual(["23:00:00 light.turn_on light.bedroom", "23:03:00 light.turn_off light.bedroom"]);
});

const WINDOW = "binary_sensor.living_room_window";
const HEATER = "climate.living_room";

test("the heating is off while the window is open and then as it was", () => {
  const changes = [at("09:00:00", WINDOW, "on"), at("09:20:00", WINDOW, "off")];
  const initial = { [WINDOW]: "off", [HEATER]: "auto" };
  expect(does("window_open_heating_off", { initial, changes })).toEqual([
    `09:02:00 climate.set_hvac_mode ${HEATER} off`,
    `09:20:00 climate.set_hvac_mode ${HEATER} auto`,
  ]);
});

test("heating that is off in summer stays off, and a window that is forgotten does not let the room freeze", () => {
  const opened = [at("09:00:00", WINDOW, "on")];
  const summer = { [WINDOW]: "off", [HEATER]: "off" };
  const closed = [...opened, at("10:00:00", WINDOW, "off")];
  expect(does("window_open_heating_off", { initial: summer, changes: closed })).toEqual([]);
  const winter = { [WINDOW]: "off", [HEATER]: "heat" };
  expect(does("window_open_heating_off", { initial: winter, changes: opened })).toEqual([
    `09:02:00 climate.set_hvac_mode ${HEATER} off`,
    `11:02:00 climate.set_hvac_mode ${HEATER} heat`,
  ]);
});

test("the laundry is told once when it is done, not when the machine rests", () => {
  const power = "sensor.washing_machine_power";
  const changes = [
    at("10:00:00", power, "2000"),
    at("10:20:00", power, "2"),
    at("10:22:00", power, "300"),
    at("11:30:00", power, "1"),
    at("12:00:00", power, "3"),
  ];
  expect(does("laundry_done", { initial: { [power]: "1" }, changes })).toEqual([
    "11:34:00 notify.mobile_app_ann",
    "11:34:00 notify.mobile_app_ben",
  ]);
});

test("who forgets the laundry is reminded, who takes it out is not", () => {
  const [program, door] = ["sensor.steam_oven_operation", "binary_sensor.steam_oven_door"];
  const initial = { [program]: "run", [door]: "off" };
  const done = at("10:00:00", program, "finished");
  const emptied = [done, at("10:10:00", door, "on")];
  expect(does("laundry_left_in", { initial, changes: emptied })).toEqual([]);
  expect(does("laundry_left_in", { initial, changes: [done] })).toEqual([
    "10:45:00 notify.mobile_app_ann",
    "10:45:00 notify.mobile_app_ben",
  ]);
});

test("the lights go off when the last one has left, not when a phone is lost for a minute", () => {
  const changes = [
    at("08:00:00", "zone.home", "1"),
    at("08:10:00", "zone.home", "0"),
    at("08:11:00", "zone.home", "1"),
    at("09:00:00", "zone.home", "0"),
  ];
  const calls = does("lights_off_when_leaving", { initial: { "zone.home": "2" }, changes });
  expect(calls).toHaveLength(1);
  expect(calls[0]).toMatch(/^09:05:00 light\.turn_off .*light\.hall/);
});

test("water, and everybody is told at once", () => {
  const leak = "binary_sensor.bathroom_leak";
  const changes = [at("03:00:00", leak, "on")];
  expect(does("leak_alarm", { initial: { [leak]: "off" }, changes })).toEqual([
    "03:00:00 notify.mobile_app_ann",
    "03:00:00 notify.mobile_app_ben",
  ]);
});

test("a sensor that is back from unavailable is no burglar", () => {
  const door = "binary_sensor.front_door";
  const initial = { [door]: "unavailable", "zone.home": "0" };
  const changes = [
    at("11:00:00", door, "on"),
    at("11:05:00", door, "off"),
    at("12:00:00", door, "on"),
  ];
  const calls = does("door_opens_while_away", { initial, changes });
  expect(calls).toEqual(["12:00:00 notify.mobile_app_ann", "12:00:00 notify.mobile_app_ben"]);
});

test("the blinds open at sunrise in winter, and in summer not before somebody is up", () => {
  const initial = { "cover.living_room_blind": "closed" };
  const winter = does("blinds_up_in_the_morning", { initial });
  expect(winter).toEqual([expect.stringMatching(/^08:1\d:\d\d cover\.open_cover/)]);
  const summer = does("blinds_up_in_the_morning", {
    initial,
    start: Date.parse("2026-06-15T00:00:00+02:00"),
  });
  expect(summer).toEqual(["07:00:00 cover.open_cover cover.living_room_blind"]);
});

test("the heating goes down when everybody has been away for a while and up when the first one is back", () => {
  const changes = [at("08:00:00", "zone.home", "0"), at("17:00:00", "zone.home", "1")];
  const calls = does("heating_down_when_away", { initial: { "zone.home": "2" }, changes });
  expect(calls).toEqual([
    "08:20:00 climate.set_temperature climate.bathroom,climate.living_room",
    "17:00:00 climate.set_temperature climate.bathroom,climate.living_room",
  ]);
});

test("the garden is watered for a quarter of an hour, and not in the rain", () => {
  const initial = { "valve.irrigation": "closed" };
  const dry = does("water_the_garden", { initial: { ...initial, "weather.home": "sunny" } });
  expect(dry).toEqual([
    "05:30:00 valve.open_valve valve.irrigation",
    "05:45:00 valve.close_valve valve.irrigation",
  ]);
  const wet = does("water_the_garden", { initial: { ...initial, "weather.home": "rainy" } });
  expect(wet.filter((call) => call.includes("open"))).toEqual([]);
});

test("the fan runs after a shower until the air is dry again", () => {
  const humidity = "sensor.bathroom_humidity";
  const changes = [
    at("07:00:00", humidity, "72"),
    at("07:20:00", humidity, "60"),
    at("07:30:00", humidity, "57"),
    at("07:40:00", humidity, "59"),
  ];
  const initial = { [humidity]: "50", "switch.bathroom_fan": "off" };
  expect(does("humidity_fan", { initial, changes })).toEqual([
    "07:00:00 switch.turn_on switch.bathroom_fan",
    "07:35:00 switch.turn_off switch.bathroom_fan",
  ]);
});

test("who looks a film in the evening gets dimmer lights where they are on, and no others", () => {
  const initial = {
    "media_player.tv": "off",
    "light.living_room_lamp": "on",
    "light.fairy_lights": "off",
  };
  const changes = [at("20:15:00", "media_player.tv", "playing")];
  expect(does("tv_dims_lights", { initial, changes })).toEqual([
    "20:15:00 light.turn_on light.living_room_lamp",
  ]);
});
