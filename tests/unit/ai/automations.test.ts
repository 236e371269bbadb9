import { expect, test } from "vitest";
import { createOverrides } from "#src/ai/automations/overrides.ts";
import { planOf } from "#src/ai/automations/plan.ts";
import { editFor, proposeCondition } from "#src/ai/automations/proposal.ts";
import { callToRestore } from "#src/ai/automations/restore.ts";
import { shorten } from "#src/ai/automations/shorten.ts";
import { diffOf, hashOf } from "#src/ai/automations/text.ts";
import { toBlueprint } from "#src/ai/automations/to-blueprint.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";

const house = {
  expand: ({
    entity_id,
    area_id,
  }: {
    readonly entity_id?: unknown;
    readonly area_id?: unknown;
  }) => [
    ...(Array.isArray(entity_id) ? entity_id.map(String) : []),
    ...(area_id ? ["light.hall", "lock.hall", "cover.garage"] : []),
  ],
  deviceClassOf: (id: string) => (id === "cover.garage" ? "garage" : undefined),
  membersOf: (id: string) => (id === "scene.movie" ? ["light.tv", "cover.blind"] : []),
};
const planned = (...actions: object[]) => planOf(JSON.parse(JSON.stringify({ actions })), house);

test("an area's lights are touched, not its lock", () => {
  const plan = planned({ action: "light.turn_off", target: { area_id: "hall" } });
  expect(plan.entityIds).toEqual(["light.hall"]);
  expect(plan.dangers).toEqual([]);
});

test.each([
  ["a lock", { action: "lock.unlock", target: { entity_id: "lock.door" } }, "lock"],
  ["a garage", { action: "cover.open_cover", target: { entity_id: "cover.garage" } }, "opening"],
  ["everything", { action: "light.turn_off", target: { entity_id: "all" } }, "everything"],
  ["a restart", { action: "homeassistant.restart" }, "system"],
  ["a shell command", { action: "shell_command.wipe" }, "system"],
  ["a boiler", { service: "water_heater.turn_on", entity_id: "water_heater.boiler" }, "heating"],
  [
    "what only a template knows",
    { action: "light.turn_on", target: { entity_id: "{{ x }}" } },
    "unknown_target",
  ],
  ["a script, whose actions stand elsewhere", { action: "script.good_night" }, "unknown_target"],
])("%s needs a second yes", (_what, action, kind) => {
  expect(planned(action).dangers).toMatchObject([{ kind }]);
});

test("a scene touches what it sets, in a branch as well", () => {
  const plan = planned({
    choose: [
      {
        conditions: [],
        sequence: [{ action: "scene.turn_on", target: { entity_id: "scene.movie" } }],
      },
    ],
  });
  expect(plan.entityIds).toEqual(["light.tv", "cover.blind"]);
  expect(plan.steps.at(-1)?.path).toEqual(["actions", 0, "choose", 0, "sequence", 0]);
});

test("what is disabled is not done", () => {
  expect(
    planned({ action: "lock.unlock", enabled: false, target: { entity_id: "lock.door" } }).steps,
  ).toEqual([]);
});

test("a test waits for nothing long, and repeats nothing without end", () => {
  const { sequence, at } = shorten(
    ["actions"],
    [
      { delay: "00:10:00" },
      { delay: 0.5 },
      { wait_for_trigger: [], timeout: { minutes: 5 } },
      { wait_template: "{{ x }}" },
      { repeat: { while: "{{ true }}", sequence: [{ delay: { hours: 1 } }] } },
      { repeat: { count: 2, sequence: [] } },
    ],
  );
  expect(sequence).toMatchObject([
    { delay: { seconds: 1 } },
    { delay: 0.5 },
    { timeout: { seconds: 2 } },
    { timeout: { seconds: 2 } },
    { repeat: { count: 1, sequence: [{ delay: { seconds: 1 } }] } },
    { repeat: { count: 2 } },
  ]);
  expect(at.map((path) => path.join("."))).toEqual([
    "actions.0.delay",
    "actions.2.timeout",
    "actions.3.timeout",
    "actions.4.repeat.sequence.0.delay",
    "actions.4.repeat",
  ]);
});

test("old names of keys are the same configuration, another value is not", () => {
  const old = { trigger: [], action: [{ service: "light.turn_on", data: { service: "x" } }] };
  const now = {
    actions: [{ action: "light.turn_on", data: { service: "x" } }],
    triggers: [],
    id: "5",
  };
  expect(hashOf(old)).toBe(hashOf(now));
  expect(hashOf({ ...now, mode: "single" })).not.toBe(hashOf(now));
});

test("a diff names lines that come and go", () => {
  expect(diffOf("a\nb\n", "a\nc\n")).toEqual([
    { kind: "same", text: "a\n", lines: 1 },
    { kind: "removed", text: "b\n", lines: 1 },
    { kind: "added", text: "c\n", lines: 1 },
  ]);
});

const change = (more: Partial<RecordedChange>): RecordedChange => ({
  id: 1,
  name: "Lamp",
  domain: "light",
  category: "lighting",
  entityId: "light.lamp",
  at: 0,
  kind: "state",
  newState: "on",
  cause: { kind: "automation", confidence: 1, by: "automation.night" },
  context: { id: "run" },
  ...more,
});
const undone = (...changes: Partial<RecordedChange>[]) => {
  const overrides = createOverrides();
  return changes.map((one) => overrides.take(change(one), (id) => id === "automation.night"));
};
const byHand = { kind: "physical", confidence: 1 } as const;

test("who switches off within five minutes what an automation switched on has undone it", () => {
  const [, override] = undone({}, { at: 290_000, newState: "off", cause: byHand });
  expect(override).toEqual({ contextId: "run", entityId: "light.lamp", at: 290_000, to: "off" });
});

test.each([
  ["six minutes later", { at: 360_000, newState: "off", cause: byHand }],
  ["to the same state", { at: 1_000, newState: "on", cause: byHand }],
  ["another light", { at: 1_000, newState: "off", cause: byHand, entityId: "light.other" }],
  [
    "by another automation",
    {
      at: 1_000,
      newState: "off",
      cause: { kind: "automation", confidence: 1, by: "automation.day" } as const,
    },
  ],
])("a change %s undoes nothing", (_when, second) => {
  expect(undone({}, second).at(-1)).toBeUndefined();
});

test("a light that reports anew after a restart undoes nothing, a person's tap on a screen does", () => {
  const echo = { kind: "restart_echo", confidence: 0.95 } as const;
  const isBack = { at: 100_000, kind: "availability", newState: "on", cause: echo } as const;
  const off = { at: 120_000, newState: "off", cause: byHand };
  expect(undone({}, isBack, off).at(-1)).toBeUndefined();
  expect(
    undone({}, isBack, { ...off, cause: { ...byHand, kind: "person_dashboard" } }).at(-1),
  ).toBeDefined();
  expect(undone({}, isBack, { ...off, at: 170_000 }).at(-1)).toBeDefined();
});

test("a run that is undone twice counts once", () => {
  const answers = undone(
    {},
    { at: 1_000, newState: "off", cause: byHand },
    { at: 2_000, newState: "on", cause: byHand },
  );
  expect(answers.filter(Boolean)).toHaveLength(1);
});

test("every kind of entity that an automation moves can be brought back by itself", () => {
  const back = (entityId: string, state: string, attributes = {}) =>
    callToRestore({ entityId, state, attributes });
  expect(back("light.lamp", "on", { brightness: 40 })).toMatchObject({
    action: "light.turn_on",
    data: { brightness: 40 },
  });
  expect(back("cover.blind", "open", { current_position: 30 })).toMatchObject({
    action: "cover.set_cover_position",
    data: { position: 30 },
  });
  expect(back("lock.door", "locked")).toMatchObject({ action: "lock.lock" });
  expect(back("media_player.tv", "paused")).toMatchObject({ action: "media_player.media_pause" });
  expect(back("input_number.level", "4.5")).toMatchObject({ data: { value: 4.5 } });
  expect(back("sensor.power", "12")).toBeUndefined();
});

test("two places that ask the same are one question of a blueprint", () => {
  const config = {
    alias: "Lamp",
    triggers: [{ trigger: "state", entity_id: "binary_sensor.door", for: "00:01:00" }],
    actions: [
      { action: "light.turn_on", target: { entity_id: ["light.lamp"] } },
      { action: "light.turn_off", target: { entity_id: ["light.lamp"] } },
    ],
  };
  const chosen = [
    { path: ["actions", 0, "target", "entity_id"], name: "Lamps" },
    { path: ["actions", 1, "target", "entity_id"], name: "Lamps" },
    { path: ["triggers", 0, "for"] },
  ];
  const blueprint = toBlueprint(config, { chosen, domain: "automation" });
  expect([...blueprint.inputs]).toMatchObject([
    [
      "lamps",
      {
        default: ["light.lamp"],
        selector: { entity: { filter: [{ domain: "light" }], multiple: true } },
      },
    ],
    ["triggers_1_for", { selector: { duration: {} } }],
  ]);
  expect(blueprint.body).toMatchObject({
    actions: [
      { target: { entity_id: { tag: "!input", value: "lamps" } } },
      { target: { entity_id: { tag: "!input", value: "lamps" } } },
    ],
  });
});

const at = (time: string, undone = false) => {
  const moment = Date.parse(`2026-09-01T${time}:00Z`);
  const overridden = { at: moment, entityId: "light.lamp", to: "off" };
  return { contextId: time, at: moment, ...(undone ? { overridden } : {}) };
};

test("what people undo at night, over midnight as well, is proposed as a condition against the night", () => {
  const runs = [at("23:40", true), at("00:20", true), at("01:05", true), at("12:00"), at("18:00")];
  const proposal = proposeCondition({ runs, config: {} }, "UTC");
  expect(proposal).toMatchObject({ from: "23:15", to: "01:30", keptAway: 3, keptAwayUnminded: 0 });
  expect(proposal?.condition).toEqual({ condition: "time", after: "01:30:00", before: "23:15:00" });
  if (!proposal) return;
  expect(editFor(proposal, { condition: { condition: "sun" } })).toEqual({
    path: ["condition"],
    value: [{ condition: "sun" }, proposal.condition],
  });
});

test.each([
  ["it happened only twice", [at("23:00", true), at("23:30", true)]],
  ["it happened all day long", [at("02:00", true), at("10:00", true), at("18:00", true)]],
  [
    "most runs at that time were liked",
    [
      at("23:00", true),
      at("23:10", true),
      at("23:20", true),
      at("23:05"),
      at("23:15"),
      at("23:25"),
    ],
  ],
])("nothing is proposed when %s", (_why, runs) => {
  expect(proposeCondition({ runs, config: {} }, "UTC")).toBeUndefined();
});

test("nothing is proposed for what is made of a blueprint: the condition would replace the blueprint's own", () => {
  const runs = [at("23:40", true), at("00:20", true), at("01:05", true)];
  expect(proposeCondition({ runs, config: {} }, "UTC")).toBeDefined();
  const config = { use_blueprint: { path: "a/b.yaml", input: {} } };
  expect(proposeCondition({ runs, config }, "UTC")).toBeUndefined();
});
