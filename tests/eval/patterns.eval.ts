import { join } from "node:path";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import { around } from "#src/analysis/patterns/circle/circle.ts";
import { findPatterns } from "#src/analysis/patterns/find-patterns.ts";
import type { TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import { type Bar, type Measure, measured, withoutData } from "../../tools/bars.ts";
import { root } from "../../tools/root.ts";
import { type Judged, judge } from "./patterns/judge.ts";
import { type LabelledHome, readLabelledHomes } from "./patterns/labelled.ts";
import { makeMixedHome } from "./patterns/mixed.ts";
import { type TopThree, topThreeOf } from "./patterns/next-actions.ts";
import { calibrationError, trialsOf } from "./patterns/recurrence.ts";
import { type Measured, type Row, writeTable } from "./patterns/table.ts";

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

const AHEAD = { unit: "share", limit: 0, direction: "min" } as const;
const AHEAD_OF = {
  mostFrequent: "the most frequent",
  afterLast: "the most frequent after the last change",
} as const;

const SEEDS = { full: 20, short: 3 };
const DAYS = 120;
const TOP = 10;
const LEARNED_SHARE = 0.75;
const DAY_BEGINS = 240; // minutes
const NEAR = 30;
const RESAMPLES = 1_000;

/**
 * Habits of all kinds that were planted in made homes, and those that people kept labels of in real ones; and what is
 * done by hand next. `EVAL_FIRST_SEED` moves the homes on, to ones that nothing was ever tried on.
 */
const measure: Measure = async ({ dataFolder, short }) => {
  const first = Number(process.env.EVAL_FIRST_SEED ?? 0);
  const seeds = Array.from({ length: short ? SEEDS.short : SEEDS.full }, (_, n) => first + n);
  const folder = dataFolder ?? join(root, "../shared/data/activity");
  const labelled = readLabelledHomes(folder);
  const { bars, rows, numbers } = madeBars(seeds);
  if (!short && first === 0) writeTable(numbers, rows);
  return {
    bars: [...bars, ...labelledBars(labelled, folder), ...nextBars(seeds, labelled, folder)],
  };
};
export default measure;

function madeBars(seeds: readonly number[]) {
  const judged = seeds.map((seed) => {
    const home = makeMixedHome(seed, { days: DAYS });
    return {
      judged: judge(home, findPatterns(home.household)),
      trials: trialsOf(home.household, LEARNED_SHARE),
    };
  });
  const noise = seeds.flatMap((seed) =>
    findPatterns(makeMixedHome(seed, { days: DAYS, onlyNoise: true }).household),
  );
  const precision = (homes: readonly { judged: Judged }[]) =>
    shareOf(homes.flatMap((one) => one.judged.patterns.slice(0, TOP).map(({ isTrue }) => isTrue)));
  const recall = (homes: readonly { judged: Judged }[]) =>
    shareOf(homes.flatMap((one) => one.judged.planted.map(({ isFound }) => isFound)));
  const calibration = (homes: readonly (typeof judged)[number][]) =>
    calibrationError(homes.flatMap(({ trials }) => trials));
  const numbers = [
    { what: "precision of the ten surest", of: precision },
    { what: "planted that are told", of: recall },
    { what: "calibration error of confidence", of: calibration },
  ].map(({ what, of }): Measured => {
    const [low, high] = intervalOf(judged, of);
    return { what, value: of(judged), low, high };
  });
  for (const { what, low, high } of numbers) {
    say(`${what}: 95 of 100 resamples between ${low.toFixed(3)} and ${high.toFixed(3)}`);
  }
  const rows = rowsOf(judged.map((one) => one.judged));
  for (const { kind, planted, found, told, right } of rows) {
    say(`${kind}: ${found} of ${planted} planted found; ${right} of ${told} told are true`);
  }
  say(`of pure noise: ${noise.map(({ kind }) => kind).join(", ") || "nothing"}`);
  const bars = [
    measured(PRECISION, precision(judged)),
    measured(RECALL, recall(judged)),
    measured(NOISE, noise.length),
    measured(CALIBRATION, calibration(judged)),
  ];
  return { bars, rows, numbers };
}

const shareOf = (some: readonly boolean[]) => some.filter(Boolean).length / some.length;

function rowsOf(judged: readonly Judged[]): Row[] {
  const planted = Map.groupBy(
    judged.flatMap((one) => one.planted),
    (one) => one.planted.kind as string,
  );
  const told = Map.groupBy(
    judged.flatMap((one) => one.patterns),
    ({ pattern }) => pattern.kind as string,
  );
  const kinds = [...new Set([...planted.keys(), ...told.keys()])].sort();
  return kinds.map((kind) => ({
    kind,
    planted: planted.get(kind)?.length ?? 0,
    found: (planted.get(kind) ?? []).filter(({ isFound }) => isFound).length,
    told: told.get(kind)?.length ?? 0,
    right: (told.get(kind) ?? []).filter(({ isTrue }) => isTrue).length,
  }));
}

/** Homes are drawn again and again, with a fixed seed: in 95 of 100 cases it lies between these. */
function intervalOf<Home>(
  homes: readonly Home[],
  value: (homes: readonly Home[]) => number,
): readonly [number, number] {
  const random = createRandom(1);
  const values = Array.from({ length: RESAMPLES }, () =>
    value(homes.map(() => homes[Math.floor(random() * homes.length)] as Home)),
  ).sort((one, other) => one - other);
  const at = (share: number) => values[Math.floor(share * values.length)] ?? Number.NaN;
  return [at(0.025), at(0.975)];
}

const say = (line: string) => console.log(line);

/** Whether what is done next is predicted better than by two plain ways, in made homes and in labelled ones. */
function nextBars(
  seeds: readonly number[],
  labelled: readonly LabelledHome[],
  folder: string,
): Bar[] {
  const made = seeds.map((seed) => topThreeOf(makeMixedHome(seed, { days: DAYS / 2 }).household));
  const real = labelled.map((home) => topThreeOf({ ...home, timeZone: "UTC" }));
  return [...aheadOf("made homes", made), ...aheadOf("labelled homes", real, folder)];
}

function aheadOf(where: string, homes: readonly TopThree[], folder?: string): Bar[] {
  const sum = (of: keyof TopThree) => homes.reduce((total, one) => total + one[of], 0);
  const share = (of: keyof TopThree) => sum(of) / sum("acts");
  const ways = Object.entries(AHEAD_OF) as [keyof typeof AHEAD_OF, string][];
  if (homes.length > 0) {
    const others = ways.map(([of, name]) => `${share(of).toFixed(3)} by ${name}`).join(", ");
    say(`next act among the first three, ${where}: ${share("predicted").toFixed(3)}; ${others}`);
  }
  return ways.map(([of, name]) => {
    const bar = { ...AHEAD, bar: `next act among three, ahead of ${name}, ${where}` };
    if (homes.length > 0) return measured(bar, share("predicted") - share(of));
    return withoutData(bar, `there is no home with labels in ${folder}`);
  });
}

function labelledBars(homes: readonly LabelledHome[], folder: string): Bar[] {
  if (homes.length === 0) {
    const reason = `there is no home with labels in ${folder}`;
    return [withoutData(FOUND, reason), withoutData(RIGHT, reason)];
  }
  let [regular, hit, said, right] = [0, 0, 0, 0];
  for (const home of homes) {
    const found = findPatterns({ ...home, timeZone: "UTC" }).filter(
      (pattern) => pattern.kind === "time_of_day",
    );
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
