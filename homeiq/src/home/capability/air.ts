import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { FEATURES } from "./features.ts";
import {
  type ActionCapability,
  boolean,
  type FieldCapability,
  number,
  numberOf,
  option,
  required,
  textsOf,
} from "./fields.ts";

/** Heating, cooling, fans and humidity: ranges and modes are attributes, the rest are features. */
export function climateActions({ attributes }: HomeEntity): ActionCapability[] {
  const bits = FEATURES.climate;
  const features = numberOf(attributes, "supported_features") ?? 0;
  const range = temperatureRange(attributes);
  const modes = textsOf(attributes, "hvac_modes");
  const one = features & bits.TARGET_TEMPERATURE ? [number("temperature", range)] : [];
  const both =
    features & bits.TARGET_TEMPERATURE_RANGE
      ? [number("target_temp_high", range), number("target_temp_low", range)]
      : [];
  const actions: ActionCapability[] = [
    { action: "climate.set_hvac_mode", fields: [required(option("hvac_mode", modes))] },
  ];
  const add = (bit: number, action: string, ...fields: FieldCapability[]) => {
    if (features & bit) actions.push({ action: `climate.${action}`, fields });
  };
  add(
    bits.TARGET_TEMPERATURE | bits.TARGET_TEMPERATURE_RANGE,
    "set_temperature",
    ...one,
    ...both,
    option("hvac_mode", modes),
  );
  add(
    bits.TARGET_HUMIDITY,
    "set_humidity",
    required(
      number("humidity", {
        min: numberOf(attributes, "min_humidity"),
        max: numberOf(attributes, "max_humidity"),
        unit: "%",
      }),
    ),
  );
  const choice = (name: string, list: string) => required(option(name, textsOf(attributes, list)));
  add(bits.FAN_MODE, "set_fan_mode", choice("fan_mode", "fan_modes"));
  add(bits.PRESET_MODE, "set_preset_mode", choice("preset_mode", "preset_modes"));
  add(bits.SWING_MODE, "set_swing_mode", choice("swing_mode", "swing_modes"));
  add(
    bits.SWING_HORIZONTAL_MODE,
    "set_swing_horizontal_mode",
    choice("swing_horizontal_mode", "swing_horizontal_modes"),
  );
  // Before 2024.2 nothing said whether it can be turned on and off; an `off` mode says that it can.
  const switches = bits.TURN_ON | bits.TURN_OFF;
  const canSwitch = (features & switches) !== 0 || (modes?.includes("off") ?? false);
  if (canSwitch) {
    for (const name of ["turn_on", "turn_off", "toggle"]) {
      actions.push({ action: `climate.${name}`, fields: [] });
    }
  }
  return actions;
}

export function fanActions({ attributes }: HomeEntity): ActionCapability[] {
  const bits = FEATURES.fan;
  const features = numberOf(attributes, "supported_features") ?? 0;
  const percentage = number("percentage", { min: 0, max: 100, unit: "%" });
  const preset = option("preset_mode", textsOf(attributes, "preset_modes"));
  const actions: ActionCapability[] = [
    {
      action: "fan.turn_on",
      fields: [
        ...(features & bits.SET_SPEED ? [percentage] : []),
        ...(features & bits.PRESET_MODE ? [preset] : []),
      ],
    },
    { action: "fan.turn_off", fields: [] },
    { action: "fan.toggle", fields: [] },
  ];
  const add = (bit: number, action: string, ...fields: FieldCapability[]) => {
    if (features & bit) actions.push({ action: `fan.${action}`, fields });
  };
  const step = number("percentage_step", { min: 0, max: 100, unit: "%" });
  add(bits.SET_SPEED, "set_percentage", required(percentage));
  add(bits.SET_SPEED, "increase_speed", step);
  add(bits.SET_SPEED, "decrease_speed", step);
  add(bits.PRESET_MODE, "set_preset_mode", required(preset));
  add(bits.OSCILLATE, "oscillate", required(boolean("oscillating")));
  add(bits.DIRECTION, "set_direction", required(option("direction", ["forward", "reverse"])));
  return actions;
}

export function humidifierActions({ attributes }: HomeEntity): ActionCapability[] {
  const features = numberOf(attributes, "supported_features") ?? 0;
  const humidity = number("humidity", {
    min: numberOf(attributes, "min_humidity"),
    max: numberOf(attributes, "max_humidity"),
    unit: "%",
  });
  const mode = option("mode", textsOf(attributes, "available_modes"));
  return [
    ...["turn_on", "turn_off", "toggle"].map((name) => ({
      action: `humidifier.${name}`,
      fields: [],
    })),
    { action: "humidifier.set_humidity", fields: [required(humidity)] },
    ...(features & FEATURES.humidifier.MODES
      ? [{ action: "humidifier.set_mode", fields: [required(mode)] }]
      : []),
  ];
}

export function waterHeaterActions({ attributes }: HomeEntity): ActionCapability[] {
  const bits = FEATURES.water_heater;
  const features = numberOf(attributes, "supported_features") ?? 0;
  const modes = option("operation_mode", textsOf(attributes, "operation_list"));
  const actions: ActionCapability[] = [];
  const add = (bit: number, action: string, ...fields: FieldCapability[]) => {
    if (features & bit) actions.push({ action: `water_heater.${action}`, fields });
  };
  add(
    bits.TARGET_TEMPERATURE,
    "set_temperature",
    required(number("temperature", temperatureRange(attributes))),
    modes,
  );
  add(bits.OPERATION_MODE, "set_operation_mode", required(modes));
  add(bits.AWAY_MODE, "set_away_mode", required(boolean("away_mode")));
  add(bits.ON_OFF, "turn_on");
  add(bits.ON_OFF, "turn_off");
  return actions;
}

function temperatureRange(attributes: HomeEntity["attributes"]) {
  const step = numberOf(attributes, "target_temp_step");
  return {
    min: numberOf(attributes, "min_temp"),
    max: numberOf(attributes, "max_temp"),
    ...(step !== undefined && { step }),
    unit: "°",
  };
}
