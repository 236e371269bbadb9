import type { SynergyFacts } from "#src/analysis/synergies/synergies.ts";
import { HOUR } from "./made-home.ts";

const LIGHT = { entityId: "light.hall", to: "on" };
const trigger = { entityId: "binary_sensor.motion", to: "on", isTrace: true };
const hours = { start: 14 * 60, end: 22 * 60 }; // 18:00 to 02:00
const habit = { patternId: "p", lift: 5, hours };
const weather = { type: "weather", watched: [] } as const;
const counts = { n: 1, of: 9 };
const shift = {
  ...{ runs: 9, kwhPerRun: 1, withinHours: 12, usualStart: 19 * HOUR, bestStart: 2 * HOUR },
  ...{ spent: 3, possible: 1, powerId: "sensor.boiler_power" },
};
const when = { above: 26, unit: "°C" };

/** One of each type, and of each kind within it. */
export const FACTS: Readonly<Record<string, SynergyFacts>> = {
  pair: {
    type: "device_pair",
    ...habit,
    trigger,
    action: LIGHT,
    withinMinutes: 5,
    delaySeconds: 90,
  },
  chain: {
    ...{ type: "device_chain", ...habit },
    steps: [
      { ...trigger, delaySeconds: 0 },
      { ...LIGHT, isTrace: false, delaySeconds: 40 },
      { entityId: "fan.hall", to: "on", isTrace: false, delaySeconds: 5 },
    ],
  },
  scene: {
    ...{ type: "scene", ...habit, areaId: "hall", withinMinutes: 10 },
    members: [
      { ...LIGHT, share: 1 },
      { entityId: "light.desk", to: "on", share: 0.8 },
    ],
  },
  "weather habit": {
    ...{ ...weather, what: "habit", weatherId: "weather.home", action: LIGHT },
    when: { below: 10, unit: "°C" },
  },
  "open in rain": {
    ...{ ...weather, what: "open_in_rain", weatherId: "weather.home" },
    watched: ["binary_sensor.window"],
  },
  "before rain": {
    ...{ ...weather, what: "open_in_rain", weatherId: "weather.home", forecastId: "weather.home" },
    watched: ["binary_sensor.window"],
  },
  shade: {
    ...{ ...weather, what: "shade", when, watched: ["sensor.inside"] },
    action: { entityId: "cover.blind", to: "closed" },
  },
  "air out": {
    ...{ ...weather, what: "air_out", when, weatherId: "sensor.outside" },
    watched: ["sensor.inside", "binary_sensor.window"],
  },
  "heating out": {
    ...{ ...weather, what: "heating_out", watched: ["binary_sensor.window"] },
    action: { entityId: "climate.hall", to: "off" },
  },
  "energy by switch": {
    ...{ type: "energy", by: "price", ...shift },
    action: { entityId: "switch.boiler", to: "on" },
  },
  "energy by hand": { type: "energy", by: "solar", ...shift },
  game: {
    ...{ type: "event", what: "game_habit", teamId: "sensor.team", team: "Reds", games: 5 },
    action: LIGHT,
  },
  calendar: {
    ...{ type: "calendar", calendarId: "calendar.vacation", patternId: "p", action: LIGHT },
    ...{ minute: 180, holds: "off", onDays: counts, otherDays: counts, chance: 0 },
  },
  comfort: {
    ...{ type: "comfort", quantity: "humidity", beyond: "above", limit: 60, unit: "%" },
    ...{ sensorId: "sensor.humidity", action: { entityId: "fan.hall", to: "on" } },
    ...{ hours: 9, hoursOut: 5, hoursNotHelped: 4, worst: 80 },
  },
  "lock at night": {
    ...{ type: "security", entityId: "lock.front", state: "unlocked", while: "night", minutes: 9 },
    ...{ night: { fromHour: 0, toHour: 5 }, action: { entityId: "lock.front", to: "locked" } },
  },
  "window when away": {
    ...{ type: "security", entityId: "binary_sensor.window", state: "on", while: "away" },
    minutes: 30,
  },
  "left on": {
    ...{ type: "presence", what: "left_on", minutes: 9 },
    action: { entityId: "light.hall", to: "off" },
  },
  "coming home": {
    ...{ type: "presence", what: "habit", event: "arriving", personId: "person.ann" },
    action: LIGHT,
  },
  "the last one leaves": { type: "presence", what: "habit", event: "all_away", action: LIGHT },
};
