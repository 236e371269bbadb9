import { expect, test } from "vitest";
import { findSequences, type Sequence } from "#src/analysis/patterns/sequence/sequence.ts";
import { makeHome } from "../../../eval/patterns/homes.ts";
import { plantPairs } from "../../../eval/patterns/plant-co-activation.ts";
import { plantSequences } from "../../../eval/patterns/plant-sequence.ts";
import { FIRST_DAY, livedAs } from "./lived-days.ts";

const TWENTY_HOMES_MS = 60_000; // on a busy machine
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const rowOf = (steps: Sequence["steps"] | readonly { entityId: string; to: string }[]) =>
  steps.map(({ entityId, to }) => `${entityId} ${to}`).join(", ");

test("chains that were planted are found whole, and two pairs that share a step are no chain", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  let [planted, recalled, told, right] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const made = plantSequences(makeHome(seed, { days: 60 }).household, seed);
    const rows = made.sequences.map(({ steps }) => rowOf(steps));
    const found = findSequences(made.household).map(({ steps }) => rowOf(steps));
    planted += rows.length;
    recalled += rows.filter((row) => found.includes(row)).length;
    told += Math.min(10, found.length);
    right += found.slice(0, 10).filter((row) => rows.includes(row)).length;
  }
  expect(recalled / planted).toBeGreaterThanOrEqual(0.85);
  expect(right / told).toBeGreaterThanOrEqual(0.9);
});

test("a home in which things are done in no order has no chains, nor has one of mere pairs", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  const found = SEEDS.flatMap((seed) => {
    const { household } = makeHome(seed + 100, { days: 60, onlyNoise: true });
    const noise = plantSequences(household, seed, { onlyNoise: true }).household;
    return [...findSequences(noise), ...findSequences(plantPairs(household, seed).household)];
  });
  expect(found.length).toBeLessThanOrEqual(1);
});

test("coming home is one chain that begins with the door, with its delays, around midnight as well", () => {
  const household = livedAs(60, ({ random, does, sees }) => {
    sees(500 + random() * 400, "binary_sensor.motion");
    const minute = 1440 + (random() - 0.5) * 120; // 23:00 to 01:00
    sees(minute, "binary_sensor.door");
    does(minute + 0.5, "light.hall");
    does(minute + 2.5, "media_player.radio");
    does(minute + 3.5, "light.hall", "off");
  });
  const found = findSequences(household);
  expect(found.map(({ steps }) => rowOf(steps))).toEqual([
    "binary_sensor.door on, light.hall on, media_player.radio on, light.hall off",
  ]);
  const [chain] = found;
  expect(chain?.steps.map(({ isTrace }) => isTrace)).toEqual([true, false, false, false]);
  expect(chain?.steps.map(({ delaySeconds }) => Math.round(delaySeconds))).toEqual([
    0, 30, 120, 60,
  ]);
  expect(chain?.seen.length).toBe(60);
  expect(chain?.missed).toEqual([]);
});

test("a chain that breaks off is told with the days on which it did", () => {
  const household = livedAs(40, ({ day, random, does }) => {
    const minute = 1100 + random() * 200;
    does(minute, "switch.a");
    does(minute + 1, "switch.b");
    if (day % 8 !== 0) does(minute + 2, "switch.c");
  });
  const [chain] = findSequences(household);
  expect(chain?.missed.map((day) => day - FIRST_DAY)).toEqual([0, 8, 16, 24, 32]);
  expect(chain?.confidence).toBeCloseTo(36 / 42);
});

test("of six things in a row five are told, once", () => {
  const household = livedAs(50, ({ random, does }) => {
    const minute = 500 + random() * 700;
    for (let step = 0; step < 6; step += 1) does(minute + step, `switch.step_${step}`);
  });
  const found = findSequences(household);
  expect(found.map(({ steps }) => steps.length)).toEqual([5]);
});

test("what is done again and again at once is not counted as several chains", () => {
  const household = livedAs(40, ({ random, does }) => {
    const minute = 500 + random() * 700;
    for (const step of ["a", "b", "a", "b", "c"]) {
      does(minute, `switch.${step}`);
    }
    for (const [n, step] of ["a", "b", "c", "a", "b", "c"].entries()) {
      does(minute + 1 + n * 0.5, `switch.${step}`);
    }
  });
  for (const { seen } of findSequences(household)) {
    expect(new Set(seen.map(({ at }) => at)).size).toBe(seen.length);
  }
});

test("a vacation does not speak against a chain", () => {
  const household = livedAs(50, ({ day, random, does, sees }) => {
    sees(600, "binary_sensor.door"); // the neighbor waters the plants
    if (day >= 20 && day < 30) return;
    const minute = 900 + random() * 400;
    does(minute, "switch.a");
    does(minute + 1, "switch.b");
    does(minute + 2, "switch.c");
  });
  expect(findSequences(household)[0]?.missed).toEqual([]);
});

test("two persons who live by the same clock make no chain", () => {
  const household = livedAs(60, ({ random, does }) => {
    for (const [person, thing] of [
      ["anna", "light.desk"],
      ["ben", "media_player.radio"],
      ["cleo", "switch.kettle"],
    ] as const) {
      for (let n = 0; n < 4; n += 1) does(1080 + random() * 240, thing, "on", person);
    }
  });
  expect(findSequences(household)).toEqual([]);
});
