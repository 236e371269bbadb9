import { expect, test } from "vitest";
import { learnNextActions, type Seen } from "#src/analysis/patterns/next-action/next-action.ts";
import type { Change, Household } from "#src/analysis/patterns/pattern.ts";
import { livedAs } from "./lived-days.ts";

const changesOf = ({ acts, traces = [] }: Household): Change[] =>
  [
    ...acts.map((act) => ({ ...act, byPeople: true })),
    ...traces.map((act) => ({ ...act, byPeople: false })),
  ].sort((one, other) => one.at - other.at);

/** Coffee in the morning, a lamp in the evening after somebody was seen in the hall, a fan at any time. */
const home = livedAs(40, ({ random, does, sees }) => {
  does(420 + random() * 20, "switch.coffee");
  const evening = 1080 + random() * 120;
  sees(evening, "binary_sensor.hall");
  does(evening + 1, "light.hall");
  for (let n = 0; n < 2; n += 1) does(500 + random() * 400, "fan.desk");
});
const changes = changesOf(home);
const learned = learnNextActions(home, changes);
const lastOf = (fits: (one: Seen) => boolean) => changes.findLast(fits) as Change;
const coffee = lastOf(({ entityId }) => entityId === "switch.coffee");
const seen = lastOf(({ entityId }) => entityId === "binary_sensor.hall");

test("in the morning coffee is next, after somebody was seen in the hall its light", () => {
  const before = (at: number) => changes.filter((one) => one.at < at);
  expect(learned.next(before(coffee.at), coffee.at)[0]?.entityId).toBe("switch.coffee");
  expect(learned.next([...before(seen.at), seen], seen.at + 30_000)[0]?.entityId).toBe(
    "light.hall",
  );
});

test("only what people do is predicted, and the probabilities are of all of it", () => {
  const next = learned.next([], coffee.at);
  expect(next.map(({ entityId }) => entityId).sort()).toEqual([
    "fan.desk",
    "light.hall",
    "switch.coffee",
  ]);
  expect(next.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
});

test("more than the last ten changes say nothing", () => {
  const ten = changes.slice(-10);
  expect(learned.next(changes, home.to)).toEqual(learned.next(ten, home.to));
});

test("of a home in which nobody has done anything nothing is predicted", () => {
  expect(learnNextActions(home, []).next([seen], seen.at)).toEqual([]);
});
