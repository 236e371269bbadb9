import { expect, test } from "vitest";
import { backTest, explain, toColumns, vary, whatIf } from "#src/analysis/replay/replay.ts";
import { automation, MONDAY, scripted } from "#support/past-world.ts";

const LIGHT = "light.hall";
const evening = automation({
  triggers: { trigger: "numeric_state", entity_id: "sensor.lux", below: 40 },
  conditions: { condition: "state", entity_id: "person.anna", state: "home" },
  actions: [{ action: "light.turn_on", target: { entity_id: LIGHT } }],
});
const initial = { "sensor.lux": "90", "person.anna": "home", [LIGHT]: "off" };

test("a run near which a person did the same is matched, what a person did alone is missed", () => {
  const past = scripted({
    initial,
    changes: [
      [1000, "sensor.lux", "39"],
      [1300, LIGHT, "on", {}, "physical"],
      [5000, LIGHT, "off", {}, "person_dashboard"],
      [20_000, LIGHT, "on", {}, "person_voice"],
    ],
  });
  const found = backTest(evening, past);
  expect(found).toMatchObject({ matched: 1, annoying: 0, idle: 0, unasked: 0, calls: 1 });
  expect(found.missed).toEqual([expect.objectContaining({ at: MONDAY + 20_000_000, to: "on" })]);
});

test("what a person undoes within five minutes would have annoyed, an integration's change would not", () => {
  const changes = (cause: "physical" | "integration") =>
    [
      [900, LIGHT, "on", {}, "automation"],
      [1000, "sensor.lux", "39"],
      [1120, LIGHT, "off", {}, cause],
    ] as const;
  const judged = (cause: "physical" | "integration") =>
    backTest(evening, scripted({ initial, changes: changes(cause) })).runs[0];
  expect(judged("physical")?.verdict).toBe("annoying");
  expect(judged("integration")?.verdict).toBe("idle");
  expect(judged("physical")?.machines).toEqual([expect.objectContaining({ cause: "automation" })]);
});

test("a light that was just switched off by hand is not to be switched on", () => {
  const changes = [
    [800, LIGHT, "on", {}, "automation"],
    [900, LIGHT, "off", {}, "physical"],
    [1000, "sensor.lux", "39"],
  ] as const;
  expect(backTest(evening, scripted({ initial, changes })).annoying).toBe(1);
});

test("what if the limit were another: the runs change with it", () => {
  const changes = [
    [1000, "sensor.lux", "39"],
    [2000, "sensor.lux", "90"],
    [3000, "sensor.lux", "25"],
  ] as const;
  const past = scripted({ initial, changes });
  const columns = toColumns(past.changes);
  const path = ["triggers", 0, "below"];
  const results = whatIf(evening, { path, values: [20, 30, 40] }, { past, columns, options: {} });
  expect(results.map(({ value, result }) => [value, result.runs.length])).toEqual([
    [20, 0],
    [30, 1],
    [40, 2],
  ]);
  expect(vary(evening, path, 20).triggers[0]).toMatchObject({ below: 20 });
  expect(evening.triggers[0]).toMatchObject({ below: 40 });
});

test("why not: the value, the limit, and when it would have run", () => {
  const changes = [
    [1000, "sensor.lux", "41"],
    [5000, "sensor.lux", "39"],
  ] as const;
  const why = explain(evening, scripted({ initial, changes }), { at: MONDAY + 2_000_000 });
  expect(why.run).toBeUndefined();
  expect(why.summary).toBe(
    "Nothing triggered it: sensor.lux is 41, it fires when it gets below 40.",
  );
  expect(why.next?.at).toBe(MONDAY + 5_000_000);
  expect(why.conditions).toEqual([
    { path: "condition/0", holds: true, words: "person.anna was home, it must be home" },
  ]);
});

test("why not: the condition that kept it from running, with its value", () => {
  const changes = [
    [500, "person.anna", "not_home"],
    [1000, "sensor.lux", "39"],
  ] as const;
  const why = explain(evening, scripted({ initial, changes }), { at: MONDAY + 1_010_000 });
  expect(why.summary).toBe(
    "It was triggered by numeric state of sensor.lux, but a condition did not hold: person.anna was not_home, it must be home.",
  );
  expect(why.refused).toHaveLength(1);
  expect(why.triggers[0]?.lastFiredAt).toBe(MONDAY + 1_000_000);
  expect(why.next).toBeUndefined();
});

test("why not: it was still running", () => {
  const slow = { ...evening, actions: automation({ actions: [{ delay: 3600 }] }).actions };
  const changes = [
    [1000, "sensor.lux", "39"],
    [1500, "sensor.lux", "80"],
    [2000, "sensor.lux", "39"],
  ] as const;
  const why = explain(slow, scripted({ initial, changes }), { at: MONDAY + 2_000_000 });
  expect(why.summary).toContain("it was still running");
});

test("why: the run that began at that moment", () => {
  const changes = [[1000, "sensor.lux", "39"]] as const;
  const why = explain(evening, scripted({ initial, changes }), { at: MONDAY + 1_000_000 });
  expect(why.summary).toBe("It ran: numeric state of sensor.lux.");
  expect(why.run?.steps?.map(({ path }) => path)).toEqual(["condition/0", "action/0"]);
});
