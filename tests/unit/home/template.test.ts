import { describe, expect, test } from "vitest";
import { AppError } from "#src/foundation/errors.ts";
import { compileTemplate, isTemplate, toNative } from "#src/home/template/template.ts";
import { templateCases, templateStates, worldOf } from "#support/template-cases.ts";

const world = worldOf(templateStates);
const render = (template: string, variables?: Readonly<Record<string, unknown>>) =>
  compileTemplate(template).render(world, variables);

function codeOf(template: string): string {
  try {
    render(template);
    return "rendered";
  } catch (error) {
    return error instanceof AppError ? error.code : "not one of ours";
  }
}

describe("what is wrong with a template", () => {
  test.each([
    [
      "{% if is_state('light.a', 'on') %}on",
      "The innermost block that needs to be closed is 'if'.",
    ],
    ["{{ states('sensor.a') ", "unexpected end of template, expected 'end of print statement'."],
    ["{{ (states('a.b')] }}", "unexpected ']', expected ')'"],
    ["{% for x in [1] %}{% endif %}", "Encountered unknown tag 'endif'."],
    ["{{ states('sensor.a') | tofloat }}", "No filter named 'tofloat'."],
    ["{{ 1 is numeric }}", "No test named 'numeric'."],
    ["{{ 1 2 }}", "expected token 'end of print statement', got 'integer'"],
    ["{# never ends", "Missing end of comment tag"],
  ])("%s is said in the words of Jinja2", (template, message) => {
    const [problem] = compileTemplate(template).problems;
    expect(problem?.message).toContain(message);
    expect(problem?.at).toBeTypeOf("number");
  });

  test("its place is counted in the text as the person wrote it", () => {
    const text = "\n   {{ states('sensor.a') | tofloat }}";
    const [problem] = compileTemplate(text).problems;
    expect(text.slice(problem?.at)).toBe("tofloat }}");
  });

  test("a filter that only a branch needs is unknown, but no error of syntax, as in Home Assistant", () => {
    const compiled = compileTemplate("{% if false %}{{ 1 | tofloat }}{% endif %}{{ foo }}");
    expect(compiled.problems).toEqual([]);
    expect(compiled.unknownNames).toEqual(["tofloat", "foo"]);
  });

  test("nesting that goes on and on is a problem, not a crash", () => {
    const deep = `{{ ${"(".repeat(100_000)}1${")".repeat(100_000)} }}`;
    expect(compileTemplate(deep).problems).toHaveLength(1);
  });

  test("what holds no tag is no template, and stays what it is", () => {
    expect(isTemplate("20")).toBe(false);
    expect(isTemplate("{{ 20 }}")).toBe(true);
    expect(render("hello")).toBe("hello");
  });
});

describe("what a template names", () => {
  test.each<[string, readonly string[]]>([
    ["{{ states('sensor.a') }}{{ states('sensor.b') }}", ["sensor.a", "sensor.b"]],
    ["{{ states.sensor.a.state }}{{ states['light.b'].state }}", ["sensor.a", "light.b"]],
    ["{{ states.sensor['a'].attributes.x }}", ["sensor.a"]],
    [
      "{{ is_state('light.a', ['on', 'off']) and state_attr('light.b', 'x') }}",
      ["light.a", "light.b"],
    ],
    ["{{ 'light.a' is is_state('on') }}{{ 'light.b' | has_value }}", ["light.a", "light.b"]],
    ["{{ ['light.a', 'light.b'] | select('is_state', 'on') | list }}", ["light.a", "light.b"]],
    ["{{ expand('group.a', 'light.b') | list }}", ["group.a", "light.b"]],
    ["{{ 'binary_sensor.a' | states }}{{ device_id('light.c') }}", ["binary_sensor.a", "light.c"]],
    ["{{ states('light.a' if x else 'light.b') }}", ["light.a", "light.b"]],
    ["{% set x = 'light.a' %}{{ states(x) }}{{ states[x].state }}", ["light.a"]],
    ["{% for x in ['light.a', 'light.b'] %}{{ states(x) }}{% endfor %}", ["light.a", "light.b"]],
    ["{{ 'light.turn_on' }}{{ 'a text. with a dot' }}", []],
  ])("%s names %j", (template, entityIds) => {
    const compiled = compileTemplate(template);
    expect(compiled.entityIds).toEqual(entityIds);
    expect(compiled.reads).toBe("entities");
  });

  test.each([
    "{{ states.light | selectattr('state', 'eq', 'on') | list | count }}",
    "{% for state in states %}{{ state.state }}{% endfor %}",
    "{{ states('sensor.' ~ room) }}",
    "{{ states[entity] }}",
    "{% macro m(x) %}{{ states(x) }}{% endmacro %}{{ m('light.a') }}",
    "{{ states('sensor.x' | replace('x', room)) }}",
    "{{ is_state(trigger.entity_id, 'on') }}",
    "{{ area_entities('kitchen') | expand | list }}",
  ])("%s may read any entity", (template) => {
    expect(compileTemplate(template).reads).toBe("everything");
  });

  test("a template that asks for the time changes with it", () => {
    expect(compileTemplate("{{ now().hour > 7 }}").usesNow).toBe(true);
    expect(compileTemplate("{{ states.light.a.last_changed | relative_time }}").usesNow).toBe(true);
    expect(compileTemplate("{{ as_timestamp(states('sensor.a')) }}").usesNow).toBe(false);
  });

  test("functions that only Home Assistant can answer are named, and rendering them says so", () => {
    const template = "{{ distance('device_tracker.a') }}{{ 'x' | state_translated }}";
    expect(compileTemplate(template).unsupported).toEqual(["distance", "state_translated"]);
    expect(codeOf(template)).toBe("template.not_supported");
    expect(codeOf("{% from 'tools.jinja' import x %}{{ x() }}")).toBe("template.not_supported");
  });
});

describe("what a template is given", () => {
  test("the trigger's state is a state: its attributes, its name and when it changed", () => {
    const state = world.state("light.kitchen");
    const variables = { trigger: { to_state: state, id: "motion", for: null } };
    expect(render("{{ trigger.to_state.attributes.brightness }}", variables)).toBe(128);
    expect(render("{{ trigger.to_state.name }} {{ trigger.id }}", variables)).toBe(
      "Kitchen motion",
    );
    expect(render("{{ trigger.to_state.last_changed < now() }}", variables)).toBe(true);
    expect(render("{{ trigger.for is none }}", variables)).toBe(true);
    expect(render("{{ trigger.from_state is defined }}", variables)).toBe(false);
  });

  test("moments of JavaScript are moments of the house", () => {
    const variables = { at: new Date(Date.UTC(2026, 6, 1, 10)) };
    expect(render("{{ at.hour }}", variables)).toBe(12);
  });

  test("a value that one template made keeps its kind in the next", () => {
    const variables = { level: compileTemplate("{{ 21.0 }}").renderValue(world) };
    expect(render("{{ level }} degrees", variables)).toBe("21.0 degrees");
    expect(toNative(variables.level)).toBe(21);
  });

  test("a variable goes before a function of the same name", () => {
    expect(render("{{ states }}", { states: 5 })).toBe(5);
  });

  test("areas and labels are answered when the house is known, and not guessed when it is not", () => {
    const house = worldOf(templateStates, {
      areaName: (id) => (id === "kitchen" ? "Kitchen" : undefined),
      areaOf: (name) => (name === "light.kitchen" || name === "Kitchen" ? "kitchen" : undefined),
      areaEntities: () => ["light.kitchen"],
    });
    const inHouse = (template: string) => compileTemplate(template).render(house);
    expect(inHouse("{{ area_name('light.kitchen') }}")).toBe("Kitchen");
    expect(inHouse("{{ area_id('Kitchen') }}")).toBe("kitchen");
    expect(inHouse("{{ area_entities('Kitchen') }}")).toEqual(["light.kitchen"]);
    expect(inHouse("{{ area_name('light.hall') }}")).toBeNull();
    expect(codeOf("{{ area_name('light.kitchen') }}")).toBe("template.not_supported");
  });

  test("at another moment, the same template gives another result", () => {
    const compiled = compileTemplate("{{ now().strftime('%H:%M') }}");
    const at = (now: number) => compiled.render(worldOf([], { now }));
    expect(at(Date.UTC(2026, 0, 1, 6))).toBe("07:00");
    expect(at(Date.UTC(2026, 6, 1, 6))).toBe("08:00"); // summer time
  });
});

describe("no template harms the house", () => {
  test.each([
    "{% for i in range(99999) %}{% for j in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ 'x' * 1000000000 }}",
    "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
    "{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' | regex_match('(a+)+$') }}",
    "{{ '%999999999d' % 5 }}",
    "{% set ns = namespace(x='ab') %}{% for i in range(100) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}",
    "{{ 'x'.ljust(999999999) }}",
  ])("%s ends soon", (template) => {
    expect(codeOf(template)).toMatch(/^template\.(failed|not_supported)$/);
  });

  test.each([
    "{{ ''.constructor.constructor('return process')() }}",
    "{{ [].__proto__.x }}",
    "{{ {}['__proto__']['x'] }}",
    "{{ ''.__class__.__mro__ }}",
    "{{ states.constructor('x') }}",
    "{{ trigger.constructor }}{{ trigger.hasOwnProperty('a') }}",
    "{{ now.constructor('x') }}",
  ])("%s reaches nothing of JavaScript", (template) => {
    const compiled = compileTemplate(template);
    expect(() => compiled.render(world, { trigger: { id: 1 } })).toThrow(AppError);
  });

  test("lists and dicts that came from outside are never changed", () => {
    const variables = { list: [1], dict: { a: 1 } };
    expect(() => render("{{ list.append(2) }}", variables)).toThrow("unsafe");
    expect(() => render("{{ dict.update({'a': 2}) }}", variables)).toThrow("unsafe");
    expect(variables).toEqual({ list: [1], dict: { a: 1 } });
  });

  test("however a template is mangled, it renders or fails as one of ours", () => {
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const pieces = [
      "}}",
      "{%",
      "|",
      "(",
      ")",
      "[",
      "'",
      " is ",
      "-",
      "None",
      ".x",
      "~",
      "{",
      " if ",
    ];
    for (let round = 0; round < 600; round++) {
      const { template } = templateCases[random(templateCases.length)] ?? { template: "" };
      const at = random(template.length + 1);
      const piece = pieces[random(pieces.length)] ?? "";
      const mangled = template.slice(0, at) + piece + template.slice(at + random(3));
      expect(codeOf(mangled), mangled).not.toBe("not one of ours");
    }
  });
});
