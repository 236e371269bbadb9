import type { Kind, Want } from "../kind.ts";
import {
  CAMERA,
  DOORBELL,
  FREEZER,
  FRIDGE,
  GARAGE,
  MAILBOX,
  OVEN,
  RAIN,
  TERRACE,
  VACATION,
  WASTE,
} from "./words.ts";

/** Things that say whether something is so: motion, doors, leaks, people, the sky. */

const binary = (classes: readonly string[], more: Partial<Want> = {}): Want => ({
  domain: "binary_sensor",
  classes,
  ...more,
});

const MOVES = ["motion", "occupancy", "presence"];
/** Doors of machines are no doors. */
const MACHINES =
  /fridge|freezer|refrigerator|kuhlschrank|gefrier|koelkast|vriezer|frigo|wash(er|ing)|waschmaschine|wasmachine|dryer|trockner|\b(oven|ofen|backofen|microwave)\b|dish ?wash|spulmaschine|machine|mail ?box|brief|letter ?box|gate opener|\b(car|auto)\b/;

export const MOTION: Kind = { label: "motion", wants: [binary(MOVES, { not: CAMERA })] };
export const MOTION_IN_BEDROOM: Kind = {
  label: "motion",
  wants: [binary(MOVES, { not: CAMERA, rooms: ["bedroom"] })],
};
/** Where a light that comes by itself wakes nobody and spoils no film. */
export const MOTION_OF_PASSERS: Kind = {
  label: "motion",
  wants: [binary(MOVES, { not: CAMERA, notRooms: ["bedroom", "living"] })],
};
/** Where daylight comes in, as long as nothing measures it. */
export const MOTION_OUTDOORS: Kind = {
  label: "motion",
  wants: [binary(MOVES, { not: CAMERA, rooms: ["outdoors"] })],
};
/** Where nobody lies still with the light on. */
export const MOTION_OF_THE_AWAKE: Kind = {
  label: "motion",
  wants: [binary(MOVES, { not: CAMERA, notRooms: ["bedroom", "outdoors"] })],
};
export const MOTION_INDOORS: Kind = {
  label: "motion",
  wants: [binary(MOVES, { not: CAMERA, notRooms: ["outdoors"] })],
};

export const WINDOW: Kind = { label: "window", wants: [binary(["window"])] };
/** What lets cold air in for long: windows, and doors to the terrace. */
export const OPENING: Kind = {
  label: "window",
  wants: [binary(["window", "opening"], { not: MACHINES }), binary(["door"], { words: TERRACE })],
};
export const DOOR: Kind = {
  label: "door",
  wants: [binary(["door"], { not: MACHINES, notRooms: ["garage"] })],
};
/** A room behind a door, too small to have more. */
export const STORE_DOOR: Kind = {
  label: "door",
  wants: [binary(["door", "opening"], { not: MACHINES, rooms: ["storage", "cellar"] })],
};
export const HALL_DOOR: Kind = {
  label: "door",
  wants: [binary(["door"], { not: MACHINES, rooms: ["hall"] })],
};
export const WAY_IN: Kind = {
  label: "door_or_window",
  wants: [binary(["door", "window", "opening", "garage_door"], { not: MACHINES })],
};
export const GARAGE_DOOR: Kind = {
  label: "garage",
  wants: [
    { domain: "cover", classes: ["garage", "gate"] },
    { domain: "cover", words: GARAGE },
    binary(["garage_door"]),
    binary(["door", "opening"], { rooms: ["garage"], not: MACHINES }),
  ],
};

export const LEAK: Kind = {
  label: "leak",
  wants: [binary(["moisture"], { not: /plant|pflanze|soil|rain|regen|pluie|lluvia/ })],
};
export const SMOKE: Kind = { label: "smoke", wants: [binary(["smoke"])] };
export const GAS: Kind = { label: "gas", wants: [binary(["gas", "carbon_monoxide"])] };
export const WATCHMAN: Kind = {
  label: "watchman",
  wants: [binary(["smoke", "gas", "carbon_monoxide", "moisture"])],
};
export const FRIDGE_DOOR: Kind = {
  label: "fridge_door",
  wants: [binary(["door", "opening"], { words: new RegExp(`${FRIDGE.source}|${FREEZER.source}`) })],
};
export const OVEN_HEAT: Kind = {
  label: "oven",
  wants: [binary(["heat", "running", "power"], { words: OVEN }), { domain: "switch", words: OVEN }],
};
export const MACHINE_DOOR: Kind = { label: "machine_door", wants: [binary(["door", "opening"])] };
export const MAIL: Kind = {
  label: "mailbox",
  wants: [{ domain: "binary_sensor", words: MAILBOX }],
};
export const BELL: Kind = {
  label: "doorbell",
  wants: [
    { domain: "event", classes: ["doorbell"] },
    { domain: "event", words: DOORBELL },
    {
      domain: "binary_sensor",
      words: DOORBELL,
      not: /person|motion|visitor|animal|battery|online/,
    },
  ],
};
export const RAINS: Kind = {
  label: "rain",
  wants: [
    { domain: "binary_sensor", words: RAIN },
    { domain: "sensor", classes: ["precipitation_intensity"] },
    { domain: "weather" },
  ],
};
export const WEATHER: Kind = { label: "weather", wants: [{ domain: "weather" }] };
export const LOW_BATTERY: Kind = {
  label: "battery",
  wants: [binary(["battery"], { diagnostic: true })],
};

export const PERSON: Kind = {
  label: "person",
  wants: [
    {
      domain: "person",
      // Without a tracker nobody knows where that person is.
      fits: ({ attributes, state }) =>
        !Array.isArray(attributes.device_trackers) ||
        attributes.device_trackers.length > 0 ||
        state !== "unknown",
    },
  ],
};
export const VACATION_MODE: Kind = {
  label: "vacation",
  wants: [
    { domain: "input_boolean", words: VACATION },
    { domain: "schedule", words: VACATION },
  ],
};
export const WASTE_CALENDAR: Kind = {
  label: "waste_calendar",
  wants: [{ domain: "calendar", words: WASTE }],
};
/** The sensors of Team Tracker: https://github.com/vasqued2/ha-teamtracker */
export const TEAM: Kind = {
  label: "team",
  wants: [
    {
      domain: "sensor",
      fits: ({ attributes }) => "team_abbr" in attributes || "team_name" in attributes,
    },
  ],
};
export const BUTTON: Kind = {
  label: "button",
  wants: [
    {
      domain: "event",
      classes: ["button"],
      fits: ({ attributes }) => Array.isArray(attributes.event_types),
    },
  ],
};
