import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { createLog } from "#src/foundation/log.ts";
import { createImports, type Imports, METER_IMPORT } from "#src/ingest/import/import.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { openHistory, type TestHistory } from "#support/history.ts";

const NOW = Date.UTC(2026, 2, 20);
const QUARTER_MS = 15 * 60_000;
const FIRST = Date.UTC(2026, 0, 1);
const never = new AbortController().signal;
const clock = createFakeClock(NOW);

let folder: string;
let recorded: TestHistory;
let imports: Imports;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-meter-"));
  mkdirSync(join(folder, "imports"));
  recorded = await openHistory({ clock });
  imports = createImports({
    ...{ db: recorded.store.db, clock, log: createLog("silent"), keeper: recorded.history },
    folder: join(folder, "imports"),
    isRecorded: () => true,
    findUser: () => undefined,
    now: clock.now,
    readMeterFile: async (bytes) => readMeterExport(bytes, "UTC"),
  });
});

afterEach(async () => {
  await imports[Symbol.asyncDispose]();
  await recorded[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** Quarter hours as a portal writes them, of 0.1 kWh and a bit more each. */
function put(name: string, { from = 0, count = 0, without = [] as number[] }): void {
  const lines = Array.from({ length: count }, (_, row) => from + row).flatMap((slot) => {
    if (without.includes(slot)) return [];
    const [start, end] = [0, 1].map((more) => wall(FIRST + (slot + more) * QUARTER_MS));
    return [`${start};${end};${kwhOf(slot).toFixed(3).replace(".", ",")}`];
  });
  const text = ["Datum von;Datum bis;Verbrauch (kWh)", ...lines].join("\n");
  writeFileSync(join(folder, "imports", name), text);
}

const kwhOf = (slot: number) => 0.1 + (slot % 10) / 1_000;
function wall(at: number): string {
  const [year, month, day, clockText] = new Date(at).toISOString().split(/[-T]/);
  return `${day}.${month}.${year} ${clockText?.slice(0, 5)}`;
}

async function bringIn(file: string) {
  const { id } = await imports.start({ kind: "meter", file });
  return await eventually("it ended", () =>
    imports.list().find((one) => one.id === id && one.state !== "running"),
  );
}

/** Mean watts by hour. */
async function hours(slots: number) {
  const [found] = await recorded.history.statistics({
    ...{ entityIds: [METER_IMPORT], from: FIRST, to: FIRST + slots * QUARTER_MS },
    ...{ period: "hour", timeZone: "UTC" },
  });
  return { unit: found?.unit, means: found?.rows.map((row) => row.timeWeightedMean ?? row.mean) };
}

const meanOfHour = (hour: number) =>
  [0, 1, 2, 3].reduce((sum, quarter) => sum + kwhOf(hour * 4 + quarter) * 1_000, 0);

test("a grid operator's quarter hours become the power of the house, once", async () => {
  put("january.csv", { count: 96 });
  const preview = await imports.preview({ kind: "meter", file: "january.csv" }, never);
  expect(preview).toMatchObject({
    entities: { total: 1, sample: [METER_IMPORT] },
    ...{ from: FIRST, to: FIRST + 96 * QUARTER_MS },
    problems: { count: 0 },
  });
  expect(recorded.history.entities.find(METER_IMPORT)).toBeUndefined();
  const first = await bringIn("january.csv");
  expect(first).toMatchObject({ state: "done", changesKnown: 0 });
  expect(first.changesAdded).toBe(preview.changes);
  const { unit, means } = await hours(96);
  expect(unit).toBe("W");
  expect(means).toHaveLength(24);
  for (const [hour, mean] of (means ?? []).entries()) expect(mean).toBeCloseTo(meanOfHour(hour), 0);
  const again = await bringIn("january.csv");
  expect(again).toMatchObject({ state: "done", changesAdded: 0, changesKnown: first.changesAdded });
  expect((await hours(96)).means).toEqual(means);
});

test("files that overlap or follow each other join without a hole or a double", async () => {
  put("later.csv", { from: 48, count: 48 });
  put("earlier.csv", { count: 60 });
  put("last.csv", { from: 96, count: 48 });
  for (const file of ["later.csv", "earlier.csv", "last.csv"]) await bringIn(file);
  const { means } = await hours(144);
  expect(means).toHaveLength(36);
  for (const [hour, mean] of (means ?? []).entries()) expect(mean).toBeCloseTo(meanOfHour(hour), 0);
});

test("what the file does not have is not filled in", async () => {
  put("hole.csv", { count: 96, without: [...Array(40).keys()].map((slot) => slot + 20) });
  await bringIn("hole.csv");
  const { means } = await hours(96);
  expect(means?.filter((mean) => mean !== undefined)).toHaveLength(24 - 10);
});

test("a file that cannot be used says why, and nothing is kept", async () => {
  const cases: [string, string][] = [
    ["imports.meter_too_coarse", "Datum;kWh\n01.01.2026;9,1\n02.01.2026;8,2\n03.01.2026;8,4"],
    ["imports.meter_no_values", "Datum;kWh\n01.01.2001 00:00;1\n01.01.2001 00:15;1"],
    ["meter_export.not_a_table", "<html>Log in</html>"],
    ["meter_export.empty", ""],
  ];
  for (const [code, text] of cases) {
    writeFileSync(join(folder, "imports", "bad.csv"), text);
    const source = { kind: "meter", file: "bad.csv" } as const;
    await expect(imports.preview(source, never)).rejects.toMatchObject({ code });
  }
  expect(recorded.history.entities.find(METER_IMPORT)).toBeUndefined();
});
