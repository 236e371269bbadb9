import { type Rule, TRIGGER_RULES } from "./table.ts";

/** What a condition is called, by what its trigger is: `is_on` for `turned_on`. */
const CONDITION_NAMES: readonly (readonly [RegExp, string])[] = [
  [/\.turned_(on|off)$/, ".is_$1"],
  [/\.(opened|closed)$/, ".is_$1"],
  [/\.(\w+)_(opened|closed)$/, ".$1_is_$2"],
  [/\.(\w+)_(detected|cleared)$/, ".is_$1_$2"],
];

const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  "battery.is_low": ["battery.became_low"],
  "battery.is_not_low": ["battery.no_longer_low"],
  "battery.is_charging": ["battery.started_charging"],
  "battery.is_not_charging": ["battery.stopped_charging"],
  "climate.is_cooling": ["climate.started_cooling"],
  "climate.is_drying": ["climate.started_drying"],
  "climate.is_heating": ["climate.started_heating"],
  "media_player.is_playing": ["media_player.started_playing"],
  "media_player.is_paused": ["media_player.paused_playing"],
  "update.is_available": ["update.became_available"],
  "vacuum.is_cleaning": ["vacuum.started_cleaning"],
  "vacuum.is_docked": ["vacuum.returned_to_dock"],
  "vacuum.is_paused": ["vacuum.paused_cleaning"],
  "vacuum.is_returning": ["vacuum.started_returning"],
  "vacuum.is_encountering_an_error": ["vacuum.errored"],
  "lawn_mower.is_docked": ["lawn_mower.returned_to_dock"],
  "lawn_mower.is_mowing": ["lawn_mower.started_mowing"],
  "timer.is_active": ["timer.started"],
  "timer.is_paused": ["timer.paused"],
  "lock.is_open": ["lock.opened"],
  "light.is_brightness": ["light.brightness_crossed_threshold"],
  "media_player.is_volume": ["media_player.volume_crossed_threshold"],
  "battery.is_level": ["battery.level_crossed_threshold"],
  "climate.is_target_temperature": ["climate.target_temperature_crossed_threshold"],
  "climate.is_target_humidity": ["climate.target_humidity_crossed_threshold"],
  "climate.is_hvac_mode": ["climate.hvac_mode_changed"],
};

/** The same as conditions: whether it is so now. */
export const CONDITION_RULES: ReadonlyMap<string, Rule> = new Map(
  [...TRIGGER_RULES].flatMap(([key, rule]) => conditionKeys(key).map((name) => [name, rule])),
);

function conditionKeys(key: string): string[] {
  const own = Object.entries(CONDITIONS).flatMap(([name, [trigger]]) =>
    trigger === key ? [name] : [],
  );
  const [domain, name = ""] = key.split(".");
  if (name === "crossed_threshold") own.push(`${domain}.is_value`);
  if (name === "detected") own.push(`${domain}.is_detected`);
  if (name === "cleared") own.push(`${domain}.is_not_detected`, `${domain}.is_cleared`);
  if (domain === "air_quality" && name.endsWith("_crossed_threshold")) {
    own.push(`air_quality.is_${name.replace("_crossed_threshold", "")}_value`);
  }
  if (domain === "lock" || domain === "alarm_control_panel" || domain === "assist_satellite") {
    own.push(`${domain}.is_${name}`);
  }
  const [pattern, as] = CONDITION_NAMES.find(([one]) => one.test(key)) ?? [];
  if (pattern && as) own.push(key.replace(pattern, as).replace("is_opened", "is_open"));
  return own;
}
