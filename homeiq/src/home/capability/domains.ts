import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { climateActions, fanActions, humidifierActions, waterHeaterActions } from "./air.ts";
import { FEATURES } from "./features.ts";
import {
  type ActionCapability,
  any,
  boolean,
  type FieldCapability,
  number,
  numberOf,
  option,
  required,
  text,
  textsOf,
} from "./fields.ts";
import { lightActions } from "./lights.ts";
import { mediaPlayerActions } from "./media.ts";

type ActionsOf = (entity: HomeEntity) => ActionCapability[];

const featuresOf = ({ attributes }: HomeEntity) => numberOf(attributes, "supported_features") ?? 0;

const plain = (action: string, ...fields: FieldCapability[]): ActionCapability => ({
  action,
  fields,
});

/** Those of a list whose bit is set; without a bit: always. */
const byFeature =
  (...list: readonly (readonly [action: ActionCapability, ...anyOf: number[]])[]): ActionsOf =>
  (entity) => {
    const features = featuresOf(entity);
    return list.flatMap(([action, ...anyOf]) =>
      anyOf.length === 0 || anyOf.some((bit) => (features & bit) !== 0) ? [action] : [],
    );
  };

const switches =
  (domain: string, ...more: ActionCapability[]): ActionsOf =>
  () => [...["turn_on", "turn_off", "toggle"].map((name) => plain(`${domain}.${name}`)), ...more];

const { cover, valve, vacuum, lock, siren, update, lawn_mower, camera } = FEATURES;
const position = required(number("position", { min: 0, max: 100, unit: "%" }));
const tilt = required(number("tilt_position", { min: 0, max: 100, unit: "%" }));

const selects =
  (domain: string): ActionsOf =>
  ({ attributes }) => [
    plain(`${domain}.select_option`, required(option("option", textsOf(attributes, "options")))),
    ...["select_first", "select_last"].map((name) => plain(`${domain}.${name}`)),
    ...["select_next", "select_previous"].map((name) =>
      plain(`${domain}.${name}`, boolean("cycle")),
    ),
    ...(domain === "input_select"
      ? [plain("input_select.set_options", required(any("options")))]
      : []),
  ];

const numbers =
  (domain: string, ...more: string[]): ActionsOf =>
  ({ attributes }) => {
    const step = numberOf(attributes, "step");
    const unit = attributes.unit_of_measurement;
    const value = number("value", {
      min: numberOf(attributes, "min"),
      max: numberOf(attributes, "max"),
      ...(step !== undefined && { step }),
      ...(typeof unit === "string" && { unit }),
    });
    return [
      plain(`${domain}.set_value`, required(value)),
      ...more.map((name) => plain(`${domain}.${name}`)),
    ];
  };

const alarmActions: ActionsOf = (entity) => {
  const bits = FEATURES.alarm_control_panel;
  const code = text("code");
  const arm = (name: string) => plain(`alarm_control_panel.${name}`, code);
  return byFeature(
    [arm("alarm_disarm")],
    [arm("alarm_arm_home"), bits.ARM_HOME],
    [arm("alarm_arm_away"), bits.ARM_AWAY],
    [arm("alarm_arm_night"), bits.ARM_NIGHT],
    [arm("alarm_arm_vacation"), bits.ARM_VACATION],
    [arm("alarm_arm_custom_bypass"), bits.ARM_CUSTOM_BYPASS],
    [arm("alarm_trigger"), bits.TRIGGER],
  )(entity);
};

const sirenActions: ActionsOf = (entity) => {
  const features = featuresOf(entity);
  const fields = [
    ...(features & siren.TONES
      ? [option("tone", textsOf(entity.attributes, "available_tones"))]
      : []),
    ...(features & siren.VOLUME_SET ? [number("volume_level", { min: 0, max: 1 })] : []),
    ...(features & siren.DURATION ? [number("duration", { min: 0, unit: "s" })] : []),
  ];
  return byFeature(
    [plain("siren.turn_on", ...fields), siren.TURN_ON],
    [plain("siren.turn_off"), siren.TURN_OFF],
    [plain("siren.toggle"), siren.TURN_ON],
  )(entity);
};

const vacuumActions: ActionsOf = (entity) =>
  byFeature(
    [plain("vacuum.turn_on"), vacuum.TURN_ON],
    [plain("vacuum.turn_off"), vacuum.TURN_OFF],
    [plain("vacuum.toggle"), vacuum.TURN_ON],
    [plain("vacuum.start"), vacuum.START],
    [plain("vacuum.pause"), vacuum.PAUSE],
    [plain("vacuum.start_pause"), vacuum.PAUSE],
    [plain("vacuum.stop"), vacuum.STOP],
    [plain("vacuum.return_to_base"), vacuum.RETURN_HOME],
    [plain("vacuum.locate"), vacuum.LOCATE],
    [plain("vacuum.clean_spot"), vacuum.CLEAN_SPOT],
    [plain("vacuum.clean_area", any("cleaning_area_id")), vacuum.CLEAN_AREA],
    [
      plain(
        "vacuum.set_fan_speed",
        required(option("fan_speed", textsOf(entity.attributes, "fan_speed_list"))),
      ),
      vacuum.FAN_SPEED,
    ],
    [plain("vacuum.send_command", required(text("command")), any("params")), vacuum.SEND_COMMAND],
  )(entity);

const texts: ActionsOf = (entity) => [plain(`${entity.domain}.set_value`, required(text("value")))];

/** By domain; an empty list: nothing can be done with it, it only says something. */
export const DOMAINS: Readonly<Record<string, ActionsOf>> = {
  light: lightActions,
  climate: climateActions,
  fan: fanActions,
  humidifier: humidifierActions,
  water_heater: waterHeaterActions,
  media_player: mediaPlayerActions,
  alarm_control_panel: alarmActions,
  siren: sirenActions,
  vacuum: vacuumActions,
  switch: switches("switch"),
  input_boolean: switches("input_boolean"),
  automation: switches(
    "automation",
    plain("automation.trigger", boolean("skip_condition")),
    plain("automation.turn_off", boolean("stop_actions")),
  ),
  group: switches("group"),
  remote: switches(
    "remote",
    ...["send_command", "learn_command", "delete_command"].map((name) =>
      plain(`remote.${name}`, ...["command", "device", "num_repeats", "delay_secs"].map(any)),
    ),
    plain("remote.turn_on", text("activity")),
  ),
  script: switches("script", plain("script.turn_on", any("variables"))),
  scene: () => [
    plain("scene.turn_on", number("transition", { min: 0, max: 6553 })),
    plain("scene.delete"),
  ],
  button: () => [plain("button.press")],
  input_button: () => [plain("input_button.press")],
  cover: byFeature(
    [plain("cover.open_cover"), cover.OPEN],
    [plain("cover.close_cover"), cover.CLOSE],
    [plain("cover.toggle"), cover.OPEN | cover.CLOSE],
    [plain("cover.stop_cover"), cover.STOP],
    [plain("cover.set_cover_position", position), cover.SET_POSITION],
    [plain("cover.open_cover_tilt"), cover.OPEN_TILT],
    [plain("cover.close_cover_tilt"), cover.CLOSE_TILT],
    [plain("cover.toggle_cover_tilt"), cover.OPEN_TILT | cover.CLOSE_TILT],
    [plain("cover.stop_cover_tilt"), cover.STOP_TILT],
    [plain("cover.set_cover_tilt_position", tilt), cover.SET_TILT_POSITION],
  ),
  valve: byFeature(
    [plain("valve.open_valve"), valve.OPEN],
    [plain("valve.close_valve"), valve.CLOSE],
    [plain("valve.toggle"), valve.OPEN | valve.CLOSE],
    [plain("valve.stop_valve"), valve.STOP],
    [plain("valve.set_valve_position", position), valve.SET_POSITION],
  ),
  lock: byFeature(
    [plain("lock.lock", text("code"))],
    [plain("lock.unlock", text("code"))],
    [plain("lock.open", text("code")), lock.OPEN],
  ),
  update: byFeature(
    [plain("update.install", text("version"), boolean("backup")), update.INSTALL],
    [plain("update.skip")],
    [plain("update.clear_skipped")],
  ),
  lawn_mower: byFeature(
    [plain("lawn_mower.start_mowing"), lawn_mower.START_MOWING],
    [plain("lawn_mower.pause"), lawn_mower.PAUSE],
    [plain("lawn_mower.dock"), lawn_mower.DOCK],
  ),
  camera: byFeature(
    [plain("camera.turn_on"), camera.ON_OFF],
    [plain("camera.turn_off"), camera.ON_OFF],
    [plain("camera.snapshot", required(text("filename")))],
    [plain("camera.record", required(text("filename")), any("duration"), any("lookback"))],
    [plain("camera.play_stream", required(any("media_player")), any("format"))],
    [plain("camera.enable_motion_detection")],
    [plain("camera.disable_motion_detection")],
  ),
  number: numbers("number"),
  input_number: numbers("input_number", "increment", "decrement"),
  counter: () => [
    ...["increment", "decrement", "reset"].map((name) => plain(`counter.${name}`)),
    plain("counter.set_value", required(number("value"))),
  ],
  timer: () => [
    plain("timer.start", any("duration")),
    plain("timer.change", required(any("duration"))),
    ...["pause", "cancel", "finish"].map((name) => plain(`timer.${name}`)),
  ],
  select: selects("select"),
  input_select: selects("input_select"),
  text: texts,
  input_text: texts,
  date: () => [plain("date.set_value", required(any("date")))],
  time: () => [plain("time.set_value", required(any("time")))],
  datetime: () => [plain("datetime.set_value", required(any("datetime")))],
  input_datetime: () => [
    plain("input_datetime.set_datetime", ...["date", "time", "datetime", "timestamp"].map(any)),
  ],
  sensor: () => [],
  binary_sensor: () => [],
  sun: () => [],
  event: () => [],
  person: () => [],
  device_tracker: () => [],
  zone: () => [],
};
