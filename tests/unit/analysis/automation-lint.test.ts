import { expect, test } from "vitest";
import { lint, RULES, toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import { type Case, HOUSE_CASES } from "./automation-lint-cases.ts";
import {
  at,
  both,
  DAY_MS,
  houseParts,
  morning,
  NOW,
  off,
  on,
  only,
  type Parts,
  stored,
  when,
} from "./automation-lint-houses.ts";
import { TEXT_CASES } from "./automation-lint-text-cases.ts";

const CASES: Readonly<Record<string, Case>> = { ...HOUSE_CASES, ...TEXT_CASES };

const findings = (parts: Parts) => lint(toLintedHouse(houseParts(parts)));
const codes = (parts: Parts) => findings(parts).map((one) => one.code);

test("there are at least 25 rules, each with its own code, a sentence about it, and two houses to show it", () => {
  expect(RULES.length).toBeGreaterThanOrEqual(25);
  expect(new Set(RULES.map((rule) => rule.code)).size).toBe(RULES.length);
  expect(RULES.map((rule) => rule.code).sort()).toEqual(Object.keys(CASES).sort());
  for (const rule of RULES) expect(rule.about).toMatch(/\.$/);
});

test.each(Object.entries(CASES))(
  "%s speaks where it should and nowhere else",
  (code, { fires, silent }) => {
    expect(codes(fires)).toContain(code);
    expect(codes(silent)).not.toContain(code);
  },
);

test("a quiet house has nothing to say", () => {
  expect(codes(only(morning))).toEqual([]);
  expect(codes({ automations: [] })).toEqual([]);
});

test("a conflict names both automations, when it happens, and in which order", () => {
  const parts = both(morning, {
    triggers: at("07:00:00"),
    actions: [{ delay: 2 }, off("light.hall")],
  });
  const found = findings(parts).find((one) => one.code === "lint.opposite_actions");
  expect(found?.about).toEqual(["automation.one", "automation.other"]);
  expect(found?.message).toContain("When it is 07:00");
  expect(found?.message).toContain('at once one sets it to "on", after 2 s other sets it to "off"');
});

test.each([
  [
    "a delay that ends when the other begins",
    { triggers: at("21:30:00"), actions: [{ delay: { minutes: 30 } }, off("light.hall")] },
    { triggers: at("22:00:00"), actions: [on("light.hall")] },
    [
      "When it is 22:00",
      'one sets it to "off" 30 min after it began at 21:30, other sets it to "on" at 22:00; both at once',
    ],
  ],
  [
    "two times before one sunset",
    {
      triggers: [{ trigger: "sun", event: "sunset", offset: "-00:10:00" }],
      actions: [{ delay: { minutes: 10 } }, off("light.hall")],
    },
    { triggers: [{ trigger: "sun", event: "sunset" }], actions: [on("light.hall")] },
    ["When it is sunset", 'at once one sets it to "off", at once other sets it to "on"'],
  ],
  [
    "a wait in the trigger and one in the actions",
    {
      triggers: [{ trigger: "state", entity_id: "binary_sensor.door", to: "on", for: "00:05:00" }],
      actions: [off("light.hall")],
    },
    {
      triggers: when("binary_sensor.door", "on"),
      actions: [{ delay: { minutes: 5, seconds: 3 } }, on("light.hall")],
    },
    ['`binary_sensor.door` becomes "on"', 'after 5 min one sets it to "off", after 303 s other'],
  ],
])("a conflict is seen without any history: %s", (_, one, other, words) => {
  const found = findings(both(one, other)).find(({ code }) => code === "lint.opposite_actions");
  for (const said of words) expect(found?.message).toContain(said);
});

test("what ends at another time than the other begins is no conflict, and so is another day", () => {
  const late = { triggers: at("22:00:00"), actions: [on("light.hall")] };
  const delayed = (minutes: number) => ({
    triggers: at("21:30:00"),
    actions: [{ delay: { minutes } }, off("light.hall")],
  });
  const onDay = (weekday: string, one: { triggers: object[] }) => ({
    ...one,
    triggers: one.triggers.map((trigger) => ({ ...trigger, weekday: [weekday] })),
  });
  expect(codes(both(delayed(29), late))).not.toContain("lint.opposite_actions");
  expect(codes(both(onDay("mon", delayed(30)), onDay("tue", late)))).not.toContain(
    "lint.opposite_actions",
  );
});

test("two automations that exclude each other by their conditions do not conflict", () => {
  const guests = (state: string) => [
    { condition: "state", entity_id: "input_boolean.guests", state },
  ];
  const parts = both(
    { ...morning, conditions: guests("on") },
    { triggers: at("07:00:00"), conditions: guests("off"), actions: [off("light.hall")] },
  );
  expect(codes(parts)).not.toContain("lint.opposite_actions");
});

test("a ring of automations is told with its way", () => {
  const found = findings(HOUSE_CASES["lint.mutual_triggering"]?.fires ?? {}).find(
    (one) => one.code === "lint.mutual_triggering",
  );
  expect(found?.facts?.ring).toBe("automation.a > automation.b > automation.c > automation.d");
});

test("conflicts are seen through scripts and scenes", () => {
  const parts: Parts = {
    automations: [
      stored("one", morning),
      stored("other", { triggers: at("07:00:00"), actions: [{ action: "script.quiet" }] }),
    ],
    scripts: [
      {
        entityId: "script.quiet",
        config: {
          alias: "Quiet",
          sequence: [{ action: "scene.turn_on", target: { entity_id: "scene.dark" } }],
        },
      },
    ],
    scenes: [
      { entityId: "scene.dark", config: { name: "Dark", entities: { "light.hall": "off" } } },
    ],
  };
  expect(codes(parts)).toContain("lint.opposite_actions");
});

test("a device that a template looks up by its name is not hard-coded, one by its id is", () => {
  const asked = (device: string) =>
    only({
      triggers: at("07:00:00"),
      actions: [{ delay: `{{ device_entities('${device}') | count }}` }],
    });
  expect(codes(asked("d1"))).toContain("lint.hard_coded_device");
  expect(codes(asked("Hall lamp"))).not.toContain("lint.hard_coded_device");
});

test("old words are migrated by edits, the innermost first", () => {
  const found = findings(TEXT_CASES["lint.old_keys"]?.fires ?? {}).find(
    (one) => one.code === "lint.old_keys",
  );
  expect(found?.fix?.edits).toEqual([
    { path: ["trigger", 0, "platform"], renameTo: "trigger" },
    { path: ["action", 0, "service"], renameTo: "action" },
    { path: ["trigger"], renameTo: "triggers" },
    { path: ["action"], renameTo: "actions" },
  ]);
});

test("a Home Assistant that does not know the new words is not given them", () => {
  const parts = houseParts(TEXT_CASES["lint.old_keys"]?.fires ?? {});
  const house = toLintedHouse({ ...parts, home: { ...parts.home, version: "2023.10.0" } });
  expect(lint(house).map((one) => one.code)).not.toContain("lint.old_keys");
});

test("mireds become kelvin", () => {
  const actions = [
    {
      action: "light.turn_on",
      target: { entity_id: "light.hall_lamp" },
      data: { color_temp: 370 },
    },
  ];
  const found = findings(only({ triggers: when("binary_sensor.door", "on"), actions })).find(
    (one) => one.code === "lint.old_light_fields",
  );
  expect(found?.fix?.edits[0]).toEqual({ path: ["actions", 0, "data", "color_temp"], value: 2703 });
});

test("what cannot be read keeps its place, and the rest is still looked at", () => {
  const parts: Parts = {
    automations: [
      stored("broken", { triggers: 5 }),
      stored("one", { actions: [] }, { state: "unavailable" }),
    ],
  };
  expect(codes(parts)).toContain("lint.unavailable_automation");
});

test("triggers of one purpose are understood as what they wait for", () => {
  const turned = (key: string) => [{ trigger: key, target: { entity_id: "switch.pump" } }];
  const parts = both(
    { triggers: turned("switch.turned_on"), actions: [on("light.hall")] },
    { triggers: when("switch.pump", "on"), actions: [off("light.hall")] },
  );
  expect(codes(parts)).toContain("lint.opposite_actions");
});

test("what is made of a blueprint takes part in conflicts", () => {
  const blueprint = {
    blueprint: { name: "Off", domain: "automation", input: { lamp: {} } },
    triggers: at("07:00:00"),
    actions: [
      { action: "light.turn_off", target: { entity_id: { tag: "!input", value: "lamp" } } },
    ],
  };
  const use = { use_blueprint: { path: "off.yaml", input: { lamp: "light.hall" } } };
  const parts: Parts = {
    automations: [
      stored("one", morning),
      { entityId: "automation.two", config: { alias: "two", ...use }, blueprint },
    ],
  };
  expect(codes(parts)).toContain("lint.opposite_actions");
});

test("what waits for trouble is never forgotten, and what heats only after more than a year", () => {
  const { home: checked } = houseParts({});
  const door = checked.entities.get("binary_sensor.door");
  if (!door) throw new Error("the checked home has a door");
  const entityId = "binary_sensor.cellar_leak";
  const leaks = { ...door, entityId, attributes: { device_class: "moisture" } };
  const home = { ...checked, entities: new Map([...checked.entities, [entityId, leaks]]) };
  const codesAfter = (days: number, config: Record<string, unknown>) => {
    const facts = { state: "on", lastTriggeredAt: NOW - days * DAY_MS };
    return lint(toLintedHouse({ ...houseParts(only(config, facts)), home })).map(
      ({ code }) => code,
    );
  };
  const leak = { triggers: when(entityId, "on"), actions: [off("switch.pump")] };
  const heating = {
    triggers: when("binary_sensor.office_window", "on"),
    actions: [off("climate.office")],
  };
  expect(codesAfter(700, leak)).not.toContain("lint.never_fired");
  expect(codesAfter(300, heating)).not.toContain("lint.never_fired");
  expect(codesAfter(700, heating)).toContain("lint.never_fired");
  expect(codesAfter(300, morning)).toContain("lint.never_fired");
});
