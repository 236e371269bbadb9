import type { Raw, Scenario } from "./scenario.ts";
import { degrees, percent, told } from "./told.ts";

const measured = (
  key: string,
  entity: string,
  {
    unit,
    device_class,
    values,
    options,
  }: Readonly<Record<string, unknown>> & { values: readonly string[] },
) =>
  told(key, entity, {
    first: [values[0] ?? "", { device_class, unit_of_measurement: unit }],
    steps: values.slice(1).map((value) => [value] as const),
    options: options as Raw,
  });

/** Purpose-specific triggers on what is measured, in several units. */
export const PURPOSE_NUMBERS: readonly Scenario[] = [
  measured("temperature.crossed_threshold", "sensor", {
    ...{
      unit: "°F",
      device_class: "temperature",
      values: ["68", "76", "78", "unknown", "80", "60"],
    },
    options: degrees("above", 25, "°C"),
  }),
  measured("temperature.changed", "sensor", {
    ...{ unit: "°C", device_class: "temperature", values: ["20", "20.0", "21", "cold", "22"] },
    options: { threshold: { type: "any" } },
  }),
  measured("power.crossed_threshold", "sensor", {
    ...{ unit: "kW", device_class: "power", values: ["0.1", "0.6", "0.7", "0.2", "0.8"] },
    options: degrees("above", 500, "W"),
  }),
  measured("humidity.crossed_threshold", "sensor", {
    ...{ unit: "g/m³", device_class: "humidity", values: ["10", "80", "10", "90"] },
    options: percent("above", 50),
  }),
  measured("air_quality.co_crossed_threshold", "sensor", {
    ...{ unit: "ppm", device_class: "carbon_monoxide", values: ["1", "9", "10"] },
    options: degrees("above", 10_000, "μg/m³"),
  }),
  measured("air_quality.radon_crossed_threshold", "sensor", {
    ...{ unit: "Bq/m³", device_class: "radon", values: ["100", "400", "100"] },
    options: degrees("above", 300, "Bq/m³"),
  }),
  told("light.brightness_crossed_threshold", "light", {
    first: ["off", { brightness: null }],
    steps: [
      ["on", { brightness: 200 }],
      ["on", { brightness: 100 }],
      ["on", { brightness: 140 }],
    ],
    options: percent("above", 50),
  }),
  told("light.brightness_changed", "light", {
    first: ["off", { brightness: null }],
    steps: [
      ["on", { brightness: 200 }],
      ["on", { brightness: 200, x: 1 }],
      ["on", { brightness: 100 }],
      ["off", { brightness: null }],
    ],
    options: { threshold: { type: "any" } },
  }),
  told("climate.target_temperature_crossed_threshold", "climate", {
    first: ["heat", { temperature: 20 }],
    steps: [
      ["heat", { temperature: 22 }],
      ["heat", { temperature: null }],
      ["heat", { temperature: 23 }],
    ],
    options: degrees("above", 70, "°F"),
  }),
];
