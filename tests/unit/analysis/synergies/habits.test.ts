import { expect, test } from "vitest";
import { days, find, homeOf, known, ofType, weekly } from "./made-home.ts";

const HOME = homeOf({
  "binary_sensor.hall_motion": { attributes: { device_class: "motion" } },
  "light.hall": {},
  "media_player.tv": { area: "kitchen", attributes: { supported_features: 384 } },
  "fan.kitchen": { area: "kitchen", attributes: { supported_features: 48 } },
  "light.kitchen": { area: "kitchen" },
});
const trace = { entityId: "binary_sensor.hall_motion", to: "on", isTrace: true };

/** The light is turned on after motion: on the first 20 days, not on the 8 after. */
const PAIR = known(
  {
    kind: "co_activation",
    trigger: trace,
    ...{ entityId: "light.hall", to: "on", withinMinutes: 2, delaySeconds: 10, scatterSeconds: 3 },
    entityIds: ["light.hall", "binary_sensor.hall_motion"],
  },
  { seenDays: days(0, 19), missedDays: days(20, 27) },
);

test("a light that is turned on by hand after motion is a pair, with the acts of a week that it would spare", () => {
  const [pair] = ofType({ home: HOME, patterns: [PAIR] }, "device_pair");
  expect(pair).toMatchObject({
    entityIds: ["binary_sensor.hall_motion", "light.hall"],
    areaId: "hall",
    edges: [{ from: "binary_sensor.hall_motion", to: "light.hall", joins: "sets_off" }],
    facts: { trigger: trace, action: { entityId: "light.hall", to: "on" } },
    measured: { n: 20, of: 28 },
  });
  expect(pair && weekly(pair)).toEqual({ acts: 5 });
  const [acts] = pair?.benefits ?? [];
  expect(acts).toMatchObject({ days: 28, daysWithSome: 20 });
  expect(acts?.perWeek.low).toBeGreaterThan(3);
  expect(acts?.perWeek.high).toBeLessThan(7);
});

test("a score is what its factors say", () => {
  const [pair] = ofType({ home: HOME, patterns: [PAIR] }, "device_pair");
  const { value, sure, worth, n, of, by } = pair?.score ?? {};
  expect({ n, of, by }).toEqual({ n: 20, of: 28, by: { kind: "acts", perWeek: 5, half: 7 } });
  expect(worth).toBeCloseTo(5 / 12);
  expect(sure).toBeCloseTo(0.5294, 3); // Wilson, 20 of 28
  expect(value).toBeCloseTo((sure ?? 0) * (worth ?? 0));
});

test("two parts of one device are no pair", () => {
  const home = homeOf({
    "binary_sensor.hall_motion": { device: "lamp", attributes: { device_class: "motion" } },
    "light.hall": { device: "lamp" },
  });
  expect(ofType({ home, patterns: [PAIR] }, "device_pair")).toEqual([]);
});

test("a group and a light in it are no pair", () => {
  const group = known(
    {
      kind: "co_activation",
      trigger: { entityId: "light.all", to: "on", isTrace: false },
      ...{ entityId: "light.hall", to: "on", withinMinutes: 2, delaySeconds: 1, scatterSeconds: 0 },
      entityIds: ["light.hall", "light.all"],
    },
    { seenDays: days(0, 19) },
  );
  const home = homeOf({
    "light.all": { attributes: { entity_id: ["light.hall"] } },
    "light.hall": {},
  });
  expect(ofType({ home, patterns: [group] }, "device_pair")).toEqual([]);
});

test("things of two rooms are a pair only when much speaks for it", () => {
  const across = (lift: number) =>
    known(
      {
        kind: "co_activation",
        trigger: trace,
        ...{ entityId: "light.kitchen", to: "on", withinMinutes: 2, delaySeconds: 1, lift },
        ...{ scatterSeconds: 0, entityIds: ["light.kitchen", trace.entityId] },
      },
      { seenDays: days(0, 19) },
    );
  expect(ofType({ home: HOME, patterns: [across(2)] }, "device_pair")).toEqual([]);
  expect(ofType({ home: HOME, patterns: [across(4)] }, "device_pair")).toHaveLength(1);
});

test("what cannot be done, or should not happen by itself, is proposed by nobody", () => {
  const unlocks = known(
    {
      kind: "co_activation",
      trigger: trace,
      ...{ entityId: "lock.front", to: "unlocked", withinMinutes: 2, delaySeconds: 1 },
      ...{ scatterSeconds: 0, entityIds: ["lock.front", trace.entityId] },
    },
    { seenDays: days(0, 19) },
  );
  const home = homeOf({ [trace.entityId]: {}, "lock.front": { state: "locked" } });
  expect(ofType({ home, patterns: [unlocks] }, "device_pair")).toEqual([]);
  const gone = homeOf({ [trace.entityId]: {} });
  expect(ofType({ home: gone, patterns: [PAIR] }, "device_pair")).toEqual([]);
});

const turnOn = (entityId: string) => ({
  ...{ action: `${entityId.split(".")[0]}.turn_on`, target: { entity_id: entityId } },
});

test.each([
  [
    "by the same trigger",
    {
      triggers: [{ trigger: "state", entity_id: "binary_sensor.hall_motion", to: "on" }],
      actions: [turnOn("light.hall")],
    },
  ],
  [
    "by waiting for it",
    {
      triggers: [{ trigger: "sun", event: "sunset" }],
      actions: [
        {
          wait_for_trigger: [
            { trigger: "state", entity_id: "binary_sensor.hall_motion", to: "on" },
          ],
        },
        turnOn("light.hall"),
      ],
    },
  ],
  [
    "by a blueprint",
    {
      use_blueprint: {
        path: "motion_light.yaml",
        input: { motion: "binary_sensor.hall_motion", light: { entity_id: "light.hall" } },
      },
    },
  ],
])("a pair that an automation joins already is left out: %s", (_, automation) => {
  const found = find({ home: HOME, patterns: [PAIR], automations: [automation] });
  expect(found).toMatchObject({ synergies: [], automated: 1 });
});

test("an automation that does something else keeps no pair from being found", () => {
  const other = {
    triggers: [{ trigger: "state", entity_id: "binary_sensor.hall_motion", to: "on" }],
    actions: [turnOn("fan.kitchen")],
  };
  const asked = { home: HOME, patterns: [PAIR], automations: [other] };
  expect(ofType(asked, "device_pair")).toHaveLength(1);
});

const step = (entityId: string, to: string, delaySeconds: number) => ({
  ...{ entityId, to, delaySeconds, isTrace: false, scatterSeconds: 2 },
});
const CHAIN = known(
  {
    kind: "sequence",
    entityIds: ["media_player.tv", "light.kitchen", "fan.kitchen"],
    steps: [
      step("media_player.tv", "on", 0),
      step("light.kitchen", "off", 30),
      step("fan.kitchen", "on", 40),
    ],
  },
  { seenDays: days(0, 13) },
);

test("three that are done in a row are a chain, and spare all but the first", () => {
  const [chain] = ofType({ home: HOME, patterns: [CHAIN] }, "device_chain");
  expect(chain?.edges.map(({ from, to }) => [from, to])).toEqual([
    ["media_player.tv", "light.kitchen"],
    ["light.kitchen", "fan.kitchen"],
  ]);
  expect(chain && weekly(chain)).toEqual({ acts: 7 }); // 14 days, two acts each, in four weeks
  const alone = homeOf({ "media_player.tv": {}, "light.kitchen": {} });
  expect(ofType({ home: alone, patterns: [CHAIN] }, "device_chain")).toEqual([]);
});

test("a chain that an automation goes through already is left out", () => {
  const automation = {
    triggers: [{ trigger: "state", entity_id: "media_player.tv", to: "on" }],
    actions: [
      { action: "light.turn_off", target: { entity_id: "light.kitchen" } },
      turnOn("fan.kitchen"),
    ],
  };
  const asked = { home: HOME, patterns: [CHAIN], automations: [automation] };
  expect(ofType(asked, "device_chain")).toEqual([]);
});

const SCENE = known(
  {
    kind: "room_based",
    entityIds: ["light.kitchen", "fan.kitchen"],
    areaId: "kitchen",
    members: [
      { entityId: "light.kitchen", to: "on", share: 1 },
      { entityId: "fan.kitchen", to: "on", share: 0.5 },
    ],
    withinMinutes: 10,
  },
  { seenDays: days(0, 27) },
);

test("what is set together in a room could be one scene, which spares what is set beside the first", () => {
  const [scene] = ofType({ home: HOME, patterns: [SCENE] }, "scene");
  expect(scene).toMatchObject({
    areaId: "kitchen",
    edges: [{ from: "light.kitchen", to: "fan.kitchen", joins: "with" }],
  });
  expect(scene && weekly(scene)).toEqual({ acts: 3.5 });
});

test.each([
  [
    "scene",
    {
      scenes: [{ id: "1", name: "Cook", entities: { "light.kitchen": "on", "fan.kitchen": "on" } }],
    },
  ],
  ["script", { scripts: [{ sequence: [turnOn("light.kitchen"), turnOn("fan.kitchen")] }] }],
])("a scene for which there is a %s is left out", (_, standing) => {
  expect(ofType({ home: HOME, patterns: [SCENE], ...standing }, "scene")).toEqual([]);
});

test("a pair that is part of a scene is told with the scene", () => {
  const pair = known(
    {
      kind: "co_activation",
      trigger: { entityId: "light.kitchen", to: "on", isTrace: false },
      ...{ entityId: "fan.kitchen", to: "on", withinMinutes: 5, delaySeconds: 60 },
      ...{ scatterSeconds: 9, entityIds: ["fan.kitchen", "light.kitchen"] },
    },
    { seenDays: days(0, 19) },
  );
  expect(ofType({ home: HOME, patterns: [pair] }, "device_pair")).toHaveLength(1);
  expect(ofType({ home: HOME, patterns: [pair, SCENE] }, "device_pair")).toEqual([]);
});

test("each order in which a scene is set is told with the scene", () => {
  const members = ["light.kitchen", "fan.kitchen", "media_player.tv"].map((entityId) => ({
    ...{ entityId, to: "on", share: 1 },
  }));
  const entityIds = members.map(({ entityId }) => entityId);
  const scene = known(
    { kind: "room_based", entityIds, areaId: "kitchen", members, withinMinutes: 10 },
    { seenDays: days(0, 27) },
  );
  const row = known(
    { kind: "sequence", entityIds, steps: entityIds.map((one, n) => step(one, "on", n * 30)) },
    { seenDays: days(0, 9) },
  );
  expect(ofType({ home: HOME, patterns: [row] }, "device_chain")).toHaveLength(1);
  expect(ofType({ home: HOME, patterns: [row, scene] }, "device_chain")).toEqual([]);
});

test("what fades or ended is no synergy any more", () => {
  const ended = { ...PAIR, status: "ended" as const };
  expect(find({ home: HOME, patterns: [ended] }).synergies).toEqual([]);
});

test("the same thing has the same id in every run, and another thing another one", () => {
  const ids = () =>
    find({ home: HOME, patterns: [PAIR, CHAIN, SCENE] }).synergies.map(({ id }) => id);
  expect(ids()).toEqual(ids());
  expect(new Set(ids()).size).toBe(3);
});

test("without patterns it is said that they are missing", () => {
  expect(find({ home: HOME }).missing).toEqual(
    expect.arrayContaining([
      { type: "device_pair", needs: "patterns" },
      { type: "scene", needs: "patterns" },
    ]),
  );
});
