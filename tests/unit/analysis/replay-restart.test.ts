import { expect, test } from "vitest";
import { backTest } from "#src/analysis/replay/replay.ts";
import { automation, scripted } from "#support/past-world.ts";
import { firedAt, go, play } from "#support/replayed.ts";

/** What a house tells when Home Assistant comes back, over four seconds. */
const back = (at: number) =>
  ["a", "b", "c", "d"].map(
    (name, n) => [at + n, `sensor.${name}`, "1", {}, "restart_echo"] as const,
  );
const inOrder = <T extends readonly [number, ...unknown[]]>(changes: readonly T[]) =>
  changes.toSorted(([one], [other]) => one - other);

test("what has to hold for a time begins anew after a restart, and is not waited for", () => {
  const trigger = { trigger: "state", entity_id: "light.hall", to: "on", for: 60 };
  const initial = { "light.hall": "off" };
  const on = [10, "light.hall", "on"] as const;
  expect(firedAt(trigger, { initial, changes: [on] })).toEqual([70]);
  expect(firedAt(trigger, { initial, changes: [on, ...back(50)] })).toEqual([]);
});

test("a run ends with Home Assistant, what it still had to do is not done", () => {
  const actions = [
    { action: "light.turn_on", target: { entity_id: "light.a" } },
    { delay: 60 },
    { action: "light.turn_off", target: { entity_id: "light.a" } },
  ];
  const { calls, runs } = play([{ actions, mode: "queued" }], {
    changes: inOrder([...go(10, 20, 100), ...back(50)]),
  });
  expect(calls).toEqual([
    [10, "light.turn_on light.a"],
    [100, "light.turn_on light.a"],
    [160, "light.turn_off light.a"],
  ]);
  expect(runs.slice(0, 2)).toEqual([
    expect.objectContaining({ outcome: "unfinished", why: "Home Assistant was restarted" }),
    expect.objectContaining({ outcome: "unfinished", why: "Home Assistant was restarted" }),
  ]);
});

test("nothing is heard while Home Assistant comes up; a number that is past its limit by then has to come back", () => {
  const initial = { "sensor.t": "20", "light.hall": "off" };
  const light = { trigger: "state", entity_id: "light.hall", to: "on" };
  const during = [51.5, "light.hall", "on", {}, "restart_echo"] as const;
  expect(firedAt(light, { initial, changes: inOrder([...back(50), during]) })).toEqual([]);
  const warm = { trigger: "numeric_state", entity_id: "sensor.t", above: 25 };
  const rose = [52.5, "sensor.t", "30", {}, "restart_echo"] as const;
  const later = [
    [90, "sensor.t", "31"],
    [100, "sensor.t", "20"],
    [110, "sensor.t", "30"],
  ] as const;
  const changes = inOrder([...back(50), rose, ...later]);
  expect(firedAt(warm, { initial, changes })).toEqual([110]);
});

test("the event of the start is heard like the trigger", () => {
  const started = { trigger: "event", event_type: "homeassistant_started" };
  expect(firedAt(started, { changes: back(50) })).toEqual([53.001]);
});

test("a light that reports anew after a restart was nobody's objection", () => {
  const evening = automation({
    triggers: { trigger: "numeric_state", entity_id: "sensor.lux", below: 40 },
    actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
  });
  const initial = { "sensor.lux": "90", "light.hall": "off" };
  const dark = [1000, "sensor.lux", "39"] as const;
  const on = [1000, "light.hall", "on", {}, "automation"] as const;
  const off = (at: number, cause: "physical" | "person_dashboard") =>
    [at, "light.hall", "off", {}, cause] as const;
  const annoying = (changes: NonNullable<Parameters<typeof scripted>[0]["changes"]>) =>
    backTest(evening, scripted({ initial, changes })).annoying;
  expect(annoying([dark, on, off(1110, "physical")])).toBe(1);
  expect(annoying([dark, on, ...back(1100), off(1110, "physical")])).toBe(0);
  expect(annoying([dark, on, ...back(1100), off(1110, "person_dashboard")])).toBe(1);
  expect(annoying([dark, on, ...back(1100), off(1200, "physical")])).toBe(1);
});
