import { toSnapshot } from "#src/home/snapshot/snapshot.ts";

const measures = (deviceClass: string, unit: string) => ({
  device_class: deviceClass,
  unit_of_measurement: unit,
});
const THINGS: Readonly<Record<string, readonly [state: string, attributes?: object]>> = {
  "binary_sensor.motion": ["off", { device_class: "motion" }],
  "binary_sensor.window": ["off", { device_class: "window" }],
  "calendar.vacation": ["off"],
  "climate.hall": [
    "heat",
    { hvac_modes: ["off", "heat"], supported_features: 385, min_temp: 5, max_temp: 28 },
  ],
  "cover.blind": ["open", { device_class: "blind", supported_features: 15 }],
  "fan.hall": ["off", { supported_features: 48 }],
  "light.hall": ["off", { supported_color_modes: ["onoff"] }],
  "light.desk": ["off", { supported_color_modes: ["onoff"] }],
  "lock.front": ["unlocked"],
  "person.ann": ["home"],
  "sensor.humidity": ["50", measures("humidity", "%")],
  "sensor.inside": ["22", measures("temperature", "°C")],
  "sensor.outside": ["18", measures("temperature", "°C")],
  "sensor.team": ["PRE"],
  "sensor.boiler_power": ["0", measures("power", "W")],
  "switch.boiler": ["off"],
  "weather.home": ["sunny", { temperature: 18, supported_features: 3 }],
  "zone.home": ["1"],
};
const SERVICES = {
  ...Object.fromEntries(
    ["light", "fan", "switch"].map((domain) => [domain, { turn_on: {}, turn_off: {} }]),
  ),
  climate: { set_hvac_mode: { fields: { hvac_mode: {} } }, turn_off: {} },
  cover: { open_cover: {}, close_cover: {} },
  lock: { lock: {} },
  weather: {
    get_forecasts: {
      fields: { type: { required: true } },
      ...{ target: { entity: [{ domain: ["weather"] }] }, response: { optional: false } },
    },
  },
  persistent_notification: { create: { fields: { message: {} } } },
};
/** Everything that `FACTS` speaks of, but one thing. */
export const homeWithout = (gone?: string) =>
  toSnapshot({
    entities: Object.entries(THINGS)
      .filter(([entityId]) => entityId !== gone)
      .map(([entityId, [state, attributes = {}]]) => ({
        ...{ entityId, state, attributes: attributes as Readonly<Record<string, unknown>> },
      })),
    services: SERVICES,
  });
