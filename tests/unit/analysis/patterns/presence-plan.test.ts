import { expect, test } from "vitest";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Change, Household } from "#src/analysis/patterns/pattern.ts";
import { findPresencePlans } from "#src/analysis/patterns/presence-plan/presence-plan.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";

const FROM = Date.UTC(2026, 2, 2) - HOUR_MS; // a Monday; the clocks are changed on the 29th
const DAYS = 56;
const LIGHTS = ["light.kitchen", "light.living_room", "light.hall", "light.bedroom", "light.bath"];
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);

/** When each light is on of an evening, minutes on the wall's clock since midnight. */
const EVENING: Readonly<Record<string, readonly [on: number, off: number]>> = {
  "light.kitchen": [18 * 60, 19 * 60 + 30],
  "light.living_room": [19 * 60 + 30, 23 * 60],
  "light.bedroom": [23 * 60, 23 * 60 + 40],
};

const isSummer = (day: number) => day >= 27;
const momentOf = (day: number, minute: number) =>
  FROM + day * DAY_MS + minute * MINUTE_MS - (isSummer(day) ? HOUR_MS : 0);

function household(evening: (day: number) => readonly (readonly [string, number, number])[]) {
  const changes = Array.from({ length: DAYS }, (_, day) =>
    evening(day).flatMap(([entityId, on, off]): Change[] => [
      { at: momentOf(day, on), entityId, to: "on", byPeople: true },
      { at: momentOf(day, off), entityId, to: "off", byPeople: true },
    ]),
  )
    .flat()
    .sort((one, other) => one.at - other.at);
  const house: Household = {
    ...{ changes, acts: changes, from: FROM, to: FROM + DAYS * DAY_MS, timeZone: "Europe/Berlin" },
  };
  return house;
}

const lived = (seed: number) => {
  const random = createRandom(seed);
  const late = () => Math.round((random() - 0.5) * 30);
  return household(() => {
    const usual = Object.entries(EVENING).map(
      ([id, [on, off]]) => [id, on + late(), off + late()] as const,
    );
    const at = 16 * 60 + Math.floor(random() * 400);
    return [...usual, ["light.bath", at, at + 5], ["light.hall", at + 60, at + 80]];
  });
};

test("the plan is an evening that was lived, as the evenings usually go", () => {
  const plans = findPresencePlans(lived(3));
  expect(plans.map(({ on }) => on)).toEqual(["workdays", "free"]);
  for (const { steps, confidence, lift, missed, seen } of plans) {
    for (const [id, [on, off]] of Object.entries(EVENING)) {
      const own = steps.filter(({ entityId }) => entityId === id);
      expect(own.map(({ to }) => to)).toEqual(["on", "off"]);
      const [begun, ended] = own.map(({ minute }) => minute + 240) as [number, number];
      expect(Math.abs(begun - on)).toBeLessThanOrEqual(15);
      expect(Math.abs(ended - off)).toBeLessThanOrEqual(15);
    }
    expect(steps.map(({ entityId }) => entityId)).not.toContain("light.bath");
    expect(confidence).toBeGreaterThan(0.85);
    expect(lift).toBeGreaterThan(1.5);
    expect(seen.length).toBeGreaterThan(missed.length);
  }
});

test("where lights are on at any time, no evening stands for the others", () => {
  const plans = SEEDS.flatMap((seed) => {
    const random = createRandom(seed * 31);
    return findPresencePlans(
      household(() =>
        LIGHTS.flatMap((id) => {
          const at = 16 * 60 + Math.floor(random() * 420);
          return random() < 0.6 ? [[id, at, at + 20 + Math.floor(random() * 60)] as const] : [];
        }),
      ),
    );
  });
  expect(plans.length).toBeLessThanOrEqual(1);
});

test("two weeks are needed, and a light that burns for days says nothing", () => {
  const { changes = [], ...house } = lived(5);
  const to = FROM + 12 * DAY_MS;
  const short = changes.filter(({ at }) => at < to);
  expect(findPresencePlans({ ...house, to, changes: short, acts: short })).toEqual([]);
  const burning = household((day) => (day === 0 ? [["light.hall", 17 * 60, 40 * DAY_MS]] : []));
  expect(findPresencePlans(burning)).toEqual([]);
});

test("the same evenings give the same plan", () => {
  expect(findPresencePlans(lived(7))).toEqual(findPresencePlans(lived(7)));
});
