import { expect, test } from "vitest";
import { createStates, type States } from "#src/home/states/states.ts";

const at = 1_788_284_591.25;
const full = (state: string, attributes = {}) => ({ s: state, a: attributes, c: "c0", lc: at });

function houseWith(entities: Record<string, unknown>): { states: States; refused: string[] } {
  const refused: string[] = [];
  const states = createStates({ onRefused: (reason) => refused.push(reason) });
  states.apply({ a: entities });
  return { states, refused };
}

test("the first message is a snapshot, and later ones are changes", () => {
  const { states } = houseWith({ "light.hall": full("off") });
  const [change] = states.apply({ c: { "light.hall": { "+": { s: "on", lc: at + 1, c: "c1" } } } });
  expect(change).toMatchObject({
    snapshot: false,
    before: { state: "off" },
    after: { state: "on", lastChangedAt: (at + 1) * 1000, context: { id: "c1" } },
  });
});

test("a person's context that follows a plain one is merged member by member", () => {
  const { states } = houseWith({ "light.hall": full("off") });
  states.apply({ c: { "light.hall": { "+": { s: "on", c: { id: "c1", user_id: "anna" } } } } });
  expect(states.all().get("light.hall")?.context).toEqual({ id: "c1", userId: "anna" });
  states.apply({
    c: { "light.hall": { "+": { s: "off", c: { id: "c2", parent_id: "c9", user_id: null } } } },
  });
  expect(states.all().get("light.hall")?.context).toEqual({ id: "c2", parentId: "c9" });
});

test("an attribute that vanished is gone, and its change is named", () => {
  const { states } = houseWith({ "light.hall": full("on", { effect: "fire", brightness: 3 }) });
  const [change] = states.apply({
    c: { "light.hall": { "+": { lu: at + 2 }, "-": { a: ["effect"] } } },
  });
  expect(change?.after?.attributes).toEqual({ brightness: 3 });
  expect(change?.attributeNames).toEqual(["effect"]);
  expect(change?.after?.lastChangedAt).toBe(at * 1000);
});

test("what a new snapshot does not name has been removed", () => {
  const { states } = houseWith({ "light.hall": full("on"), "light.porch": full("on") });
  states.expectSnapshot();
  const transitions = states.apply({ a: { "light.hall": full("on") } });
  const removed = transitions.find(({ entityId }) => entityId === "light.porch");
  expect(removed).toMatchObject({ snapshot: true, before: { state: "on" } });
  expect(removed?.after).toBeUndefined();
});

test.for([
  ["light.<b>", full("on"), "entity_id_invalid"],
  ["light.x'; drop table state_change", full("on"), "entity_id_invalid"],
  ["light.hall", { s: 3 }, "state_invalid"],
  ["light.hall", full("x".repeat(256)), "state_invalid"],
] as const)("%s is refused with a reason", ([entityId, wire, reason]) => {
  const { states, refused } = houseWith({});
  states.apply({ a: { [entityId]: wire } });
  expect(refused).toEqual([reason]);
  expect(states.all().size).toBe(0);
});

const remembered = (lastUpdatedAt: number) => ({
  entityId: "light.hall",
  state: "on",
  attributes: {},
  lastChangedAt: Math.round(at * 1000),
  lastUpdatedAt: Math.round(lastUpdatedAt),
  context: { id: "c0" },
});
const lit = { "light.hall": { ...full("on", { brightness: 3 }), lu: at + 2.0004 } };

test.for([
  ["that are no newer than what is remembered are not changed", (at + 2) * 1000, []],
  ["that were written since may have changed", at * 1000, undefined],
] as const)("attributes of the first snapshot %s", ([, lastUpdatedAt, names]) => {
  const states = createStates({ onRefused: () => {} });
  states.recall([remembered(lastUpdatedAt)]);
  const [first] = states.apply({ a: lit });
  expect(first).toMatchObject({ snapshot: true, before: { state: "on" } });
  expect(first?.attributeNames).toEqual(names);
});
