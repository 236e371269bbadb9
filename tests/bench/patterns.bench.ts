import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { DetectorRun } from "#src/analysis/patterns/known/known.ts";
import type { HouseFacts } from "#src/analysis/patterns/patterns.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import type { Files } from "#src/store/files.ts";
import { openHistory } from "#support/history.ts";
import { type Measure, measured } from "../../tools/bars.ts";
import { fillBusyHouse } from "./patterns/busy-house.ts";

const DAYS = 90;
const CHANGES = 3_150_000; // some fall together
const SHORT = { days: 30, changes: 200_000 };

interface Run {
  readonly durationMs: number;
  readonly readMs: number;
  readonly changes: number;
  readonly acts: number;
  readonly detectors: readonly DetectorRun[];
  readonly keys: readonly string[];
  readonly mostMb: number;
  readonly atRestMb: number;
}

/** All detectors over three months of a large house, on the thread that the program uses. */
const patterns: Measure = async ({ short }) => {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-bench-patterns-"));
  try {
    const wish = short ? SHORT : { days: DAYS, changes: CHANGES };
    await using past = await openHistory({ clock: systemClock, folder });
    const { files } = past.store;
    const made = fillBusyHouse(files, wish);
    say(`${made.changes} changes of ${made.entities} entities in ${wish.days} days`);
    const house = { timeZone: "Europe/Berlin", latitude: 52.5, longitude: 13.4 };
    const known = { onHolidays: [], offHolidays: [], groups: [], unrecorded: [] };
    const facts = { ...house, ...known, from: made.from, to: made.to };
    const whole = detect(files, facts);
    tell("the first run", whole);
    const again = detect(files, facts);
    tell("the same again", again);
    const memory = join(folder, "memory");
    tell("the night before", detect(files, { ...facts, to: made.to - DAY_MS }, memory));
    const nightly = detect(files, { ...facts, from: made.from + DAY_MS }, memory);
    tell("another night", nightly);
    return {
      bars: [
        measured(
          { bar: "all detectors, reading included", unit: "s", limit: 20, direction: "max" },
          whole.durationMs / 1000,
        ),
        measured(
          { bar: "memory of the process meanwhile", unit: "MB", limit: 400, direction: "max" },
          whole.mostMb,
        ),
        measured(
          { bar: "a nightly run", unit: "s", limit: 3, direction: "max" },
          nightly.durationMs / 1000,
        ),
        measured(
          { bar: "patterns that differ when run again", unit: "", limit: 0, direction: "max" },
          differing(whole.keys, again.keys),
        ),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
export default patterns;

function detect(files: Files, facts: HouseFacts, memory?: string): Run {
  const script = fileURLToPath(new URL("patterns/detect-once.ts", import.meta.url));
  const asked = JSON.stringify({ files, facts, memory });
  return JSON.parse(
    execFileSync(process.execPath, [script, asked], { encoding: "utf8", maxBuffer: 2 ** 28 }),
  );
}

function tell(what: string, run: Run): void {
  const { durationMs, readMs, changes, acts, detectors, keys, mostMb, atRestMb } = run;
  const slowest = [...detectors]
    .sort((one, other) => other.durationMs - one.durationMs)
    .slice(0, 5)
    .map((one) => `${one.detector} ${one.durationMs.toFixed(0)} ms`);
  say(
    `${what}: ${(durationMs / 1000).toFixed(2)} s, of which reading ${changes} changes ` +
      `${(readMs / 1000).toFixed(2)} s; ${acts} acts, ${keys.length} patterns; ` +
      `${mostMb.toFixed(0)} MB at most, ${atRestMb.toFixed(0)} before; ${slowest.join(", ")}`,
  );
}

function differing(one: readonly string[], other: readonly string[]): number {
  const [first, second] = [new Set(one), new Set(other)];
  return first.symmetricDifference(second).size;
}

const say = (line: string) => void process.stdout.write(`${line}\n`);
