import { expect, test } from "vitest";
import { MONDAY } from "#support/past-world.ts";
import { go, PRESS, play } from "#support/replayed.ts";

type Raw = Readonly<Record<string, unknown>>;

const THEN = "then";
const call = (entityId: string, action = "light.turn_on", data: Raw = {}) => ({
  ...{ action, data, target: { entity_id: entityId } },
});
test("actions come one after the other, and a delay takes its time", () => {
  const actions = [call("light.a"), { delay: "00:00:30" }, call("light.b")];
  expect(play([{ actions }]).calls).toEqual([
    [10, "light.turn_on light.a"],
    [40, "light.turn_on light.b"],
  ]);
});

const slow = [call("light.a"), { delay: 60 }, call("light.b")];

test("single: what triggers while it runs is refused", () => {
  const { outcomes } = play([{ actions: slow }], { changes: go(10, 20, 100) });
  expect(outcomes).toEqual(["ran", "single_refused", "ran"]);
});

test("restart: what runs is ended and begun anew", () => {
  const { outcomes, calls } = play([{ actions: slow, mode: "restart" }], { changes: go(10, 20) });
  expect(outcomes).toEqual(["restarted", "ran"]);
  expect(calls.at(-1)).toEqual([80, "light.turn_on light.b"]);
});

test("queued: one waits for the other, and more than max are refused", () => {
  const raw = { actions: slow, mode: "queued", max: 2 };
  const { outcomes, calls } = play([raw], { changes: go(10, 20, 30) });
  expect(outcomes).toEqual(["ran", "ran", "max_refused"]);
  expect(calls.map(([at]) => at)).toEqual([10, 70, 70, 130]);
});

test("parallel: they run beside each other", () => {
  const raw = { actions: slow, mode: "parallel", max: 2 };
  const { outcomes, calls } = play([raw], { changes: go(10, 20, 30) });
  expect(outcomes).toEqual(["ran", "ran", "max_refused"]);
  expect(calls.map(([at]) => at)).toEqual([10, 20, 70, 80]);
});

test("what still runs when the recorded time ends is unfinished", () => {
  expect(play([{ actions: slow }], { end: MONDAY + 30_000 }).outcomes).toEqual(["unfinished"]);
});

test("a condition that does not hold keeps it from running, and says its values", () => {
  const conditions = [
    { condition: "numeric_state", entity_id: "sensor.lux", below: 40 },
    { condition: "state", entity_id: "light.a", state: "off" },
  ];
  const initial = { "sensor.lux": "41", "light.a": "off" };
  const { runs } = play(
    [{ conditions, actions: [call("light.a")] }],
    { initial },
    { detail: true },
  );
  expect(runs[0]).toMatchObject({ outcome: "conditions_failed", calls: [] });
  expect(runs[0]?.steps).toEqual([
    expect.objectContaining({
      path: "condition/0",
      result: { result: false },
      words: "sensor.lux is 41, it must be below 40",
    }),
  ]);
});

test("which trigger it was decides what is done", () => {
  const triggers = [
    { ...PRESS, to: "on", id: "press" },
    { ...PRESS, to: "off", id: "release" },
  ];
  const actions = [
    {
      choose: [
        { conditions: { condition: "trigger", id: "press" }, sequence: [call("light.press")] },
        { conditions: { condition: "trigger", id: "release" }, sequence: [call("light.release")] },
      ],
      default: [call("light.never")],
    },
  ];
  expect(play([{ triggers, actions }], { changes: go(10, 20) }).calls).toEqual([
    [10, "light.turn_on light.press"],
    [20, "light.turn_on light.release"],
  ]);
});

test("if, then and else; a condition within ends only its own sequence", () => {
  const isOn = { condition: "state", entity_id: "light.a", state: "on" };
  const initial = { "light.a": "off" };
  const actions = [
    {
      if: [isOn],
      [THEN]: [call("light.then")],
      else: [call("light.else"), isOn, call("light.no")],
    },
    call("light.after"),
    isOn,
    call("light.never"),
  ];
  const { calls, outcomes } = play([{ actions }], { initial });
  expect(calls.map(([, words]) => words)).toEqual([
    "light.turn_on light.else",
    "light.turn_on light.after",
  ]);
  expect(outcomes).toEqual(["aborted"]);
});

test("repeat: a number of times, for each of a list, while and until", () => {
  const count = { repeat: { count: 2, sequence: [call("light.a"), { delay: 5 }] } };
  expect(play([{ actions: [count] }]).calls.map(([at]) => at)).toEqual([10, 15]);
  const until = {
    repeat: {
      until: { condition: "state", entity_id: "counter.n", state: "3" },
      sequence: [call("counter.n", "counter.increment")],
    },
  };
  const initial = { "counter.n": "0" };
  const simulated = { effects: "simulated" } as const;
  expect(play([{ actions: [until] }], { initial }, simulated).calls).toHaveLength(3);
  const whileLess = {
    repeat: {
      while: { condition: "numeric_state", entity_id: "counter.n", below: 2 },
      sequence: [call("counter.n", "counter.increment")],
    },
  };
  expect(play([{ actions: [whileLess] }], { initial }, simulated).calls).toHaveLength(2);
});

test("branches in parallel do not wait for each other, what follows waits for all", () => {
  const actions = [
    {
      parallel: [
        [{ delay: 20 }, call("light.slow")],
        [{ delay: 5 }, call("light.fast")],
      ],
    },
    call("light.after"),
  ];
  expect(play([{ actions }]).calls).toEqual([
    [15, "light.turn_on light.fast"],
    [30, "light.turn_on light.slow"],
    [30, "light.turn_on light.after"],
  ]);
});

test("it waits for a trigger, or until the time is over", () => {
  const wait = {
    wait_for_trigger: { trigger: "state", entity_id: "binary_sensor.m", to: "off" },
    timeout: 60,
  };
  const actions = [wait, call("light.a", "light.turn_off")];
  const initial = { "binary_sensor.m": "on" };
  const off = [...go(10), [25, "binary_sensor.m", "off"] as const];
  expect(play([{ actions }], { initial, changes: off }).calls[0]?.[0]).toBe(25);
  expect(play([{ actions }], { initial }).calls[0]?.[0]).toBe(70);
  const strict = [{ ...wait, continue_on_timeout: false }, call("light.a")];
  expect(play([{ actions: strict }], { initial }).outcomes).toEqual(["aborted"]);
});

test("it waits until a template is true, and not at all when it is already", () => {
  const wait = { wait_template: "{{ is_state('light.b', 'on') }}", timeout: 60 };
  const actions = [wait, call("light.a")];
  const initial = { "light.b": "off" };
  const changes = [...go(10), [30, "light.b", "on"] as const];
  expect(play([{ actions }], { initial, changes }).calls[0]?.[0]).toBe(30);
  expect(play([{ actions }], { initial: { "light.b": "on" } }).calls[0]?.[0]).toBe(10);
});

test("stop ends the run, with an error it counts as aborted", () => {
  const actions = [{ if: [], [THEN]: [{ stop: "enough" }] }, call("light.never")];
  expect(play([{ actions }])).toMatchObject({ outcomes: ["ran"], calls: [] });
  expect(play([{ actions: [{ stop: "bad", error: true }] }]).outcomes).toEqual(["aborted"]);
});

test("in a simulated house what one automation does can trigger another", () => {
  const second = {
    triggers: { trigger: "state", entity_id: "light.a", to: "on" },
    actions: [call("light.b")],
  };
  const raws = [{ actions: [call("light.a")] }, second];
  const initial = { "light.a": "off", "light.b": "off" };
  expect(play(raws, { initial }).calls).toHaveLength(1);
  expect(play(raws, { initial }, { effects: "simulated" }).calls).toEqual([
    [10, "light.turn_on light.a"],
    [10, "light.turn_on light.b"],
  ]);
});

test("one that starts itself without end is cut off, and that is said", () => {
  const again = {
    triggers: { trigger: "state", entity_id: "input_boolean.go", to: null },
    actions: [call("input_boolean.go", "input_boolean.toggle")],
  };
  const { cannot } = play([again], {}, { effects: "simulated" });
  expect(cannot.map(({ why }) => why)).toEqual([
    "it starts itself, or others that start it, without end; this was cut off",
  ]);
});

test("a call says what it would have changed, by the states of that moment", () => {
  const actions = [call("light.a", "light.toggle"), call("cover.b", "cover.close_cover")];
  const initial = { "light.a": "on", "cover.b": "open" };
  const { runs } = play([{ actions }], { initial });
  expect(runs[0]?.calls.flatMap(({ effects }) => effects)).toEqual([
    { entityId: "light.a", from: "on", to: "off" },
    { entityId: "cover.b", from: "open", to: "closed" },
  ]);
});

test("an area means its lights, without those that only configure something", () => {
  const entities = [
    { entityId: "light.one", areaId: "hall" },
    { entityId: "light.led", areaId: "hall", category: "config" },
    { entityId: "switch.two", areaId: "hall" },
  ];
  const actions = [{ action: "light.turn_on", target: { area_id: "hall" } }];
  expect(play([{ actions }], { house: { entities } }).calls).toEqual([
    [10, "light.turn_on light.one"],
  ]);
});

test("the same past gives the same runs", () => {
  const raws = [{ actions: slow, mode: "parallel" }];
  const script = { changes: go(10, 20, 30, 40) };
  expect(play(raws, script)).toEqual(play(raws, script));
});

test("an action that nobody knows is noted, and that its effect is unknown is said", () => {
  const { calls, cannot } = play([{ actions: [call("x.y", "vendor.magic")] }]);
  expect(calls).toHaveLength(1);
  expect(cannot).toEqual([
    { automation: 0, path: "actions/0", why: "what vendor.magic changes is not known" },
  ]);
});
