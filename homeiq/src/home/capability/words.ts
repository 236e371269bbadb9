const ABILITIES: Readonly<Record<string, string>> = {
  brightness: "be dimmed",
  brightness_pct: "be dimmed",
  brightness_step: "be dimmed",
  brightness_step_pct: "be dimmed",
  color_temp: "change between warm and cold white",
  kelvin: "change between warm and cold white",
  color_temp_kelvin: "change between warm and cold white",
  color_name: "show colors",
  hs_color: "show colors",
  xy_color: "show colors",
  rgb_color: "show colors",
  rgbw_color: "show colors",
  rgbww_color: "show colors",
  white: "show its own white",
  effect: "play effects",
  flash: "flash",
  transition: "fade slowly",
  percentage: "change its speed in steps",
  preset_mode: "be set to a preset",
  temperature: "be given one target temperature",
  target_temp_high: "be given a temperature range",
  target_temp_low: "be given a temperature range",
  tone: "choose its tone",
  volume_level: "change its volume",
  duration: "stop by itself after a time",
};

const ACTIONS: Readonly<Record<string, string>> = {
  set_cover_position: "be opened half-way: it knows only open and closed",
  stop_cover: "be stopped on its way",
  open_cover_tilt: "tilt its slats",
  close_cover_tilt: "tilt its slats",
  set_cover_tilt_position: "tilt its slats",
  set_valve_position: "be opened half-way",
  oscillate: "swing from side to side",
  set_direction: "turn the other way",
  set_percentage: "change its speed in steps",
  open: "open the door: it only locks and unlocks",
  alarm_arm_night: "be armed for the night",
  alarm_arm_home: "be armed while somebody is home",
  alarm_arm_vacation: "be armed for a vacation",
  return_to_base: "drive home by itself",
  set_temperature: "be given a temperature",
  volume_set: "be set to a volume",
};

/** What the field asks of an entity, after "cannot". */
export const abilityOf = (field: string): string =>
  ABILITIES[field] ?? `use \`${field}\` with this action`;

/** What the action asks of an entity, after "cannot". */
export function doing(action: string): string {
  const name = action.split(".")[1] ?? action;
  return ACTIONS[name] ?? `do \`${action}\``;
}
