import { GO, go, note, type Raw, READY, type Scenario, set, started } from "./scenario.ts";

const THEN = "then"; // a key named so looks like a promise to the lint
const isOn = (name: string): Raw => ({
  ...{ condition: "state", entity_id: `sensor.§${name}`, state: "on" },
});
const b = { "sensor.§b": "off" } as const;
const doing = (
  name: string,
  actions: readonly Raw[],
  rest: Partial<Pick<Scenario, "initial" | "steps">> = {},
) => started(name, { actions }, { ...rest, initial: { ...b, ...rest.initial } });

const wait = (rest: Raw): Raw => ({
  ...{ wait_template: "{{ is_state('sensor.§b', 'on') }}", timeout: 3, ...rest },
});
const waitTrigger = (rest: Raw): Raw => ({
  wait_for_trigger: [{ trigger: "state", entity_id: "sensor.§b", to: "on" }],
  ...{ timeout: 3, ...rest },
});
const SHOWS_WAIT = note("{{ 'yes' if wait.completed else 'no' }}");
const bOn = [...go(1), [2, "sensor.§b", "on"]] as const;

const SEQUENCES: readonly Scenario[] = [
  doing("a delay", [note("a"), { delay: 2 }, note("b")]),
  doing("a delay of a template", [{ delay: { seconds: "{{ 1 }}" } }, note("b")]),
  doing("wait for a template", [wait({}), SHOWS_WAIT], { steps: bOn }),
  doing("wait for a template in vain", [wait({}), SHOWS_WAIT]),
  doing("wait for a template, and not on", [wait({ continue_on_timeout: false }), SHOWS_WAIT]),
  doing("wait for what is so already", [wait({}), SHOWS_WAIT], { initial: { "sensor.§b": "on" } }),
  doing("wait for a trigger", [waitTrigger({}), SHOWS_WAIT], { steps: bOn }),
  doing("wait for a trigger in vain", [waitTrigger({}), SHOWS_WAIT]),
  doing("wait for a trigger, and not on", [waitTrigger({ continue_on_timeout: false }), note("x")]),
  doing("choose the first", [{ choose: [{ conditions: [], sequence: [note("1")] }] }, note("2")]),
  doing("choose the default", [
    { choose: [{ conditions: [isOn("b")], sequence: [note("1")] }], default: [note("d")] },
  ]),
  doing("choose none", [
    { choose: [{ conditions: [isOn("b")], sequence: [note("1")] }] },
    note("2"),
  ]),
  doing("if", [{ if: [isOn("b")], [THEN]: [note("then")], else: [note("else")] }]),
  doing("a condition that ends all", [note("a"), isOn("b"), note("b")]),
  doing("a condition that ends its sequence", [
    { if: [], [THEN]: [note("a"), isOn("b"), note("no")] },
    note("b"),
  ]),
  doing("an unknown entity in an if", [
    { if: [isOn("nowhere")], [THEN]: [note("then")], else: [note("else")] },
  ]),
  doing("a sequence", [{ sequence: [note("a"), { delay: 1 }, note("b")] }, note("c")]),
  doing("branches at once", [
    {
      parallel: [
        { sequence: [{ delay: 2 }, note("slow")] },
        { sequence: [{ delay: 1 }, note("fast")] },
      ],
    },
    note("after"),
  ]),
  doing("a branch that is stopped", [
    { parallel: [{ sequence: [{ stop: "x" }] }, { sequence: [{ delay: 1 }, note("other")] }] },
    note("after"),
  ]),
  doing("stop", [note("a"), { stop: "enough" }, note("b")]),
  doing("stop within", [{ if: [], [THEN]: [{ stop: "enough" }] }, note("b")]),
  doing("stop with an error", [note("a"), { stop: "bad", error: true }, note("b")]),
  doing("a disabled action", [{ ...note("a"), enabled: false }, note("b")]),
  doing("variables", [
    { variables: { x: "{{ 2 * 3 }}", y: "{{ x + 1 }}" } },
    note("{{ y }}"),
    { if: [], [THEN]: [{ variables: { x: 9, z: 1 } }] },
    note("{{ x }}_{{ z is defined }}"),
  ]),
  doing("what triggered it", [note("{{ trigger.to_state.state }}_{{ trigger.platform }}")]),
];

const counting = (rest: Raw): Raw => ({ repeat: { sequence: [set("x", "toggle")], ...rest } });
const xIs = (state: string): Raw => ({ condition: "state", entity_id: "input_boolean.§x", state });
const x = { "input_boolean.§x": "off" } as const;

const LOOPS: readonly Scenario[] = [
  doing("repeat a number of times", [
    { repeat: { count: 3, sequence: [note("{{ repeat.index }}_{{ repeat.last }}")] } },
  ]),
  doing("repeat for each", [
    { repeat: { for_each: ["a", "b"], sequence: [note("{{ repeat.item }}")] } },
  ]),
  doing("repeat while", [counting({ while: [xIs("off")] }), note("end")], { initial: x }),
  doing("repeat until", [counting({ until: [xIs("on")] }), note("end")], { initial: x }),
  doing("a condition within a loop", [
    {
      repeat: {
        count: 3,
        sequence: [
          { condition: "template", value_template: "{{ repeat.index != 2 }}" },
          note("{{ repeat.index }}"),
        ],
      },
    },
  ]),
];

const slow = [note("a"), { delay: 3 }, note("b")];
const MODES: readonly Scenario[] = [
  started("single", { actions: slow }, { steps: go(1, 2.5, 6) }),
  started("restart", { actions: slow, mode: "restart" }, { steps: go(1, 2.5) }),
  started("queued", { actions: slow, mode: "queued", max: 2 }, { steps: go(1, 2, 3) }),
  started("parallel", { actions: slow, mode: "parallel", max: 2 }, { steps: go(1, 2, 3) }),
];

const follows = (from: string, actions: readonly Raw[], rest: Raw = {}): Raw => ({
  triggers: [{ trigger: "state", entity_id: `input_boolean.§${from}`, to: null }],
  actions,
  ...rest,
});
const xy = { ...READY, ...x, "input_boolean.§y": "off" } as const;

const CHAINS: readonly Scenario[] = [
  {
    name: "one starts another",
    automations: [{ triggers: [GO], actions: [set("x"), note("1")] }, follows("x", [note("2")])],
    initial: xy,
    steps: go(1),
  },
  {
    name: "one starts another, which takes its time",
    automations: [
      { triggers: [GO], actions: [set("x"), { delay: 1 }, note("1")] },
      follows("x", [set("y"), { delay: 2 }, note("2")]),
      follows("y", [note("3")]),
    ],
    initial: xy,
    steps: go(1),
  },
  {
    name: "two entities at once",
    automations: [
      {
        triggers: [GO],
        actions: [
          {
            action: "input_boolean.toggle",
            target: { entity_id: ["input_boolean.§x", "input_boolean.§y"] },
          },
          note("1"),
        ],
      },
      follows("y", [note("2")]),
    ],
    initial: xy,
    steps: go(1),
  },
  {
    name: "one that would start itself, single",
    automations: [follows("x", [set("x", "toggle"), { delay: 1 }, note("1")])],
    initial: xy,
    steps: [[1, "input_boolean.§x", "on"]],
  },
  {
    name: "one that would start itself, queued",
    automations: [
      follows("x", [set("x", "turn_off"), { delay: 1 }, note("1")], {
        ...{ mode: "queued", max: 2 },
      }),
    ],
    initial: xy,
    steps: [[1, "input_boolean.§x", "on"]],
  },
];

export const ACTIONS: readonly Scenario[] = [...SEQUENCES, ...LOOPS, ...MODES, ...CHAINS];
