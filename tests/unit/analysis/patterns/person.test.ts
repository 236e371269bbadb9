import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { findPersonal } from "#src/analysis/patterns/person/person.ts";
import { HOUR_MS } from "#src/foundation/time.ts";
import { isPersonal, plantPerson } from "../../../eval/patterns/plant-person.ts";
import { datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
/** Eight weeks from 2 March 2026; the clocks are changed on 29 March. */
const EMPTY: Household = {
  ...{ acts: [], timeZone: "Europe/Berlin" },
  from: Date.UTC(2026, 2, 2) - HOUR_MS,
  to: Date.UTC(2026, 3, 27) - 2 * HOUR_MS,
};

type Who = (n: number) => string | undefined;

const done = (entityId: string, minute: number, who: Who): Act[] =>
  datesOf(EMPTY).map((date, n) => {
    const person = who(n);
    const at = momentOf(EMPTY, date, minute + (n % 7)) as number;
    return { entityId, to: "on", at, ...(person === undefined ? {} : { person }) };
  });

const inTurn: Who = (n) => (n % 2 === 0 ? "anna" : "ben");
const always: Who = () => "anna";

const inHome = (...acts: readonly Act[]): Household => ({
  ...EMPTY,
  acts: [...acts].sort((one, other) => one.at - other.at),
});

/** Both do as much as the other at every hour. */
const others = [450, 600, 800, 1000, 1200, 1400].flatMap((minute, n) =>
  done(`light.room_${n}`, minute, (day) => inTurn(day + n)),
);

test(
  "nearly all that is one person's is found as that person's, and hardly anything else",
  SLOW,
  () => {
    let [planted, right, found, told] = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const home = plantPerson(seed, 90);
      const habits = findPersonal(home.household);
      planted += home.planted.length;
      right += home.planted.filter((one) => habits.some((own) => isPersonal(own, one))).length;
      found += habits.filter((own) => home.planted.some((one) => isPersonal(own, one))).length;
      told += habits.length;
    }
    expect(right / planted).toBeGreaterThan(0.85);
    expect(found / told).toBeGreaterThan(0.9);
  },
);

test("where all do everything alike, nothing is one person's", SLOW, () => {
  const found = SEEDS.flatMap((seed) => findPersonal(plantPerson(seed, 90, true).household));
  expect(found.length).toBeLessThanOrEqual(1);
});

test("Anna's coffee is hers, and what both do in turn is nobody's", () => {
  const coffee = done("switch.coffee", 430, always);
  expect(findPersonal(inHome(...others, ...coffee))).toEqual([
    expect.objectContaining({
      ...{ entityId: "switch.coffee", person: "anna", share: 1, missed: [] },
      usualShare: expect.closeTo(0.5, 1),
    }),
  ]);
});

test("what only Anna does at night, and both by day, is hers at those hours, also after midnight", () => {
  const lamp = [...done("light.lamp", 1460, always), ...done("light.lamp", 700, inTurn)];
  expect(findPersonal(inHome(...others, ...lamp))).toEqual([
    expect.objectContaining({
      ...{ entityId: "light.lamp", person: "anna" },
      between: { from: 1200, until: 1440 },
    }),
  ]);
});

test("a home of one, and what is done by nobody known, have nothing of a person's own", () => {
  const coffee = done("switch.coffee", 430, always);
  expect(findPersonal(inHome(...coffee))).toEqual([]);
  const unknown = done("switch.coffee", 430, () => undefined);
  expect(findPersonal(inHome(...others, ...unknown))).toEqual([]);
});
