import type { Kind, Want } from "../kind.ts";
import type { Room } from "../rooms.ts";
import { DRYING, FAN, MAINS_WATER, PURIFIER, WATERING } from "./words.ts";

/** Things that do something, beside plugs. */

const can = (...actions: readonly string[]) => ({ can: actions.map((action) => ({ action })) });

const lights = (label: string, more: Partial<Want> = {}): Kind => ({
  label,
  wants: [{ domain: "light", ...more }],
});
const DIMS = [{ action: "light.turn_on", fields: ["brightness_pct"] }];

export const LIGHT = lights("light");
export const OUTDOOR_LIGHT = lights("outdoor_light", { rooms: ["outdoors"] });
export const HALL_LIGHT = lights("light", { rooms: ["hall"] });
export const LIVING_LIGHT = lights("light", { rooms: ["living", "kitchen", "hall"] });
export const DIM_LIGHT = lights("dim_light", { can: DIMS });
export const BEDROOM_LIGHT = lights("dim_light", {
  rooms: ["bedroom"],
  can: [{ action: "light.turn_on", fields: ["brightness_step_pct"] }],
});
export const WARM_LIGHT = lights("warm_light", {
  rooms: ["living", "kitchen", "office"],
  can: [{ action: "light.turn_on", fields: ["color_temp_kelvin"] }],
});
/** Small rooms in which a light is easily forgotten. */
const SMALL: readonly Room[] = ["storage", "cellar", "garage", "toilet", "laundry"];
export const SMALL_ROOM_LIGHT = lights("light", { rooms: SMALL });

/** Heats or cools, and can be switched off and back. */
export const SWITCHED_HEATER: Kind = {
  label: "heater",
  wants: [
    {
      domain: "climate",
      can: [{ action: "climate.set_hvac_mode", data: { hvac_mode: "off" } }],
    },
  ],
};
export const HEATER: Kind = {
  label: "heater",
  wants: [
    {
      domain: "climate",
      can: [{ action: "climate.set_temperature", fields: ["temperature"] }],
      fits: ({ attributes }) =>
        !Array.isArray(attributes.hvac_modes) ||
        attributes.hvac_modes.some((mode) => ["heat", "auto", "heat_cool"].includes(String(mode))),
    },
  ],
};
export const BATHROOM_HEATER: Kind = {
  label: "heater",
  wants: HEATER.wants.map((want) => ({ ...want, rooms: ["bathroom"] as const })),
};
export const WATER_HEATER: Kind = {
  label: "water_heater",
  wants: [{ domain: "water_heater", can: [{ action: "water_heater.set_away_mode" }] }],
};

export const VENTILATOR: Kind = {
  label: "fan",
  wants: [
    { domain: "fan", not: PURIFIER },
    { domain: "switch", words: FAN, not: PURIFIER },
  ],
};
export const AIR_CLEANER: Kind = {
  label: "purifier",
  wants: [
    { domain: "fan", words: PURIFIER },
    { domain: "switch", words: PURIFIER },
  ],
};
export const HUMIDIFIER: Kind = {
  label: "humidifier",
  wants: [{ domain: "humidifier", classes: ["humidifier", ""], not: DRYING }],
};
export const DEHUMIDIFIER: Kind = {
  label: "dehumidifier",
  wants: [
    { domain: "humidifier", classes: ["dehumidifier"] },
    { domain: "switch", words: DRYING },
  ],
};

const ON_WINDOWS = ["blind", "shutter", "curtain", "shade", ""];
const UP_AND_DOWN = can("cover.open_cover", "cover.close_cover");
/** Doors and gates say what they are by their names where they have no class. */
const NO_WINDOW = /garage|gate|door|tor\b|tur\b|pergola|awning|markise|zonnescherm/;
export const BLIND: Kind = {
  label: "blind",
  wants: [{ domain: "cover", classes: ON_WINDOWS, not: NO_WINDOW, ...UP_AND_DOWN }],
};
export const POSITIONED_BLIND: Kind = {
  label: "blind",
  wants: [
    {
      domain: "cover",
      classes: ON_WINDOWS,
      not: NO_WINDOW,
      can: [{ action: "cover.set_cover_position", fields: ["position"] }],
    },
  ],
};
export const AWNING: Kind = {
  label: "awning",
  wants: [
    { domain: "cover", classes: ["awning"], ...can("cover.close_cover") },
    { domain: "cover", words: /awning|markise|zonnescherm/, ...can("cover.close_cover") },
  ],
};
/** Blinds that hang outside, where a storm gets at them. */
export const OUTER_BLIND: Kind = {
  label: "blind",
  wants: [{ domain: "cover", classes: ["blind"], not: NO_WINDOW, ...can("cover.open_cover") }],
};
export const GARAGE_COVER: Kind = {
  label: "garage",
  wants: [{ domain: "cover", classes: ["garage"], ...can("cover.close_cover") }],
};

export const LOCK: Kind = { label: "lock", wants: [{ domain: "lock" }] };
export const ALARM_AWAY: Kind = {
  label: "alarm",
  wants: [{ domain: "alarm_control_panel", ...can("alarm_control_panel.alarm_arm_away") }],
};
export const ALARM_NIGHT: Kind = {
  label: "alarm",
  wants: [{ domain: "alarm_control_panel", ...can("alarm_control_panel.alarm_arm_night") }],
};

export const TV: Kind = { label: "tv", wants: [{ domain: "media_player", classes: ["tv"] }] };
export const TV_THAT_SWITCHES: Kind = {
  label: "tv",
  wants: [{ domain: "media_player", classes: ["tv"], ...can("media_player.turn_off") }],
};
export const PLAYER: Kind = {
  label: "player",
  wants: [{ domain: "media_player", ...can("media_player.turn_off") }],
};
export const PAUSABLE: Kind = {
  label: "player",
  wants: [{ domain: "media_player", ...can("media_player.media_pause") }],
};
export const LOUD: Kind = {
  label: "speaker",
  wants: [
    {
      domain: "media_player",
      can: [{ action: "media_player.volume_set", fields: ["volume_level"] }],
      not: /\btv\b|television|receiver/,
    },
  ],
};

export const VACUUM: Kind = {
  label: "vacuum",
  wants: [{ domain: "vacuum", ...can("vacuum.start") }],
};
export const MOWER: Kind = {
  label: "mower",
  wants: [{ domain: "lawn_mower", ...can("lawn_mower.dock") }],
};
export const UPDATE: Kind = {
  label: "update",
  wants: [{ domain: "update", diagnostic: true }],
};
export const MAIN_VALVE: Kind = {
  label: "water_valve",
  wants: [
    { domain: "valve", words: MAINS_WATER, not: WATERING, ...can("valve.close_valve") },
    {
      domain: "switch",
      words: /main water|water valve|wasserventil|hauptventil|shut ?off valve|absperr/,
    },
  ],
};
export const SPRINKLER: Kind = {
  label: "sprinkler",
  wants: [
    { domain: "valve", words: WATERING, ...can("valve.open_valve", "valve.close_valve") },
    { domain: "switch", words: WATERING },
  ],
};
