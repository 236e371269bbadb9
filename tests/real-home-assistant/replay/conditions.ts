import { go, type Raw, type Scenario, started } from "./scenario.ts";

const B = "sensor.§b";
const is = (state: string): Raw => ({ condition: "state", entity_id: B, state });
const below = (number: number): Raw => ({
  ...{ condition: "numeric_state", entity_id: B, below: number },
});
const UNKNOWN: Raw = { condition: "state", entity_id: "sensor.§nowhere", state: "on" };

const when = (name: string, conditions: readonly unknown[], value = "on"): Scenario =>
  started(`condition: ${name}`, { conditions }, { initial: { [B]: value } });

/** Conditions of every kind, by whether the automation ran. */
export const CONDITIONS: readonly Scenario[] = [
  when("a state", [is("on")]),
  when("another state", [is("off")]),
  when("one of several", [{ ...is("on"), state: ["off", "on"] }]),
  when("a number", [below(10)], "9"),
  when("a number on the limit", [below(10)], "10"),
  when("no number", [below(10)], "cold"),
  when("an unknown entity", [UNKNOWN]),
  when("not an unknown entity", [{ condition: "not", conditions: [UNKNOWN] }]),
  when("an unknown entity or a known one", [{ condition: "or", conditions: [UNKNOWN, is("on")] }]),
  when("and", [{ and: [is("on"), is("on")] }]),
  when("not", [{ not: [is("off"), is("open")] }]),
  when("or of none", [{ or: [is("off"), is("open")] }]),
  when("a template", ["{{ is_state('sensor.§b', 'on') }}"]),
  when("a template that says 1", [{ condition: "template", value_template: "{{ 1 }}" }]),
  when("a disabled one", [{ ...is("off"), enabled: false }]),
  when("a disabled one within or", [{ or: [{ ...is("off"), enabled: false }, is("off")] }]),
  when("a time that spans midnight or not", [
    { or: [{ condition: "time", after: "12:00:00", before: "11:59:59" }, is("never")] },
  ]),
  when("a weekday", [{ condition: "time", weekday: ["mon", "tue", "wed"] }]),
  when("another weekday", [{ condition: "time", weekday: ["thu", "fri", "sat", "sun"] }]),
  when("the sun", [{ condition: "sun", after: "sunrise", before: "sunset" }]),
  when("the dark", [{ condition: "sun", after: "sunset", before: "sunrise" }]),
  started(
    "condition: held for long enough",
    { conditions: [{ ...is("on"), for: 2 }] },
    { initial: { [B]: "off" }, steps: [[1, B, "on"], ...go(2, 5)] },
  ),
  started(
    "condition: any of two",
    { conditions: [{ ...is("on"), entity_id: [B, "sensor.§c"], match: "any" }] },
    { initial: { [B]: "off", "sensor.§c": "on" } },
  ),
  started(
    "condition: all of two",
    { conditions: [{ ...is("on"), entity_id: [B, "sensor.§c"] }] },
    { initial: { [B]: "off", "sensor.§c": "on" } },
  ),
  started(
    "condition: a switch is on",
    {
      conditions: [
        { condition: "switch.is_on", target: { entity_id: "input_boolean.§s" }, options: {} },
      ],
    },
    { initial: { "input_boolean.§s": "on" } },
  ),
];
