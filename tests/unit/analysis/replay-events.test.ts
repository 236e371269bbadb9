import { expect, test } from "vitest";
import { firedAt, play, whyNot } from "#support/replayed.ts";

const timer = (name: string, rest = {}) => ({
  ...{ trigger: "event", event_type: `timer.${name}` },
  event_data: { entity_id: "timer.kitchen" },
  ...rest,
});
const NOON = "2026-01-12T00:05:00+00:00";
const initial = { "timer.kitchen": ["idle", {}], "timer.other": "idle" } as const;

test("events of timers are told by their states", () => {
  const changes = [
    [10, "timer.kitchen", "active", { last_transition: "started", finishes_at: NOON }],
    [20, "timer.kitchen", "paused", { last_transition: "paused", finishes_at: null }],
    [30, "timer.kitchen", "active", { last_transition: "restarted", finishes_at: NOON }],
    [40, "timer.kitchen", "idle", { last_transition: "finished", finishes_at: null }],
    [50, "timer.other", "active", { last_transition: "started" }],
    [60, "timer.other", "idle", { last_transition: "cancelled" }],
  ] as const;
  expect(firedAt(timer("finished"), { initial, changes })).toEqual([40]);
  expect(firedAt(timer("started"), { initial, changes })).toEqual([10]);
  expect(firedAt(timer("restarted"), { initial, changes })).toEqual([30]);
  expect(firedAt(timer("cancelled", { event_data: {} }), { initial, changes })).toEqual([60]);
});

test("an older timer that goes off before its time was cancelled", () => {
  const ends = { finishes_at: "2026-01-11T23:01:00+00:00" }; // a minute after the start
  const at = (second: number) =>
    [
      [0, "timer.kitchen", "active", ends],
      [second, "timer.kitchen", "idle", { finishes_at: null }],
    ] as const;
  expect(firedAt(timer("finished"), { initial, changes: at(60) })).toEqual([60]);
  expect(firedAt(timer("finished"), { initial, changes: at(30) })).toEqual([]);
  expect(firedAt(timer("cancelled"), { initial, changes: at(30) })).toEqual([30]);
});

test("a timer has so much time left", () => {
  const trigger = {
    ...{ trigger: "timer.remaining_time_reached", target: { entity_id: "timer.kitchen" } },
    options: { remaining: { seconds: 20 } },
  };
  const ends = { finishes_at: "2026-01-11T23:01:00+00:00" };
  const changes = [[10, "timer.kitchen", "active", ends]] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([40]);
  const paused = [30, "timer.kitchen", "paused", { finishes_at: null }] as const;
  expect(firedAt(trigger, { initial, changes: [...changes, paused] })).toEqual([]);
});

test("a timer that an action starts ends by itself, unless it is stopped", () => {
  const start = (entity: string) => ({
    ...{ action: "timer.start", target: { entity_id: entity }, data: { duration: "00:00:30" } },
  });
  const cancel = { action: "timer.cancel", target: { entity_id: "timer.other" } };
  const actions = [start("timer.kitchen"), start("timer.other"), { delay: 5 }, cancel];
  const hears = {
    triggers: { trigger: "event", event_type: "timer.finished" },
    actions: [{ action: "notify.notify", data: { message: "{{ trigger.event.data.entity_id }}" } }],
  };
  const { runs } = play([{ actions }, hears], { initial }, { effects: "simulated" });
  const heard = runs.filter(({ automation }) => automation === 1);
  expect(heard.map(({ at }) => at - (runs[0]?.at ?? 0))).toEqual([30_000]);
  expect(heard[0]?.calls[0]?.data).toEqual({ message: "timer.kitchen" });
});

test("the change of a state is heard as the event that it is", () => {
  const trigger = {
    ...{ trigger: "event", event_type: "state_changed" },
    event_data: { entity_id: "light.hall" },
  };
  const changes = [
    [10, "light.hall", "on"],
    [20, "light.other", "on"],
  ] as const;
  expect(firedAt(trigger, { initial: { "light.hall": "off" }, changes })).toEqual([10]);
});

test("an event that no state tells is said to be unknown, with its name", () => {
  expect(whyNot({ triggers: { trigger: "event", event_type: "zha_event" } })[0]?.why).toBe(
    "events such as zha_event are not recorded, only states are",
  );
});

test("what draws at random cannot be replayed, wherever it stands", () => {
  const random = "{{ range(1, 9) | random }}";
  const paths = (raw: Readonly<Record<string, unknown>>) =>
    whyNot(raw)
      .filter(({ why }) => why.includes("at random"))
      .map(({ path }) => path);
  expect(paths({ actions: [{ delay: { minutes: random } }] })).toEqual(["actions/0"]);
  expect(paths({ variables: { x: random } })).toEqual(["variables"]);
  const light = { action: "light.turn_on", target: { entity_id: "light.a" } };
  const nested = { sequence: [{ ...light, data: { brightness_pct: random } }] };
  expect(paths({ actions: [nested] })).toEqual(["actions/0/sequence/0"]);
  expect(paths({ triggers: { trigger: "template", value_template: random } })).toEqual([
    "triggers/0",
  ]);
  expect(paths({ actions: [{ delay: { minutes: "{{ 1 + 1 }}" } }] })).toEqual([]);
});

test("todo lists: how many things are on them is known, which ones is not", () => {
  const trigger = { trigger: "todo.item_added", target: { entity_id: "todo.shopping" } };
  expect(whyNot({ triggers: trigger })[0]?.why).toBe(
    "what is on a list is not recorded, only how many things are",
  );
});
