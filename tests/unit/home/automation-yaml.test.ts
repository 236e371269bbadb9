import { expect, test } from "vitest";
import { type Edit, editYaml, readYaml, writeYaml } from "#src/home/automation/automation.ts";

test("bare words are what Home Assistant's YAML makes of them, not what YAML 1.2 says", () => {
  const { value, problems } = readYaml(
    "a: on\nb: No\nc: 12:30\nd: 22:00:00\ne: 07:30\nf: 010\ng: 08\nh: 1_000\ni: 1e3\nj: 0x1F\nk: ~\nl:\nm: y\nn: '5'\no: .5\np: 1:60\n",
  );
  expect(problems).toEqual([]);
  expect(value).toEqual({
    a: true,
    b: false,
    c: 750,
    d: 79_200,
    e: "07:30",
    f: 8,
    g: "08",
    h: 1000,
    i: "1e3",
    j: 31,
    k: null,
    l: null,
    m: "y",
    n: "5",
    o: 0.5,
    p: "1:60",
  });
});

test("secrets, inputs and files stay what they are called, and an unknown tag is refused", () => {
  expect(readYaml("a: !secret door\nb: [!input lamp]\nc: !include_dir_list x\n").value).toEqual({
    a: { tag: "!secret", value: "door" },
    b: [{ tag: "!input", value: "lamp" }],
    c: { tag: "!include_dir_list", value: "x" },
  });
  expect(readYaml("a: 1\nb: !foo x\n").problems).toMatchObject([
    { code: "syntax.tag", path: ["b"], line: 2 },
  ]);
});

test("anchors and merged keys are filled in; what is written itself goes over them", () => {
  const text =
    "base: &b { x: 1, y: 2 }\nown: { <<: *b, y: 3 }\ntwo: { <<: [*b, { x: 9, z: 4 }] }\n";
  expect(readYaml(text).value).toEqual({
    base: { x: 1, y: 2 },
    own: { x: 1, y: 3 },
    two: { x: 1, y: 2, z: 4 },
  });
});

test("an anchor that holds itself, and aliases that multiply, are refused", () => {
  expect(readYaml("a: &a { b: *a }").problems).toMatchObject([
    { code: "syntax.alias", severity: "error" },
  ]);
  const levels = Array.from(
    { length: 9 },
    (_, i) => `l${i + 1}: &l${i + 1} [${Array(9).fill(`*l${i}`).join(",")}]`,
  );
  expect(readYaml(["l0: &l0 x", ...levels].join("\n")).value).toBeUndefined();
});

test("of a key that stands twice the last one counts, and it is said", () => {
  const { value, problems } = readYaml("a: 1\nb: 2\na: 3\n");
  expect(value).toEqual({ a: 3, b: 2 });
  expect(problems).toMatchObject([{ code: "syntax.duplicate_key", severity: "warning", line: 3 }]);
});

test("a template that is not quoted is refused, and quoting it is offered", () => {
  const text = "a:\n  entity_id: {{ lamp }}\n";
  const { value, problems } = readYaml(text);
  expect(value).toBeUndefined();
  expect(problems).toMatchObject([
    { code: "syntax.key", severity: "error", path: ["a", "entity_id"], line: 2 },
  ]);
  const mended = editYaml(text, (problems[0]?.fix?.edits ?? []) as Edit[]);
  expect(readYaml(mended).value).toEqual({ a: { entity_id: "{{ lamp }}" } });
});

test.each([
  "a: b: c",
  "\ta: 1",
  "a: 'x",
  "a: %x",
  "- a\nb: c",
  "---\na: 1\n---\nb: 2",
  "a: [1",
  "? [a]\n: b",
])("%j is refused with its line", (text) => {
  const { value, problems } = readYaml(text);
  expect(value).toBeUndefined();
  expect(problems[0]?.line).toBeGreaterThan(0);
});

const EVENING = `# my house
- alias: Evening   # good
  trigger:
    - platform: state # kind
      entity_id: binary_sensor.hall
      to: on

    # the next one
    - platform: time
      at: 12:30
  action:
    - service: light.turn_on   # oops
      target: {entity_id: light.hall, area_id: x}
      data:
    - delay: 5
    - service: notify.me
      data:
        message: |
          Two
          lines
        title: "kept as it is"
`;

test("a line is found for every path, also for what is missing", () => {
  const { lineOf } = readYaml(EVENING);
  expect(lineOf([0, "trigger", 1, "at"])).toBe(10);
  expect(lineOf([0, "action", 0, "data_template"])).toBe(12);
  expect(lineOf([])).toBe(2);
});

const changed = (edit: Edit) => {
  const before = EVENING.split("\n");
  const after = editYaml(EVENING, [edit]).split("\n");
  return {
    gone: before.filter((line) => !after.includes(line)),
    come: after.filter((line) => !before.includes(line)),
  };
};

test("an edit changes its own lines only: comments, quotes and empty lines stay", () => {
  expect(changed({ path: [0, "trigger", 0, "to"], value: "on" })).toEqual({
    gone: ["      to: on"],
    come: ['      to: "on"'],
  });
  expect(changed({ path: [0, "trigger", 0, "platform"], renameTo: "trigger" })).toEqual({
    gone: ["    - platform: state # kind"],
    come: ["    - trigger: state # kind"],
  });
  expect(changed({ path: [0, "action", 0, "target", "area_id"], remove: true })).toEqual({
    gone: ["      target: {entity_id: light.hall, area_id: x}"],
    come: ["      target: {entity_id: light.hall}"],
  });
  expect(
    changed({ path: [0, "action", 0, "data"], value: { effect: "on", at: ["07:00"] } }),
  ).toEqual({
    gone: [],
    come: ['        effect: "on"', "        at:", '          - "07:00"'],
  });
  expect(changed({ path: [0, "action", 1], remove: true })).toEqual({
    gone: ["    - delay: 5"],
    come: [],
  });
  expect(changed({ path: [0, "action", 2, "data", "message"], value: "One" })).toEqual({
    gone: ["        message: |", "          Two", "          lines"],
    come: ["        message: One"],
  });
  expect(changed({ path: [0, "action", 3], value: { delay: "00:00:05" } })).toEqual({
    gone: [],
    come: ['    - delay: "00:00:05"'],
  });
  expect(changed({ path: [0, "mode"], value: "restart" })).toEqual({
    gone: [],
    come: ["  mode: restart"],
  });
});

test("the first key after a dash may go, and the last key of a set leaves an empty set", () => {
  expect(editYaml("- a: 1 # x\n  b: 2\n- c: 3\n", [{ path: [0, "a"], remove: true }])).toBe(
    "- b: 2\n- c: 3\n",
  );
  expect(editYaml("a:\n  b: 2\nc: 3\n", [{ path: ["a", "b"], remove: true }])).toBe(
    "a: {}\nc: 3\n",
  );
});

test("an edit of what is not there is not found", () => {
  expect(() => editYaml(EVENING, [{ path: [0, "nothing"], remove: true }])).toThrow(
    expect.objectContaining({ kind: "not_found", code: "automation.no_such_path" }),
  );
  expect(() => editYaml("a: [", [{ path: ["a"], value: 1 }])).toThrow(
    expect.objectContaining({ kind: "invalid", code: "automation.yaml_unreadable" }),
  );
});

const AWKWARD = [
  ..."on|12:30|07:30|5|null|~| a|a |1e3|0x1F|2024-01-01|=|<<|- a|a: b|a #b|{{ x }}|!x|&a|*b|%a|@a|'q'|\"d\"|yes|010|?|---".split(
    "|",
  ),
  "",
  "line\nbreak",
  "ends\n",
  "  starts\nlater",
  "tab\tx",
  "é🙂",
  "\u0007",
];

test("what is written is read back as the same", () => {
  for (const text of AWKWARD) {
    const value = {
      key: text,
      [text]: [text, { inner: text }],
      tagged: { tag: "!secret", value: "x" },
    };
    expect(readYaml(writeYaml(value)).value).toEqual(value);
  }
  const value = { a: [], b: {}, c: [[1, 2], [{ d: null }]], e: true, f: -1.5, g: 1e21 };
  expect(readYaml(writeYaml(value)).value).toEqual(value);
});
