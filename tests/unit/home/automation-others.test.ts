import { expect, test } from "vitest";
import {
  type Automation,
  type Blueprint,
  type JsonMap,
  parseAutomation,
  parseBlueprint,
  parseScene,
  parseScript,
  printBlueprint,
  printScene,
  printScript,
  readYaml,
  referencesOf,
  substitute,
  walk,
} from "#src/home/automation/automation.ts";

const blueprintOf = (yaml: string) => parseBlueprint(readYaml(yaml).value);
const MOTION = `
blueprint:
  name: Motion light
  domain: automation
  homeassistant: { min_version: 2024.6.0 }
  input:
    sensor:
      name: Sensor
      selector: { entity: { filter: { domain: binary_sensor } } }
    timing:
      name: Timing
      input:
        wait: { default: 120, selector: { number: { min: 0, max: 3600 } } }
    free:
triggers:
  - { trigger: state, entity_id: !input sensor, to: "on" }
actions:
  - delay: { seconds: !input wait }
`;

function motion(): Blueprint {
  const { value, problems } = blueprintOf(MOTION);
  expect(problems).toEqual([]);
  if (!value) throw new Error("it is refused");
  return value;
}

test("a blueprint says what it asks for, also in sections", () => {
  const blueprint = motion();
  expect([...blueprint.inputs.keys()]).toEqual(["sensor", "wait", "free"]);
  expect(blueprint.inputs.get("wait")).toMatchObject({ default: 120, section: "timing" });
  expect(parseBlueprint(printBlueprint(blueprint)).value).toEqual(blueprint);
});

test("inputs and defaults go where the blueprint wants them", () => {
  const { value } = substitute(motion(), { sensor: "binary_sensor.hall", free: null });
  expect(parseAutomation(value).value).toMatchObject({
    triggers: [{ entityIds: ["binary_sensor.hall"] }],
    actions: [{ delay: { ms: 120_000 } }],
  });
});

test("a missing input is named, and the misspelt one beside it", () => {
  const { value, problems } = substitute(motion(), { senosr: "binary_sensor.hall", free: 1 });
  expect(value).toBeUndefined();
  expect(problems[0]).toMatchObject({
    code: "schema.missing_input",
    path: ["use_blueprint", "input", "sensor"],
    fix: { edits: [{ renameTo: "sensor" }] },
  });
});

test.each([
  ["blueprint: {domain: automation}", "schema.missing_key", "blueprint.name"],
  ["blueprint: {name: x, domain: lamp}", "schema.invalid_choice", "blueprint.domain"],
  ["blueprint: {name: x, domain: script, icon: y}", "schema.unknown_key", "blueprint.icon"],
  [
    "blueprint: {name: x, domain: script, source_url: here}",
    "schema.invalid_url",
    "blueprint.source_url",
  ],
  [
    "blueprint: {name: x, domain: script}\nsequence: [!input a]",
    "schema.unknown_input",
    "sequence.0",
  ],
  [
    "blueprint: {name: x, domain: script, input: {a: {selector: {entiti: {}}}}}",
    "schema.unknown_selector",
    "blueprint.input.a.selector.entiti",
  ],
  [
    "blueprint: {name: x, domain: script, input: {a: {selector: {entity: {domains: light}}}}}",
    "schema.unknown_key",
    "blueprint.input.a.selector.entity.domains",
  ],
  ["triggers: []", "schema.missing_key", "blueprint"],
])("the blueprint `%s` is refused", (yaml, code, path) => {
  const { problems } = blueprintOf(yaml);
  expect(problems.map((problem) => [problem.code, problem.path.join(".")])).toContainEqual([
    code,
    path,
  ]);
});

test("a script keeps its fields, and refuses what a script does not have", () => {
  const raw = {
    alias: "Wake",
    icon: "mdi:bed",
    fields: { minutes: { required: true, selector: { number: { min: 1, max: 9 } } } },
    sequence: [{ delay: { minutes: "{{ minutes }}" } }],
    mode: "parallel",
    max: 5,
  };
  const { value } = parseScript(raw);
  expect(value && printScript(value)).toEqual(raw);
  const { problems } = parseScript({
    ...raw,
    triggers: [],
    icon: "bed",
    fields: { a: { typ: 1 } },
  });
  expect(problems.map(({ path }) => path.join("."))).toEqual(["icon", "fields.a.typ", "triggers"]);
});

test("a scene keeps states and attributes", () => {
  const raw = {
    name: "Film",
    entities: { "light.a": "off", "light.b": { state: "on", brightness: 5 } },
    metadata: { "light.a": { entity_only: true } },
  };
  const { value } = parseScene(raw);
  expect(value?.entities["light.b"]).toEqual({ state: "on", attributes: { brightness: 5 } });
  expect(value && printScene(value)).toEqual(raw);
  expect(
    parseScene({ name: "x", entities: { a: 5, "light.a": { brightness: 1 } } }).problems.length,
  ).toBe(3);
});

const house: JsonMap = {
  triggers: [
    { trigger: "numeric_state", entity_id: "sensor.a", above: "input_number.b" },
    { trigger: "zone", entity_id: "person.c", zone: "zone.d" },
  ],
  conditions: [
    { or: [{ condition: "state", entity_id: "light.e", state: "on" }, "{{ states('sensor.f') }}"] },
  ],
  actions: [
    // biome-ignore lint/suspicious/noThenProperty: Home Assistant's key
    { if: ["{{ true }}"], then: [{ scene: "scene.g" }], enabled: false },
    {
      action: "light.turn_on",
      target: { area_id: "hall", entity_id: ["light.h", "{{ x }}"] },
      data: { entity_id: "light.i", message: "{{ states('sensor.f') }}" },
    },
    { parallel: [{ delay: 1 }, [{ stop: "x" }, { event: "done" }]] },
  ],
};

function automation(): Automation {
  const { value } = parseAutomation(house);
  if (value?.kind !== "automation") throw new Error("it is refused");
  return value;
}

test("all that an automation names is found, with how it is used", () => {
  const namesIn = (template: string) => (template.includes("sensor.f") ? ["sensor.f"] : []);
  const found = referencesOf(automation(), { namesIn });
  expect(found.map(({ kind, use, id }) => `${kind} ${use} ${id}`)).toEqual([
    "entity trigger sensor.a",
    "entity bound input_number.b",
    "entity trigger person.c",
    "zone trigger zone.d",
    "entity condition light.e",
    "entity template sensor.f",
    "scene target scene.g",
    "action target light.turn_on",
    "entity target light.h",
    "area target hall",
    "entity data light.i",
    "entity template sensor.f",
    "event target done",
  ]);
});

test("a walk goes in order of reading, and knows the place in what is printed", () => {
  const seen: string[] = [];
  const off: string[] = [];
  walk(automation(), {
    trigger: (_trigger, { path }) => seen.push(path.join(".")),
    condition: (_condition, { path }) => seen.push(path.join(".")),
    action(action, { path, disabled }) {
      seen.push(path.join("."));
      if (disabled) off.push(action.kind);
    },
  });
  expect(seen).toEqual([
    "triggers.0",
    "triggers.1",
    "conditions.0",
    "conditions.0.conditions.0",
    "conditions.0.conditions.1",
    "actions.0",
    "actions.0.if.0",
    "actions.0.then.0",
    "actions.1",
    "actions.2",
    "actions.2.parallel.0",
    "actions.2.parallel.1.0",
    "actions.2.parallel.1.1",
  ]);
  expect(off).toEqual(["if", "scene"]);
});

test("every node knows where it stood in the source", () => {
  const { value, pathOf } = parseAutomation(house);
  if (value?.kind !== "automation") throw new Error("it is refused");
  const [group] = value.conditions;
  expect(group && pathOf(group)).toEqual(["conditions", 0]);
  expect(group?.kind === "or" && group.conditions[1] && pathOf(group.conditions[1])).toEqual([
    "conditions",
    0,
    "or",
    1,
  ]);
});
