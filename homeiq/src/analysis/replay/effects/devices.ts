import type { EffectOf } from "./effects.ts";

const change =
  (name: string, from = name): EffectOf =>
  (data, state) =>
    state && data[from] !== undefined
      ? { state: state.state, attributes: { [name]: data[from] } }
      : undefined;

const VOLUME_STEP = 0.1;

const moveVolume =
  (step: number): EffectOf =>
  (_, state) => {
    const before = state?.attributes.volume_level;
    if (!state || typeof before !== "number") return undefined;
    const level = Math.max(0, Math.min(1, Math.round((before + step) * 100) / 100));
    return { state: state.state, attributes: { volume_level: level } };
  };

/** Heating, players, vacuums. What a device does of its own afterwards (warming up, playing the next) is not modelled. */
export const CLIMATE_AND_MEDIA: readonly (readonly [string, EffectOf])[] = [
  [
    "climate.set_temperature",
    (data, state) => {
      if (!state) return undefined;
      const named = ["temperature", "target_temp_high", "target_temp_low"];
      const attributes = named.flatMap((name) => (name in data ? [[name, data[name]]] : []));
      const mode = data.hvac_mode;
      return {
        state: typeof mode === "string" ? mode : state.state,
        attributes: Object.fromEntries(attributes),
      };
    },
  ],
  [
    "climate.set_hvac_mode",
    ({ hvac_mode: mode }) => (typeof mode === "string" ? { state: mode } : undefined),
  ],
  ["climate.set_preset_mode", change("preset_mode")],
  ["climate.set_fan_mode", change("fan_mode")],
  ["climate.set_humidity", change("humidity")],
  ["climate.turn_off", () => ({ state: "off" })],
  [
    "climate.turn_on",
    (_, state) => {
      const modes = state?.attributes.hvac_modes;
      const first = Array.isArray(modes) ? modes.find((mode) => mode !== "off") : undefined;
      return state?.state === "off" && typeof first === "string" ? { state: first } : undefined;
    },
  ],
  ["water_heater.set_temperature", change("temperature")],
  [
    "water_heater.set_operation_mode",
    ({ operation_mode: mode }) => (typeof mode === "string" ? { state: mode } : undefined),
  ],
  ["media_player.turn_on", (_, state) => (state?.state === "off" ? { state: "on" } : undefined)],
  ["media_player.turn_off", () => ({ state: "off" })],
  ["media_player.toggle", (_, state) => ({ state: state?.state === "off" ? "on" : "off" })],
  ["media_player.media_play", () => ({ state: "playing" })],
  ["media_player.play_media", () => ({ state: "playing" })],
  ["media_player.media_pause", () => ({ state: "paused" })],
  ["media_player.media_stop", () => ({ state: "idle" })],
  [
    "media_player.media_play_pause",
    (_, state) => ({
      state: state?.state === "playing" ? "paused" : "playing",
    }),
  ],
  ["media_player.volume_set", change("volume_level")],
  ["media_player.volume_up", moveVolume(VOLUME_STEP)],
  ["media_player.volume_down", moveVolume(-VOLUME_STEP)],
  ["media_player.volume_mute", change("is_volume_muted")],
  ["media_player.select_source", change("source")],
  ["vacuum.start", () => ({ state: "cleaning" })],
  ["vacuum.pause", () => ({ state: "paused" })],
  ["vacuum.stop", () => ({ state: "idle" })],
  ["vacuum.return_to_base", () => ({ state: "returning" })],
  ["lawn_mower.start_mowing", () => ({ state: "mowing" })],
  ["lawn_mower.pause", () => ({ state: "paused" })],
  ["lawn_mower.dock", () => ({ state: "returning" })],
];
