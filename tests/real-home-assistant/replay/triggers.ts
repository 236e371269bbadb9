import { note, one, type Raw, type Scenario } from "./scenario.ts";
import { A, fire, NUMBERS, ON_OFF_ON, STATES, state } from "./state-triggers.ts";

const template = (text: string, rest: Raw = {}): Raw => ({
  ...{ trigger: "template", value_template: text, ...rest },
});

const TEMPLATES: readonly Scenario[] = [
  fire("a template", template("{{ is_state('sensor.§a', 'on') }}"), ON_OFF_ON),
  fire(
    "a template, true from the start",
    template("{{ is_state('sensor.§a', 'on') }}"),
    [
      [1, "off"],
      [2, "on"],
    ],
    "on",
  ),
  fire("a template, held", template("{{ is_state('sensor.§a', 'on') }}", { for: 2 }), [[1, "on"]]),
  fire("a template, held and broken", template("{{ is_state('sensor.§a', 'on') }}", { for: 3 }), [
    [1, "on"],
    [2, "off"],
    [3, "on"],
  ]),
  fire(
    "a template with a number",
    template("{{ states('sensor.§a') | float(0) > 10 }}"),
    [
      [1, "11"],
      [2, "12"],
      [3, "5"],
      [4, "15"],
    ],
    "1",
  ),
];

const at = (latitude: number) => ({ latitude, longitude: 13.4, gps_accuracy: 0 });
const tracker = (event: string): Scenario => ({
  name: `a zone, ${event}`,
  automations: one({ trigger: "zone", entity_id: "device_tracker.§d", zone: "zone.home", event }),
  initial: { "device_tracker.§d": ["not_home", at(53)] },
  steps: [
    [1, "device_tracker.§d", "home", at(52.52)],
    [2, "device_tracker.§d", "home", at(52.5201)],
    [3, "device_tracker.§d", "not_home", at(53)],
  ],
});

const OTHERS: readonly Scenario[] = [
  tracker("enter"),
  tracker("leave"),
  { name: "a clock time", automations: (clock) => one({ trigger: "time", at: clock(5) }) },
  {
    name: "two triggers and which of them",
    automations: [
      {
        triggers: [state({ to: "on", id: "up" }), state({ to: "off", id: "down" })],
        actions: [
          {
            choose: [
              { conditions: [{ condition: "trigger", id: "up" }], sequence: [note("up")] },
              { conditions: [{ condition: "trigger", id: ["down"] }], sequence: [note("down")] },
            ],
          },
        ],
      },
    ],
    initial: { [A]: "off" },
    steps: [
      [1, A, "on"],
      [2, A, "off"],
    ],
  },
  {
    name: "an event that another automation fires",
    automations: [
      {
        triggers: [state({ to: "on" })],
        actions: [{ event: "§done", event_data: { n: "{{ 1 + 1 }}" } }],
      },
      ...one({ trigger: "event", event_type: "§done", event_data: { n: 2 } }),
      ...one({ trigger: "event", event_type: "§done", event_data: { n: 3 } }),
    ],
    initial: { [A]: "off" },
    steps: [[1, A, "on"]],
  },
];

export const TRIGGERS: readonly Scenario[] = [...STATES, ...NUMBERS, ...TEMPLATES, ...OTHERS];
