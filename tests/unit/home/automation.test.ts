import { expect, test } from "vitest";
import {
  parseAutomation,
  printAutomation,
  readYaml,
  sameMeaning,
} from "#src/home/automation/automation.ts";
import { errorsIn, read } from "./automation-reading.ts";

const placesOf = (yaml: string) => errorsIn(yaml).map(({ path }) => path.join("."));

const TODAY = `
alias: Hall light
triggers:
  - trigger: state
    entity_id: [binary_sensor.hall, binary_sensor.stairs]
    to: "on"
    for: { minutes: 1, seconds: 30 }
conditions:
  - condition: numeric_state
    entity_id: sensor.hall_light
    below: 20
actions:
  - action: light.turn_on
    target: { area_id: hall }
    data: { brightness_pct: 40 }
`;
const OF_OLD = `
alias: Hall light
trigger:
  platform: state
  entity_id: binary_sensor.hall, Binary_Sensor.stairs
  to: "on"
  for: "00:01:30"
condition:
  condition: numeric_state
  entity_id: sensor.hall_light
  below: "20"
action:
  service: light.turn_on
  target: { area_id: [hall] }
  data_template: { brightness_pct: 40 }
`;

test("an automation written with the keys of old is the same automation", () => {
  expect(read(OF_OLD)).toEqual(read(TODAY));
});

test("what is read and printed says the same, with the keys of today and with those of old", () => {
  const automation = read(TODAY);
  for (const syntax of ["modern", "legacy"] as const) {
    const printed = printAutomation(automation, { syntax });
    expect(parseAutomation(printed).value).toEqual(automation);
    expect("triggers" in printed).toBe(syntax === "modern");
  }
});

test("conditions may be written short: text, and, or, not, and lists", () => {
  const { conditions } = read(`
triggers: []
actions: []
conditions:
  - "{{ is_state('sun.sun', 'below_horizon') }}"
  - or:
      - { condition: trigger, id: door }
      - not: "{{ false }}"
`);
  expect(conditions.map(({ kind }) => kind)).toEqual(["template", "or"]);
  expect(conditions[1]).toMatchObject({ conditions: [{ kind: "trigger" }, { kind: "not" }] });
});

test("a problem stands where it is, deep in the actions too", () => {
  expect(
    placesOf(`
triggers: []
actions:
  - choose:
      - conditions: []
        sequence:
          - repeat: { count: 3, sequence: [{ service: turn_on }] }
      - conditions: "{{ true }}"
  - if: []
  - else: []
  - parallel:
      - - delay: 5
        - wait_for_trigger: [{ platform: zone, entity_id: person.a }]
`),
  ).toEqual([
    "actions.0.choose.0.sequence.0.repeat.sequence.0.service",
    "actions.0.choose.1.sequence",
    "actions.1.then",
    "actions.2",
    "actions.3.parallel.0.1.wait_for_trigger.0.zone",
  ]);
});

test("what looks odd and Home Assistant takes is accepted", () => {
  expect(
    errorsIn(`
alias: 5
mode: single
max: 4
max_exceeded: SILENT
initial_state: "yes"
triggers:
  - { trigger: state, entity_id: "Light.Hall, light.KITCHEN", for: 30 }
  - { trigger: numeric_state, entity_id: sensor.a, above: input_number.limit }
  - { trigger: time, at: [input_datetime.wake, { entity_id: sensor.alarm, offset: "-00:10" }] }
  - { triggers: [{ platform: sun, event: SUNSET, offset: "-00:30:00" }] }
  - { trigger: light.turned_on, target: { area_id: hall } }
conditions: { condition: time, after: "22:00", before: "6:00" }
actions:
  - { delay: 5 }
  - { service: LIGHT.turn_on, entity_id: all }
  - { action: "{{ what }}", target: "{{ where }}" }
  - { stop: null, error: true }
  - { wait_template: "{{ x }}", timeout: { minutes: "{{ 5 }}" } }
`),
  ).toEqual([]);
});

test("two bounds that exclude each other are refused for a trigger", () => {
  const trigger = "{ trigger: numeric_state, entity_id: sensor.a, above: 50, below: 10 }";
  expect(errorsIn(`triggers: [${trigger}]\nactions: []`)).toMatchObject([
    { code: "schema.bounds_crossed" },
  ]);
});

test("the version decides which keys are known", () => {
  const modern = readYaml(TODAY).value;
  const { problems } = parseAutomation(modern, { haVersion: "2024.6.1" });
  expect(problems.map(({ code, path }) => [code, path[0]])).toContainEqual([
    "schema.too_new",
    "triggers",
  ]);
  const purpose = { triggers: [{ trigger: "light.turned_on" }], actions: [] };
  expect(parseAutomation(purpose, { haVersion: "2025.1.0" }).value).toBeUndefined();
  expect(
    parseAutomation(purpose, {
      triggerKeys: new Map([["light.turned_off", { fields: {}, needsTarget: true }]]),
    }).problems,
  ).toMatchObject([
    { code: "schema.unknown_trigger", fix: { edits: [{ value: "light.turned_off" }] } },
  ]);
});

test("a broken template is found wherever it stands", () => {
  const checkTemplate = (text: string) => (text.includes("broken") ? "it is broken" : undefined);
  const raw = {
    variables: { a: ["{{ broken }}"] },
    triggers: [{ trigger: "template", value_template: "{{ broken }}" }],
    conditions: ["{{ fine }}"],
    actions: [{ action: "a.b", data: { c: { d: "{% broken %}" } } }],
  };
  const { problems } = parseAutomation(raw, { checkTemplate });
  expect(problems.map(({ path }) => path.join("."))).toEqual([
    "triggers.0.value_template",
    "actions.0.data.c.d",
    "variables.a.0",
  ]);
});

test("secrets and what the interface keeps are not lost", () => {
  const yaml = `
triggers:
  - { trigger: webhook, webhook_id: !secret hook }
actions:
  - { action: !secret action, metadata: {}, data: { token: !secret token }, note: "mine" }
`;
  const automation = read(yaml);
  const printed = printAutomation(automation);
  expect(printed).toMatchObject({
    triggers: [{ webhook_id: { tag: "!secret", value: "hook" } }],
    actions: [
      {
        action: { tag: "!secret" },
        metadata: {},
        data: { token: { value: "token" } },
        note: "mine",
      },
    ],
  });
  expect(parseAutomation(printed).value).toEqual(automation);
});

test("the use of a blueprint keeps its inputs and what goes over it", () => {
  const raw = {
    alias: "x",
    use_blueprint: { path: "me/motion.yaml", input: { light: "light.a" } },
    mode: "restart",
  };
  const { value } = parseAutomation(raw);
  expect(value).toMatchObject({
    kind: "blueprint_use",
    path: "me/motion.yaml",
    extra: { mode: "restart" },
  });
  expect(value && printAutomation(value)).toEqual(raw);
});

test("two automations mean the same when only words, order of keys and defaults differ", () => {
  const one = read(TODAY);
  const other = read(`${OF_OLD}description: other words\nmode: single\n`);
  expect(sameMeaning(one, { ...other, alias: "Other" })).toBe(true);
  expect(sameMeaning(one, { ...one, mode: "restart" })).toBe(false);
  expect(sameMeaning(one, { ...one, actions: [] })).toBe(false);
});

test.each([
  null,
  5,
  "text",
  [],
  { triggers: 5, actions: "x" },
  { triggers: [null], actions: [null] },
])("%j is refused and not thrown at", (raw) => {
  const { value, problems } = parseAutomation(raw);
  expect(value).toBeUndefined();
  expect(problems.length).toBeGreaterThan(0);
});

test("thousands of levels are refused and not thrown at", () => {
  let deep: unknown = [];
  for (let level = 0; level < 50_000; level += 1) deep = { and: [deep] };
  const { problems } = parseAutomation({ triggers: [], actions: [], conditions: deep });
  expect(problems.map(({ code }) => code)).toContain("schema.too_deep");
});
