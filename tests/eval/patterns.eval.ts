import { join } from "node:path";
import { around } from "#src/analysis/patterns/circle/circle.ts";
import type { TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import { findTimesOfDay } from "#src/analysis/patterns/time-of-day/time-of-day.ts";
import { type Bar, type Measure, measured, withoutData } from "../../tools/bars.ts";
import { root } from "../../tools/root.ts";
import { makeHome, type PlantedTime } from "./patterns/homes.ts";
import { type LabelledHome, readLabelledHomes } from "./patterns/labelled.ts";
import { calibrationError, trialsOf } from "./patterns/recurrence.ts";

const PRECISION = {
  bar: "precision of the ten surest patterns, made homes",
  unit: "share",
  limit: 0.9,
  direction: "min",
} as const;
const RECALL = {
  bar: "planted habits found, made homes",
  unit: "share",
  limit: 0.85,
  direction: "min",
} as const;
const NOISE = {
  bar: "patterns in homes of pure noise, all homes together",
  unit: "patterns",
  limit: 1,
  direction: "max",
} as const;
const CALIBRATION = {
  bar: "calibration error of confidence, on days that follow",
  unit: "share",
  limit: 0.1,
  direction: "max",
} as const;
const FOUND = {
  bar: "regular activities found at their hour, labelled homes",
  unit: "share",
  limit: 0.8,
  direction: "min",
} as const;
const RIGHT = {
  bar: "patterns that are an activity at its hour, labelled homes",
  unit: "share",
  limit: 0.8,
  direction: "min",
} as const;

const SEEDS = { full: 20, short: 5 };
const DAYS = 60;
const TOP = 10;
const LEARNED_SHARE = 0.75;
const DAY_BEGINS = 240; // minutes
const NEAR = 30;

/** Habits that were planted in made homes, and those that people kept labels of in real ones. */
const measure: Measure = async ({ dataFolder, short }) => {
  const seeds = Array.from({ length: short ? SEEDS.short : SEEDS.full }, (_, seed) => seed);
  const folder = dataFolder ?? join(root, "../shared/data/activity");
  return { bars: [...madeBars(seeds), ...labelledBars(readLabelledHomes(folder), folder)] };
};
export default measure;

function madeBars(seeds: readonly number[]): Bar[] {
  const homes = seeds.map((seed) => makeHome(seed, { days: DAYS }));
  const judged = homes.map(({ household, times }) => {
    const found = findTimesOfDay(household);
    const top = found.slice(0, TOP);
    return {
      planted: times.length,
      hit: times.filter((one) => found.some((pattern) => fits(pattern, one))).length,
      top: top.length,
      right: top.filter((pattern) => times.some((one) => fits(pattern, one))).length,
    };
  });
  const sum = (of: (one: (typeof judged)[number]) => number) =>
    judged.reduce((total, one) => total + of(one), 0);
  const noise = seeds.flatMap((seed) =>
    findTimesOfDay(makeHome(seed, { days: DAYS, onlyNoise: true }).household),
  );
  const trials = homes.flatMap(({ household }) => trialsOf(household, LEARNED_SHARE));
  return [
    measured(PRECISION, sum(({ right }) => right) / sum(({ top }) => top)),
    measured(RECALL, sum(({ hit }) => hit) / sum(({ planted }) => planted)),
    measured(NOISE, noise.length),
    measured(CALIBRATION, calibrationError(trials)),
  ];
}

function fits(pattern: TimeOfDay, planted: PlantedTime): boolean {
  const away = around(pattern.minute + DAY_BEGINS - planted.minute);
  const isSame = pattern.entityId === planted.entityId && pattern.to === planted.to;
  return isSame && Math.abs(away) <= Math.max(NEAR, planted.spread);
}

function labelledBars(homes: readonly LabelledHome[], folder: string): Bar[] {
  if (homes.length === 0) {
    const reason = `there is no home with labels in ${folder}`;
    return [withoutData(FOUND, reason), withoutData(RIGHT, reason)];
  }
  let [regular, hit, said, right] = [0, 0, 0, 0];
  for (const home of homes) {
    const found = findTimesOfDay({ ...home, timeZone: "UTC" });
    const near = (pattern: TimeOfDay, one: LabelledHome["regular"][number]) =>
      Math.abs(around(pattern.minute + DAY_BEGINS - one.minute)) <= Math.max(NEAR, one.deviation);
    regular += home.regular.length;
    said += found.length;
    const hits = home.regular.filter((one) => found.some((pattern) => near(pattern, one)));
    hit += hits.length;
    right += found.filter((pattern) => home.regular.some((one) => near(pattern, one))).length;
    const missed = home.regular.filter((one) => !hits.includes(one));
    console.log(
      `${home.name}: missed ${missed.map(({ activity }) => activity).join(", ") || "none"}`,
    );
  }
  return [measured(FOUND, hit / regular), measured(RIGHT, right / said)];
}
