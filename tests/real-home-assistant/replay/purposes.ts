import { one, type Raw, type Scenario } from "./scenario.ts";

const motion = (options: Raw, name: string): Scenario => ({
  name: `motion, ${name}`,
  automations: one({
    trigger: "motion.detected",
    target: { entity_id: ["binary_sensor.§m1", "binary_sensor.§m2"] },
    options,
  }),
  initial: { "binary_sensor.§m1": ["off", MOTION], "binary_sensor.§m2": ["off", MOTION] },
  steps: [
    [1, "binary_sensor.§m1", "on", MOTION],
    [2, "binary_sensor.§m2", "on", MOTION],
    [3, "binary_sensor.§m1", "unavailable", MOTION],
    [4, "binary_sensor.§m1", "on", MOTION],
    [5.5, "binary_sensor.§m2", "off", MOTION],
    [7, "binary_sensor.§m2", "on", MOTION],
  ],
});

const MOTION = { device_class: "motion" };
const WARM = { device_class: "temperature", unit_of_measurement: "°C" };
const limit = (number: number) => ({
  ...{ active_choice: "number", number, unit_of_measurement: "°C" },
});

const temperature = (name: string, trigger: string, threshold: Raw): Scenario => ({
  name: `temperature, ${name}`,
  automations: one({
    trigger: `temperature.${trigger}`,
    target: { entity_id: "sensor.§t" },
    options: { threshold },
  }),
  initial: { "sensor.§t": ["20", WARM] },
  steps: [
    [1, "sensor.§t", "26", WARM],
    [2, "sensor.§t", "27", WARM],
    [3, "sensor.§t", "unavailable", WARM],
    [4, "sensor.§t", "28", WARM],
    [5, "sensor.§t", "22", WARM],
    [6, "sensor.§t", "25.5", WARM],
  ],
});

/** Purpose-specific triggers. */
export const PURPOSES: readonly Scenario[] = [
  motion({ behavior: "each" }, "each"),
  motion({ behavior: "first" }, "the first"),
  motion({ behavior: "all" }, "all"),
  motion({ behavior: "each", for: { milliseconds: 1500 } }, "held"),
  motion({ behavior: "all", for: { milliseconds: 1500 } }, "all held"),
  temperature("above", "crossed_threshold", { type: "above", value: limit(25) }),
  temperature("below", "crossed_threshold", { type: "below", value: limit(25) }),
  temperature("between", "crossed_threshold", {
    ...{ type: "between", value_min: limit(25), value_max: limit(27.5) },
  }),
  temperature("changed", "changed", { type: "any" }),
  {
    name: "a switch that is turned on",
    automations: one({ trigger: "switch.turned_on", target: { entity_id: "input_boolean.§s" } }),
    initial: { "input_boolean.§s": "off" },
    steps: [
      [1, "input_boolean.§s", "on"],
      [2, "input_boolean.§s", "off"],
      [3, "input_boolean.§s", "on"],
    ],
  },
];
