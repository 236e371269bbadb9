import { expect, test } from "vitest";
import { type Edit, editYaml } from "#src/home/automation/automation.ts";
import { errorsIn, read } from "./automation-reading.ts";

test("a key that is misspelt is named with its line, and its right name is offered", () => {
  const yaml = "alias: Door\ntrigers:\n  - trigger: time\n    at: '07:00'\nactions: []\n";
  const [missing, unknown] = errorsIn(yaml).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  expect(missing).toMatchObject({ code: "schema.missing_key", path: ["triggers"] });
  expect(unknown).toMatchObject({
    code: "schema.unknown_key",
    path: ["trigers"],
    line: 2,
    fix: { edits: [{ path: ["trigers"], renameTo: "triggers" }] },
  });
});

test.each([
  ["for: 5m", ["for"], "00:05:00"],
  ["for: half an hour", ["for"], undefined],
  ["to: on", ["to"], "on"],
  ["to: 5", ["to"], "5"],
])("`%s` of a state trigger is refused, and what was meant is offered", (line, key, meant) => {
  const [error] = errorsIn(
    `triggers:\n  - trigger: state\n    entity_id: light.a\n    ${line}\nactions: []\n`,
  );
  expect(error?.path).toEqual(["triggers", 0, ...key]);
  expect(error?.fix?.edits).toEqual(
    meant === undefined ? undefined : [{ path: ["triggers", 0, ...key], value: meant }],
  );
});

test("a time that is not quoted is a number for YAML, and the time is offered", () => {
  const [error] = errorsIn("triggers:\n  - trigger: time\n    at: 12:30\nactions: []\n");
  expect(error).toMatchObject({
    code: "schema.invalid_time",
    fix: { edits: [{ value: "12:30" }] },
  });
  expect(errorsIn("triggers:\n  - trigger: time\n    at: 07:30\nactions: []\n")).toEqual([]);
});

test("every fix that is certain mends what it is offered for", () => {
  const broken = `
triggers:
  - trigger: state # at the door
    entity_id: binary_sensor.door
    to: on
    for: { minute: 5 }
  - trigger: time
    at: 22:00:00
conditions:
  - condition: time
    weekday: [monday, tue]
actions:
  - action: light turn on
    target: { entities: light.hall }
    data:
  - delay: 1h 30m
`;
  const edits = errorsIn(broken).flatMap(({ fix }) => fix?.edits ?? []) as Edit[];
  const mended = editYaml(broken, edits);
  expect(errorsIn(mended)).toEqual([]);
  expect(mended).toContain("- trigger: state # at the door");
  expect(read(mended).actions).toMatchObject([
    { action: "light.turn_on" },
    { delay: { ms: 5_400_000 } },
  ]);
});

test("what stands beside a call is moved to where it belongs, and the missing domain is that of the entities", () => {
  const yaml = `
triggers: []
actions:
  - action: turn_on # dim
    target:
      entity_id: light.hall
    brightness_pct: 20
    transition: 2
    area_id: kitchen
`;
  const mended = editYaml(yaml, errorsIn(yaml).flatMap(({ fix }) => fix?.edits ?? []) as Edit[]);
  expect(mended).toContain("- action: light.turn_on # dim");
  expect(read(mended).actions).toMatchObject([
    {
      action: "light.turn_on",
      target: { entityIds: ["light.hall"], areaIds: ["kitchen"] },
      data: { brightness_pct: 20, transition: 2 },
    },
  ]);
});
