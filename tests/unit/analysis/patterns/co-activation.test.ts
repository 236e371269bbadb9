import { expect, test } from "vitest";
import { findCoActivations } from "#src/analysis/patterns/co-activation/co-activation.ts";
import { makeHome } from "../../../eval/patterns/homes.ts";
import { plantPairs } from "../../../eval/patterns/plant-co-activation.ts";
import { FIRST_DAY, livedAs } from "./lived-days.ts";

const TWENTY_HOMES_MS = 60_000; // on a busy machine
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);

test("what was planted is found with its delay, and lights of the same hour are no pair", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  let [planted, recalled, told, right] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const { household, pairs } = plantPairs(makeHome(seed, { days: 60 }).household, seed);
    const found = findCoActivations(household);
    const match = pairs.map((pair) =>
      found.find(
        ({ trigger, entityId, to }) =>
          `${trigger.entityId} ${trigger.to} ${entityId} ${to}` ===
          `${pair.trigger.entityId} ${pair.trigger.to} ${pair.entityId} ${pair.to}`,
      ),
    );
    planted += pairs.length;
    recalled += match.filter((one, n) => {
      const delay = pairs[n]?.delaySeconds ?? 0;
      return one && Math.abs(one.delaySeconds - delay) <= 0.3 * delay;
    }).length;
    told += Math.min(10, found.length);
    right += found.slice(0, 10).filter((one) => match.includes(one)).length;
  }
  expect(recalled / planted).toBeGreaterThanOrEqual(0.85);
  expect(right / told).toBeGreaterThanOrEqual(0.9);
});

test("a home in which nothing follows from anything has no pairs", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  const found = SEEDS.flatMap((seed) => {
    const { household } = makeHome(seed + 100, { days: 60, onlyNoise: true });
    return findCoActivations(plantPairs(household, seed, { onlyNoise: true }).household);
  });
  expect(found.length).toBeLessThanOrEqual(1);
});

test("motion turns into a light only in the evening, and the evening is told", () => {
  const household = livedAs(40, ({ random, does, sees }) => {
    for (let n = 0; n < 12; n += 1) sees(430 + n * 80 + random() * 30, "binary_sensor.hall");
    const evening = 1240 + random() * 40;
    sees(evening, "binary_sensor.hall");
    if (random() < 0.9) does(evening + 0.3, "light.hall");
  });
  const [pair] = findCoActivations(household);
  expect(pair).toMatchObject({ entityId: "light.hall", to: "on", withinMinutes: 2 });
  expect(pair?.trigger).toEqual({ entityId: "binary_sensor.hall", to: "on", isTrace: true });
  expect(pair?.hours?.start).toBeGreaterThan(18 * 60 - 240);
  expect(pair?.hours?.end).toBeLessThan(23 * 60 - 240);
  expect(pair?.confidence).toBeGreaterThan(0.5);
});

test("who does not follow is told as what speaks against", () => {
  const household = livedAs(30, ({ day, random, does }) => {
    const minute = 500 + random() * 700;
    does(minute, "media_player.tv");
    if (day % 5 !== 0) does(minute + 1, "light.tv");
  });
  const [pair] = findCoActivations(household);
  expect(pair?.missed.map((day) => day - FIRST_DAY)).toEqual([0, 5, 10, 15, 20, 25]);
  expect(pair?.seen.length).toBe(24);
  expect(pair?.delaySeconds).toBeCloseTo(60);
  expect(pair?.confidence).toBeCloseTo(25 / 32);
});

test("only the direction in which it goes is told", () => {
  const household = livedAs(40, ({ random, does }) => {
    const minute = 500 + random() * 700;
    does(minute, "media_player.tv");
    does(minute + 1 + random(), "light.tv");
  });
  expect(findCoActivations(household).map(({ key }) => key)).toEqual([
    "co_activation|media_player.tv|on|light.tv|on",
  ]);
});

test("of three in a row the last follows the middle one, not the first as well", () => {
  const household = livedAs(40, ({ random, does }) => {
    const minute = 500 + random() * 700;
    does(minute, "switch.a");
    does(minute + 1, "switch.b");
    does(minute + 2, "switch.c");
  });
  const links = findCoActivations(household).map(({ entityIds }) => entityIds.join(" "));
  expect(links.filter((link) => link.startsWith("switch.c"))).toHaveLength(1);
});

test("a pair around midnight is one, on the days on which the clocks are changed as well", () => {
  const household = livedAs(50, ({ random, does }) => {
    const minute = 1440 + (random() - 0.5) * 180; // 22:30 to 01:30
    does(minute, "media_player.tv", "off");
    does(minute + 2 + random(), "light.bed");
  });
  const [pair, ...others] = findCoActivations(household);
  expect(others).toEqual([]);
  expect(pair?.seen.length).toBe(50);
  expect(pair?.missed).toEqual([]);
});

test("a week away does not speak against a pair", () => {
  const household = livedAs(50, ({ day, random, does, sees }) => {
    sees(600, "binary_sensor.hall"); // the neighbor waters the plants
    if (day >= 20 && day < 27) return;
    const minute = 600 + random() * 600;
    sees(minute, "binary_sensor.door");
    does(minute + 1, "light.hall");
  });
  const [pair] = findCoActivations(household);
  expect(pair?.trigger.entityId).toBe("binary_sensor.door");
  expect(pair?.missed).toEqual([]);
});

test("what two persons do at the same hours, each by themselves, is no pair", () => {
  const household = livedAs(60, ({ random, does }) => {
    for (const [person, thing] of [
      ["anna", "light.desk"],
      ["ben", "media_player.radio"],
    ] as const) {
      for (let n = 0; n < 4; n += 1) does(1080 + random() * 240, thing, "on", person);
    }
  });
  expect(findCoActivations(household)).toEqual([]);
});

test("a group and its lights are one press, not a pair", () => {
  const household = livedAs(40, ({ random, does }) => {
    const minute = 500 + random() * 700;
    does(minute, "light.group");
    does(minute + 0.005, "light.left");
    does(minute + 0.01, "light.right");
  });
  expect(findCoActivations(household)).toEqual([]);
});

test("a pair that was given up is not told, and one that has begun lately is", () => {
  const household = livedAs(60, ({ day, random, does }) => {
    for (const [cause, effect, isHeld] of [
      ["switch.old", "light.old", day < 30],
      ["switch.new", "light.new", day >= 30],
    ] as const) {
      const minute = 500 + random() * 700;
      does(minute, cause);
      does(isHeld ? minute + 1 : 500 + random() * 700, effect);
    }
  });
  const found = findCoActivations(household);
  expect(found.map(({ entityId }) => entityId)).toEqual(["light.new"]);
  expect(found[0]?.confidence).toBeGreaterThan(0.9);
});

test("the same record gives the same pairs", () => {
  const { household } = plantPairs(makeHome(3, { days: 60 }).household, 3);
  expect(findCoActivations(household)).toEqual(findCoActivations(household));
});
