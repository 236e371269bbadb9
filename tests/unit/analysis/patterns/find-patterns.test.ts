import { expect, test } from "vitest";
import type { Pattern } from "#src/analysis/patterns/any-pattern.ts";
import { findPatterns } from "#src/analysis/patterns/find-patterns.ts";
import type { DetectorRun } from "#src/analysis/patterns/known/known.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { findSequences } from "#src/analysis/patterns/sequence/sequence.ts";
import { findTimesOfDay } from "#src/analysis/patterns/time-of-day/time-of-day.ts";
import { readSun } from "#src/enrichment/astronomy/astronomy.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { BERLIN, momentOf } from "../../../eval/patterns/surroundings.ts";
import { FIRST_DAY, livedAs } from "./lived-days.ts";

const timeZone = "Europe/Berlin";

/** Half a minute after each other, at any hour; the first of them starts it. */
const CHAIN = ["switch.projector", "media_player.sound", "cover.screen", "light.sofa"];

const kindsFor = (found: readonly Pattern[], entityId: string) =>
  found.filter(({ entityIds }) => entityIds.includes(entityId)).map(({ kind }) => kind);

const home = (): Household =>
  livedAs(60, ({ day, random, does }) => {
    does(430 + random() * 20, "switch.kettle");
    does(1290 + random() * 20, "switch.kettle");
    const begins = 600 + random() * 500;
    for (const [n, entityId] of CHAIN.entries()) does(begins + n / 2, entityId);
    if ((FIRST_DAY + day + 3) % 7 < 5) does(470 + random() * 15, "cover.garage", "open");
    for (let n = 0; n < 4; n += 1) does(420 + random() * 900, `light.any_${n}`);
  });

test("of each thing only what tells most of it is told, the surest first", () => {
  const found = findPatterns(home());
  expect(kindsFor(found, "switch.projector")).toEqual(["sequence"]);
  expect(kindsFor(found, "cover.garage")).toEqual(["time_of_day"]);
  const confidences = found.map(({ confidence }) => confidence);
  expect(confidences).toEqual(confidences.toSorted((one, other) => other - one));
});

test("a morning and an evening habit of one kettle are two habits", () => {
  const kettle = findPatterns(home()).filter(({ entityIds }) => entityIds[0] === "switch.kettle");
  expect(kettle.map(({ kind }) => kind)).toEqual(["time_of_day", "time_of_day"]);
});

test("what moves with the sun is not told as a time of day as well", () => {
  const base = livedAs(42, ({ random, does }) => {
    does(430 + random() * 30, "switch.kettle");
    for (let n = 0; n < 2; n += 1) does(300 + random() * 700, "light.porch");
  });
  const lamp = Array.from({ length: 41 }, (_, n) => {
    const noon = momentOf(base, FIRST_DAY + n, 720) as number;
    const { sunset = 0 } = readSun({ ...BERLIN, timeZone }, noon).today;
    return { at: sunset + (20 + ((n * 7) % 11)) * 60_000, entityId: "light.porch", to: "on" };
  });
  const acts = [...base.acts, ...lamp].sort((one, other) => one.at - other.at);
  const found = findPatterns({ ...base, ...BERLIN, acts });
  expect(findTimesOfDay({ ...base, acts }).map(({ entityId }) => entityId)).toContain(
    "light.porch",
  );
  expect(kindsFor(found, "light.porch")).toEqual(["contextual"]);
});

test("what is done by itself far more often than in a row is told as well", () => {
  const household = livedAs(60, ({ random, does }) => {
    const begins = 600 + random() * 300;
    for (const [n, entityId] of CHAIN.slice(0, 3).entries()) does(begins + n / 2, entityId);
    for (let n = 0; n < 3; n += 1) {
      const alone = 910 + random() * 400;
      does(alone, "switch.projector");
      does(alone + 0.5, "media_player.sound");
    }
  });
  const found = findPatterns(household);
  expect(kindsFor(found, "switch.projector")).toContain("co_activation");
});

test("a detector that fails is told, and the others are not lost", () => {
  const runs: DetectorRun[] = [];
  const fails = () => {
    throw new Error("out of luck");
  };
  const found = findPatterns(home(), {
    detectors: { fails, time_of_day: findTimesOfDay, sequence: findSequences },
    onDetector: (run) => runs.push(run),
  });
  expect(runs.map(({ detector, error }) => [detector, error])).toEqual([
    ["fails", "out of luck"],
    ["time_of_day", undefined],
    ["sequence", undefined],
  ]);
  expect(kindsFor(found, "switch.projector")).toContain("sequence");
});

test("what was left out to bound the time is told", () => {
  const crowded = livedAs(10, ({ random, does }) => {
    for (let n = 0; n < 160; n += 1) does(500 + random() * 800, `light.of_hall_${n}`);
  });
  const runs: DetectorRun[] = [];
  findPatterns({ ...crowded, areaOf: () => "hall" }, { onDetector: (run) => runs.push(run) });
  const cappedOf = (name: string) => runs.find(({ detector }) => detector === name)?.capped;
  expect(cappedOf("room_based")).toBe(10);
  expect(cappedOf("time_of_day")).toBe(0);
});

test("the same household has the same patterns", () => {
  const again = { ...home(), to: home().to + DAY_MS - DAY_MS };
  expect(findPatterns(again)).toEqual(findPatterns(home()));
});
