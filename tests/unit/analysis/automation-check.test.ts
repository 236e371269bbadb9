import { expect, test } from "vitest";
import { check, type Level } from "#src/analysis/automation-check/automation-check.ts";
import { toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { automation, call, WRONG } from "./automation-check-cases.ts";
import { checkedHome } from "./automation-check-home.ts";
import { RIGHT } from "./automation-check-right.ts";

const home = checkedHome();

const codes = async (raw: unknown, level: Level = "moderate") =>
  (await check(raw, home, { level })).problems.map((one) => one.code);

test("an automation that is right for the house passes without a word", async () => {
  const { problems, passed } = await check(
    automation({ conditions: [{ condition: "state", entity_id: "person.ann", state: "Work" }] }),
    home,
    { level: "strict" },
  );
  expect(problems).toEqual([]);
  expect(passed).toBe(true);
});

test.each(WRONG)("%s is told: %j", async (code, raw) => {
  expect(await codes(raw)).toContain(code);
});

test.each(RIGHT)("no false alarm: %s", async (_, raw) => {
  expect(await codes(raw)).toEqual([]);
});

test("the same danger warns when moderate and refuses when strict", async () => {
  const raw = call("lock.unlock", "lock.door");
  expect((await check(raw, home)).passed).toBe(true);
  expect((await check(raw, home, { level: "strict" })).passed).toBe(false);
});

test("a problem of a text says its line, where it is, and what would mend it", async () => {
  const text = [
    "alias: Hall",
    "triggers:",
    "  - trigger: state",
    "    entity_id: binary_sensor.door",
    '    to: "open"',
    "actions:",
    "  - action: light.turn_on",
    "    target:",
    "      entity_id: light.hallway_lamp",
  ].join("\n");
  const { problems } = await check(text, home);
  expect(problems).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        code: "types.never_that_state",
        line: 5,
        path: ["triggers", 0, "to"],
        fix: expect.objectContaining({ edits: [{ path: ["triggers", 0, "to"], value: "on" }] }),
      }),
      expect.objectContaining({ code: "references.unknown_entity", line: 9 }),
    ]),
  );
});

test("an entity given by its name is known, although the schema refuses it", async () => {
  const { problems, passed } = await check(call("light.turn_on", "Hall lamp"), home);
  expect(passed).toBe(false);
  const dead = problems.find((one) => one.code === "references.unknown_entity");
  expect(dead?.fix?.edits[0]).toMatchObject({ value: "light.hall_lamp" });
});

test("Home Assistant is asked last, and its answer points at the place", async () => {
  let asked: unknown;
  const refusing = async (config: unknown) => {
    asked = config;
    return {
      actions: {
        valid: false,
        error: "expected float for dictionary value @ data[0]['delay']. Got 'x'",
      },
    };
  };
  const raw = automation({ actions: [{ delay: "00:00:05" }] });
  const { problems, passed } = await check(raw, home, { validateConfig: refusing });
  expect(asked).toEqual({ triggers: raw.triggers, actions: raw.actions });
  expect(problems.at(-1)).toMatchObject({
    code: "home_assistant.refused",
    path: ["actions", 0, "delay"],
  });
  expect(passed).toBe(false);
});

test("Home Assistant is not asked about what is known to be wrong", async () => {
  let asked = false;
  const validateConfig = async () => {
    asked = true;
    return {};
  };
  await check(call("light.turn_on", "light.hal"), home, { validateConfig });
  expect(asked).toBe(false);
});

test("a script is checked like an automation, without triggers", async () => {
  const script = {
    alias: "Night",
    sequence: [{ action: "light.turn_off", target: { entity_id: "light.hal" } }],
  };
  const { problems } = await check(script, home, { kind: "script" });
  expect(problems.map((one) => one.code)).toEqual(["references.unknown_entity"]);
});

test("what is given to a blueprint is looked up in the house", async () => {
  const use = {
    alias: "Motion",
    use_blueprint: {
      path: "a/motion.yaml",
      input: { light: "light.hal", sensor: "binary_sensor.motion" },
    },
  };
  const { problems } = await check(use, home);
  expect(problems).toEqual([
    expect.objectContaining({
      code: "references.unknown_entity",
      path: ["use_blueprint", "input", "light"],
    }),
  ]);
});

test("a text that is no YAML is told with its line, and nothing else", async () => {
  const { problems, passed } = await check("alias: [", home);
  expect(passed).toBe(false);
  expect(problems.every((one) => one.stage === "syntax")).toBe(true);
});

test("a house that could not be asked is not a house without entities", async () => {
  const { problems } = await check(
    call("light.turn_on", "light.anything"),
    toSnapshot({ entities: [] }),
  );
  expect(problems).toEqual([]);
});

test("what a blueprint becomes with its inputs is checked, and what is missing is told", async () => {
  const blueprint = {
    blueprint: { name: "Timed", domain: "automation", input: { level: {}, lamp: {} } },
    triggers: [{ trigger: "time", at: "07:00:00" }],
    actions: [
      {
        action: "light.turn_on",
        target: { entity_id: { tag: "!input", value: "lamp" } },
        data: { brightness_pct: { tag: "!input", value: "level" } },
      },
    ],
  };
  const use = (input: object) => ({ alias: "A", use_blueprint: { path: "timed.yaml", input } });
  const codesOf = async (input: object) =>
    (await check(use(input), home, { blueprint })).problems.map((one) => one.code);
  expect(await codesOf({ lamp: "light.hall_lamp", level: 40 })).toEqual([]);
  expect(await codesOf({ lamp: "light.hall_lamp", level: 400 })).toContain(
    "types.cannot_out_of_range",
  );
  expect(await codesOf({ lamp: "light.hall_lamp" })).toContain("schema.missing_input");
});
