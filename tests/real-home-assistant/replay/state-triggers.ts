import { one, type Raw, type Scenario } from "./scenario.ts";

export const A = "sensor.§a";
export const state = (rest: Raw): Raw => ({ trigger: "state", entity_id: A, ...rest });
const number = (rest: Raw): Raw => ({ trigger: "numeric_state", entity_id: A, ...rest });

export const fire = (
  name: string,
  trigger: Raw,
  states: readonly (readonly [number, string, Raw?])[],
  first: string | readonly [string, Raw] = "off",
): Scenario => ({
  name,
  automations: one(trigger),
  initial: { [A]: first },
  steps: states.map(([seconds, value, attributes]) => [
    seconds,
    A,
    value,
    ...(attributes ? [attributes] : []),
  ]) as never,
});

export const ON_OFF_ON = [
  [1, "on"],
  [2, "off"],
  [3, "on"],
] as const;
const WITH_ATTRIBUTES = [
  [1, "on", { x: 1 }],
  [2, "on", { x: 2 }],
  [3, "off", { x: 2 }],
] as const;

export const STATES: readonly Scenario[] = [
  fire("to", state({ to: "on" }), ON_OFF_ON),
  fire("from and to", state({ from: "off", to: "on" }), [
    [1, "unavailable"],
    [2, "on"],
    ...([
      [3, "off"],
      [4, "on"],
    ] as const),
  ]),
  fire("every update", state({}), WITH_ATTRIBUTES),
  fire("to null", state({ to: null }), WITH_ATTRIBUTES),
  fire("from null", state({ from: null }), WITH_ATTRIBUTES),
  fire("not to", state({ not_to: ["off", "unavailable"] }), [...ON_OFF_ON, [4, "unavailable"]]),
  fire("not from", state({ not_from: "unavailable", to: "on" }), [
    [1, "unavailable"],
    [2, "on"],
    [3, "off"],
    [4, "on"],
  ]),
  fire("an attribute", state({ attribute: "x" }), WITH_ATTRIBUTES),
  fire("an attribute to a value", state({ attribute: "x", to: "two" }), [
    [1, "on", { x: "one" }],
    [2, "on", { x: "two" }],
  ]),
  fire("several states", state({ to: ["on", "open"] }), [
    [1, "on"],
    [2, "open"],
    [3, "off"],
  ]),
  fire("held", state({ to: "on", for: 3 }), [[1, "on"]]),
  fire("held, broken", state({ to: "on", for: 3 }), [
    [1, "on"],
    [2.5, "off"],
    [4, "on"],
  ]),
  fire("held, an attribute changes", state({ to: "on", for: 3 }), [
    [1, "on"],
    [2, "on", { x: 1 }],
  ]),
  fire("held, from only", state({ from: "off", for: 3 }), [
    [1, "on"],
    [2, "open"],
  ]),
  fire("held, anything", state({ for: 3 }), [
    [1, "on"],
    [2, "open"],
  ]),
  fire("held, a template", state({ to: "on", for: { seconds: "{{ 1 + 1 }}" } }), [[1, "on"]]),
  fire("held, not to", state({ not_to: "off", for: 2 }), [
    [1, "on"],
    [2, "open"],
    [6, "off"],
  ]),
  fire("a disabled trigger", state({ to: "on", enabled: false }), ON_OFF_ON),
  fire("the same state again", state({ to: "on" }), [
    [1, "on"],
    [2, "on"],
  ]),
  fire("unknown is a state", state({ to: "unknown" }), [[1, "unknown"]]),
];

export const NUMBERS: readonly Scenario[] = [
  fire(
    "above",
    number({ above: 10 }),
    [
      [1, "11"],
      [2, "12"],
      [3, "9"],
      [4, "11"],
    ],
    "5",
  ),
  fire(
    "there from the start",
    number({ above: 10 }),
    [
      [1, "12"],
      [2, "9"],
      [3, "13"],
    ],
    "11",
  ),
  fire(
    "on the limit",
    number({ above: 10 }),
    [
      [1, "10"],
      [2, "10.1"],
    ],
    "5",
  ),
  fire(
    "unavailable counts as outside",
    number({ above: 10 }),
    [
      [1, "unavailable"],
      [2, "12"],
    ],
    "11",
  ),
  fire(
    "a text neither fires nor arms",
    number({ above: 10 }),
    [
      [1, "cold"],
      [2, "12"],
    ],
    "11",
  ),
  fire(
    "a text in between",
    number({ above: 10 }),
    [
      [1, "cold"],
      [2, "12"],
    ],
    "5",
  ),
  fire(
    "between",
    number({ above: 10, below: 20 }),
    [
      [1, "25"],
      [2, "15"],
      [3, "5"],
      [4, "15"],
    ],
    "5",
  ),
  fire(
    "an attribute's number",
    number({ attribute: "t", below: 18 }),
    [
      [1, "x", { t: 17 }],
      [2, "x", { t: 19 }],
      [3, "x", { t: 3 }],
    ],
    ["x", { t: 20 }],
  ),
  fire(
    "no such attribute",
    number({ attribute: "t", below: 18 }),
    [
      [1, "x"],
      [2, "x", { t: 3 }],
    ],
    "y",
  ),
  fire(
    "a value template",
    number({ value_template: "{{ state.state | float * 2 }}", above: 10 }),
    [
      [1, "4"],
      [2, "6"],
    ],
    "1",
  ),
  fire(
    "held above",
    number({ above: 10, for: 3 }),
    [
      [1, "12"],
      [2, "13"],
    ],
    "5",
  ),
  fire(
    "held above, broken",
    number({ above: 10, for: 3 }),
    [
      [1, "12"],
      [3, "5"],
      [4, "12"],
    ],
    "5",
  ),
  {
    name: "an entity holds the limit",
    automations: one(number({ above: "sensor.§b" })),
    initial: { [A]: "5", "sensor.§b": "10" },
    steps: [
      [1, A, "11"],
      [2, "sensor.§b", "20"],
      [3, A, "12"],
      [4, A, "21"],
    ],
  },
];
