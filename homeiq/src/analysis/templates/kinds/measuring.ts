import { priceUnitOf } from "#enrichment/price/price.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Kind, Want } from "../kind.ts";
import {
  DISHWASHER,
  DRYER,
  FREEZER,
  FRIDGE,
  MACHINE,
  NEXT_ALARM,
  OUTSIDE,
  SOLAR,
  WASHER,
  WHOLE_HOUSE,
} from "./words.ts";

/** Things that measure. */

const sensor = (deviceClass: string, units: RegExp, more: Partial<Want> = {}): Want => ({
  domain: "sensor",
  classes: [deviceClass],
  units,
  ...more,
});

const DEGREES = /^°[CF]$/;
const PERCENT = /^%$/;
const WATTS = /^k?W$/;
const COLD_STORE = new RegExp(`${FRIDGE.source}|${FREEZER.source}`);
const NOT_ROOM = new RegExp(`${COLD_STORE.source}|${MACHINE.source}|${OUTSIDE.source}`);

export const BRIGHTNESS: Kind = {
  label: "brightness",
  wants: [sensor("illuminance", /^lx$/)],
};
/** Where the sun can make a light needless. */
export const DAYLIGHT: Kind = {
  label: "brightness",
  wants: [
    sensor("illuminance", /^lx$/, {
      notRooms: ["hall", "storage", "cellar", "garage", "toilet", "laundry"],
    }),
  ],
};
export const ROOM_TEMPERATURE: Kind = {
  label: "temperature",
  wants: [sensor("temperature", DEGREES, { not: NOT_ROOM, notRooms: ["outdoors"] })],
};
/** How warm it is where people are. */
export const HOME_TEMPERATURE: Kind = {
  label: "temperature",
  wants: [
    sensor("temperature", DEGREES, { not: NOT_ROOM, rooms: ["living"] }),
    sensor("temperature", DEGREES, { not: NOT_ROOM, rooms: ["bedroom", "office"] }),
    ...ROOM_TEMPERATURE.wants,
  ],
};
export const OUTDOOR_TEMPERATURE: Kind = {
  label: "outdoor_temperature",
  wants: [
    sensor("temperature", DEGREES, { rooms: ["outdoors"], not: MACHINE }),
    sensor("temperature", DEGREES, { words: OUTSIDE, not: MACHINE }),
    { domain: "weather", fits: ({ attributes }) => typeof attributes.temperature === "number" },
  ],
};
export const FREEZER_TEMPERATURE: Kind = {
  label: "freezer",
  wants: [sensor("temperature", DEGREES, { words: FREEZER })],
};
export const FRIDGE_TEMPERATURE: Kind = {
  label: "fridge",
  wants: [sensor("temperature", DEGREES, { words: FRIDGE, not: FREEZER })],
};
export const HUMIDITY: Kind = {
  label: "humidity",
  wants: [sensor("humidity", PERCENT, { notRooms: ["outdoors"], not: OUTSIDE })],
};
export const WET_ROOM_HUMIDITY: Kind = {
  label: "humidity",
  wants: [sensor("humidity", PERCENT, { rooms: ["bathroom", "laundry", "toilet"] })],
};
export const CELLAR_HUMIDITY: Kind = {
  label: "humidity",
  wants: [sensor("humidity", PERCENT, { rooms: ["cellar", "bathroom", "laundry", "bedroom"] })],
};
export const CO2: Kind = { label: "co2", wants: [sensor("carbon_dioxide", /^ppm$/)] };
export const PARTICLES: Kind = {
  label: "particles",
  wants: [sensor("pm25", /^[µμ]g\/m³$/, { notRooms: ["outdoors"], not: OUTSIDE })],
};
export const OUTDOOR_AIR: Kind = {
  label: "outdoor_air",
  wants: [
    { domain: "sensor", classes: ["aqi"], fits: ({ state }) => !Number.isNaN(Number(state)) },
  ],
};
export const SOIL: Kind = { label: "plant", wants: [sensor("moisture", PERCENT)] };
export const WIND: Kind = {
  label: "wind",
  wants: [sensor("wind_speed", /^(km\/h|m\/s|mph|kn)$/, { not: /gust|boe|avg|max/ })],
};
export const BATTERY: Kind = {
  label: "battery",
  wants: [
    sensor("battery", PERCENT, {
      diagnostic: true,
      // What is charged anyway.
      not: /phone|tablet|ipad|watch|laptop|macbook|\b(car|auto|ev)\b|powerwall|speicher|storage|solar|inverter|vacuum|robo|mower/,
      fits: ({ platform }) => platform !== "mobile_app",
    }),
  ],
};

/** A machine that says itself when it is done needs no guess by its power. */
const saysProgram = (siblings: readonly HomeEntity[]) => siblings.some(hasProgram);

const DONE = /^(finished?|completed?|done|end(ed)?|program_?(ended|finished)|ready_to_unload)$/;

export const doneStates = ({ attributes }: HomeEntity): string[] =>
  Array.isArray(attributes.options)
    ? attributes.options.filter((option) => typeof option === "string" && DONE.test(option))
    : [];

const hasProgram = (entity: HomeEntity): boolean =>
  entity.domain === "sensor" &&
  entity.attributes.device_class === "enum" &&
  doneStates(entity).length > 0;

const powerOf = (label: string, words: RegExp, not?: RegExp): Kind => ({
  label,
  wants: [
    sensor("power", WATTS, {
      words,
      ...(not && { not }),
      fits: (_, siblings) => !saysProgram(siblings),
    }),
  ],
});

export const WASHER_POWER = powerOf("washer_power", WASHER, DISHWASHER);
export const DRYER_POWER = powerOf("dryer_power", DRYER);
export const DISHWASHER_POWER = powerOf("dishwasher_power", DISHWASHER);
export const PROGRAM: Kind = {
  label: "program",
  wants: [{ domain: "sensor", classes: ["enum"], fits: hasProgram }],
};
export const SOLAR_POWER: Kind = {
  label: "solar",
  wants: [sensor("power", WATTS, { words: SOLAR })],
};
export const HOUSE_POWER: Kind = {
  label: "house_power",
  wants: [sensor("power", WATTS, { words: WHOLE_HOUSE, not: SOLAR })],
};
const hasUnit = ({ attributes }: HomeEntity, test: (unit: string) => boolean): boolean =>
  typeof attributes.unit_of_measurement === "string" && test(attributes.unit_of_measurement);
export const PRICE: Kind = {
  label: "price",
  wants: [
    {
      domain: "sensor",
      not: /\b(average|avg|mean|min|max|lowest|highest|peak|next|tomorrow|gas)\b/,
      fits: (entity) => hasUnit(entity, (unit) => priceUnitOf(unit) !== undefined),
    },
  ],
};
export const CARBON: Kind = {
  label: "carbon",
  wants: [
    { domain: "sensor", fits: (one) => hasUnit(one, (unit) => /^g(CO.?2\w*)?\/kWh$/.test(unit)) },
  ],
};
/** The companion app's sensor of a phone: https://companion.home-assistant.io/docs/core/sensors#next-alarm-sensor */
export const PHONE_ALARM: Kind = {
  label: "phone_alarm",
  wants: [{ domain: "sensor", classes: ["timestamp"], words: NEXT_ALARM }],
};
