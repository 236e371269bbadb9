import type { WorldState } from "../past/past.ts";
import type { EffectOf } from "./effects.ts";

const pressed: EffectOf = (_data, _state, now) => ({
  state: new Date(now).toISOString().replace("Z", "+00:00"),
});

const numberOf = (state: WorldState | undefined, name: string, otherwise: number): number => {
  const value = state?.attributes[name];
  return typeof value === "number" ? value : otherwise;
};

/** As Python writes a float: Home Assistant keeps `input_number` as one. */
export const asFloat = (value: number): string =>
  Number.isInteger(value) ? `${value}.0` : String(value);

const step =
  (direction: 1 | -1): EffectOf =>
  (_, state) => {
    if (!state) return undefined;
    const next = Number(state.state) + direction * numberOf(state, "step", 1);
    const low = numberOf(state, "min", Number.NEGATIVE_INFINITY);
    const high = numberOf(state, "max", Number.POSITIVE_INFINITY);
    return next < low || next > high ? undefined : { state: asFloat(next) };
  };

const count =
  (direction: 1 | -1): EffectOf =>
  (_, state) => {
    if (!state) return undefined;
    const next = Number(state.state) + direction * numberOf(state, "step", 1);
    const low = numberOf(state, "minimum", Number.NEGATIVE_INFINITY);
    const high = numberOf(state, "maximum", Number.POSITIVE_INFINITY);
    return { state: String(Math.max(low, Math.min(high, next))) };
  };

const choose: EffectOf = ({ option }, state) => {
  const options = state?.attributes.options;
  if (typeof option !== "string" || (Array.isArray(options) && !options.includes(option))) {
    return undefined;
  }
  return { state: option };
};

const move =
  (by: 1 | -1): EffectOf =>
  ({ cycle = true }, state) => {
    const options = state?.attributes.options;
    if (!state || !Array.isArray(options) || options.length === 0) return undefined;
    const next = options.indexOf(state.state) + by;
    const isOver = next < 0 || next >= options.length;
    if (isOver && cycle === false) return undefined;
    return { state: String(options[(next + options.length) % options.length]) };
  };

const end =
  (which: 0 | -1): EffectOf =>
  (_, state) => {
    const options = state?.attributes.options;
    return Array.isArray(options) ? { state: String(options.at(which)) } : undefined;
  };

/** Helpers: numbers, choices, texts, times, counters, buttons. */
export const INPUTS: readonly (readonly [string, EffectOf])[] = [
  [
    "input_number.set_value",
    ({ value }, state) => {
      const wanted = Number(value);
      const low = numberOf(state, "min", Number.NEGATIVE_INFINITY);
      const high = numberOf(state, "max", Number.POSITIVE_INFINITY);
      const fits = Number.isFinite(wanted) && wanted >= low && wanted <= high;
      return fits ? { state: asFloat(wanted) } : undefined;
    },
  ],
  ["input_number.increment", step(1)],
  ["input_number.decrement", step(-1)],
  ["number.set_value", ({ value }) => ({ state: String(value) })],
  ...["input_select", "select"].flatMap((domain): (readonly [string, EffectOf])[] => [
    [`${domain}.select_option`, choose],
    [`${domain}.select_next`, move(1)],
    [`${domain}.select_previous`, move(-1)],
    [`${domain}.select_first`, end(0)],
    [`${domain}.select_last`, end(-1)],
  ]),
  ["input_text.set_value", ({ value }) => ({ state: String(value) })],
  ["text.set_value", ({ value }) => ({ state: String(value) })],
  [
    "input_datetime.set_datetime",
    ({ datetime, date, time }) => {
      const said = datetime ?? [date, time].filter((part) => part !== undefined).join(" ");
      return said === "" ? undefined : { state: String(said) };
    },
  ],
  ["input_button.press", pressed],
  ["button.press", pressed],
  ["scene.turn_on", pressed],
  ["counter.increment", count(1)],
  ["counter.decrement", count(-1)],
  ["counter.reset", (_, state) => state && { state: String(numberOf(state, "initial", 0)) }],
  ["counter.set_value", ({ value }) => ({ state: String(value) })],
];
