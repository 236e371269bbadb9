import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import {
  createImports,
  type ImportSource,
  type ImportStatus,
  type Imports,
} from "#src/ingest/import/import.ts";
import { openStore, type Store } from "#src/store/database.ts";
import { eventually } from "#support/eventually.ts";
import { createPastInMemory, type PastInMemory } from "#support/past-in-memory.ts";
import { FILE_START_S, writeCurrentFile, writeOldFile } from "#support/recorder-file.ts";

let folder: string;
let store: Store;
let past: PastInMemory;
let imports: Imports;
const dropped = new Set<string>();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-import-"));
  mkdirSync(join(folder, "imports"));
  store = openStore(join(folder, "homeiq.db"));
  past = createPastInMemory();
  dropped.clear();
  imports = open();
});

afterEach(async () => {
  await imports[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

function open(): Imports {
  return createImports({
    ...{ db: store.db, clock: systemClock, log: createLog("silent"), keeper: past },
    folder: join(folder, "imports"),
    isRecorded: (id) => !dropped.has(id),
    findUser: (id) =>
      id === "00112233445566778899aabbccddeeff" ? { isSystem: false, name: "Anna" } : undefined,
    now: systemClock.now,
    readMeterFile: async (bytes) => readMeterExport(bytes, "Europe/Vienna"),
  });
}

const put = (name: string, text: string) => writeFileSync(join(folder, "imports", name), text);
const never = new AbortController().signal;

async function bringIn(source: ImportSource): Promise<ImportStatus> {
  const { id } = await imports.start(source);
  return await eventually("it ended", () =>
    imports.list().find((one) => one.id === id && one.state !== "running"),
  );
}

test("Home Assistant's own export of history is read", async () => {
  put(
    "history.csv",
    `entity_id,state,last_changed
light.hall,off,2026-03-01T12:00:00.000Z
light.hall,on,2026-03-01T12:05:00.250Z
light.hall,on,2026-03-01T12:06:00.000Z
input_text.note,"He said ""hi"", then left
for good",2026-03-01T13:00:00+01:00
sensor.hall,21.5,2026-03-01T12:00:00Z
`,
  );
  const source = { kind: "csv", file: "history.csv" } as const;
  const preview = await imports.preview(source, never);
  expect(preview).toMatchObject({
    entities: { total: 3, filtered: 0 },
    changes: 4,
    from: Date.UTC(2026, 2, 1, 12),
    problems: { count: 0 },
  });
  expect(past.changes()).toEqual([]);
  expect(await bringIn(source)).toMatchObject({ state: "done", changesAdded: 4, changesKnown: 0 });
  expect(past.changes()).toContainEqual({
    entityId: "light.hall",
    at: Date.UTC(2026, 2, 1, 12, 5, 0, 250),
    state: "on",
    source: "csv",
  });
  expect(past.changes().map(({ state }) => state)).toContain('He said "hi", then left\nfor good');
});

test("our own export comes back as it was, with its causes", async () => {
  put(
    "ours.csv",
    `\ufefftime,entity_id,name,kind,old_state,new_state,unit,cause,cause_confidence,cause_by,cause_by_name,context_id
2026-03-01T13:00:00.500+01:00,light.hall,Hall,state,off,on,,automation,0.98,automation.dusk,Dusk,01ABC
2026-03-01T13:00:01.000+01:00,light.hall,Hall,attributes,on,on,,integration,0.9,,,01ABD
2026-03-01T13:00:02.000+01:00,input_text.sum,Sum,state,x,'=1+1,,person_dashboard,0.95,abc,Anna,01ABE
`,
  );
  await bringIn({ kind: "csv", file: "ours.csv" });
  expect(past.changes()).toEqual([
    expect.objectContaining({
      at: Date.UTC(2026, 2, 1, 12, 0, 0, 500),
      cause: { kind: "automation", confidence: 0.98, by: "automation.dusk", byName: "Dusk" },
      context: { id: "01ABC" },
    }),
    expect.objectContaining({ entityId: "input_text.sum", state: "=1+1" }),
  ]);
});

test("lines that cannot be used are named, and the rest comes in", async () => {
  put(
    "bad.csv",
    `entity_id;state;last_changed
light.hall;on;2026-03-01T12:00:00Z
no id;on;2026-03-01T12:00:00Z
light.hall;off;2026-03-01 12:00:00
light.hall;;2026-03-01T12:00:00Z
light.hall;off;1999-03-01T12:00:00Z
light.hall;off;2026-03-01T12:00:09Z
`,
  );
  const done = await bringIn({ kind: "csv", file: "bad.csv" });
  expect(done).toMatchObject({ state: "done", changesAdded: 2 });
  expect(done.problems).toEqual({
    count: 4,
    first: [
      'Line 3: "no id" is not an entity id',
      'Line 4: "2026-03-01 12:00:00" is not a time with a time zone',
      "Line 5: light.hall has no state",
      'Line 6: "1999-03-01T12:00:00Z" is before 2013 or in the future',
    ],
  });
});

test.for([
  ["a,b,c\n1,2,3\n", "imports.csv_columns"],
  ["", "imports.csv_empty"],
] as const)("a file that is no history is refused: %j", async ([text, code]) => {
  put("other.csv", text);
  const source = { kind: "csv", file: "other.csv" } as const;
  await expect(imports.preview(source, never)).rejects.toMatchObject({ kind: "invalid", code });
  expect(await bringIn(source)).toMatchObject({ state: "failed", error: { code } });
});

test("what the household does not record is not imported, and the preview says so", async () => {
  dropped.add("light.hall");
  put(
    "history.csv",
    "entity_id,state,last_changed\nlight.hall,on,2026-03-01T12:00:00Z\nlight.porch,on,2026-03-01T12:00:00Z\n",
  );
  const source = { kind: "csv", file: "history.csv" } as const;
  expect((await imports.preview(source, never)).entities).toEqual({
    total: 2,
    filtered: 1,
    sample: ["light.porch"],
  });
  await bringIn(source);
  expect(past.changes().map(({ entityId }) => entityId)).toEqual(["light.porch"]);
});

test("an import that is repeated adds nothing", async () => {
  writeCurrentFile(join(folder, "imports", "home-assistant_v2.db"));
  const source = { kind: "recorder", file: "home-assistant_v2.db" } as const;
  const first = await bringIn(source);
  const second = await bringIn(source);
  expect(first.changesAdded).toBeGreaterThan(0);
  expect(second).toMatchObject({
    changesAdded: 0,
    changesKnown: first.changesAdded,
    statisticsAdded: 0,
  });
  expect(second.id).not.toBe(first.id);
});

test("a recorder's file of today is read with causes, contexts and statistics", async () => {
  writeCurrentFile(join(folder, "imports", "home-assistant_v2.db"));
  const source = { kind: "recorder", file: "home-assistant_v2.db" } as const;
  expect(await imports.preview(source, never)).toMatchObject({
    entities: { total: 3 },
    changes: 64,
    statistics: 25,
    from: FILE_START_S * 1000 + 123,
  });
  expect(await bringIn(source)).toMatchObject({
    state: "done",
    changesAdded: 64,
    statisticsAdded: 24,
  });
  const of = (entityId: string) => past.changes().filter((one) => one.entityId === entityId);
  expect(of("light.hall")).toEqual([
    expect.objectContaining({ state: "off", at: FILE_START_S * 1000 + 123 }),
    expect.objectContaining({
      state: "on",
      cause: expect.objectContaining({ kind: "person_dashboard", byName: "Anna" }),
      context: { id: "01JQRA3CP3TKJZC1RR54X4PQ3D", userId: "00112233445566778899aabbccddeeff" },
    }),
  ]);
  expect(of("light.porch").at(-1)?.cause).toMatchObject({
    kind: "automation",
    by: "automation.porch_at_dusk",
    byName: "Porch at dusk",
  });
  expect(of("sensor.hall_temperature")[0]).toMatchObject({ state: "20", unit: "°C" });
  expect(past.statistics()).toHaveLength(24);
  expect(past.statistics()[0]).toEqual({
    ...{ entityId: "sensor.hall_temperature", start: FILE_START_S * 1000 },
    ...{ mean: 21, min: 20, max: 22 },
  });
});

test("a recorder's file of 2021 is read as well", async () => {
  writeOldFile(join(folder, "imports", "old.db"));
  expect(await bringIn({ kind: "recorder", file: "old.db" })).toMatchObject({ state: "done" });
  expect(
    past.changes().map(({ entityId, at, state, unit }) => [entityId, at, state, unit]),
  ).toEqual([
    ["light.hall", Date.UTC(2021, 7, 1, 18, 0, 0, 250), "off", undefined],
    ["light.hall", Date.UTC(2021, 7, 1, 18, 0, 1, 500), "on", undefined],
    ["sensor.meter", Date.UTC(2021, 7, 1, 18), "12.5", "kWh"],
  ]);
  const hour = { entityId: "sensor.meter", start: Date.UTC(2021, 7, 1, 16), last: 12.5 };
  expect(past.statistics()).toEqual([
    hour,
    { ...hour, start: hour.start + 3_600_000, last: 14, rise: 1.5 },
  ]);
});

test.for([
  ["imports.not_sqlite", "no database at all"],
  ["imports.recorder_broken", `SQLite format 3\0${"x".repeat(5000)}`],
] as const)("a file that is no recorder's is refused: %s", async ([code, text]) => {
  put("other.db", text);
  const source = { kind: "recorder", file: "other.db" } as const;
  await expect(imports.preview(source, never)).rejects.toMatchObject({ kind: "invalid", code });
});

test("a database of something else is refused", async () => {
  const source = { kind: "recorder", file: "own.db" } as const;
  const other = openStore(join(folder, "imports", "own.db"));
  await other[Symbol.asyncDispose]();
  await expect(imports.preview(source, never)).rejects.toMatchObject({
    code: "imports.recorder_unknown",
  });
});

test("an import can be cancelled, what came in stays, and it goes on later", async () => {
  const lines = Array.from(
    { length: 30_000 },
    (_, n) => `sensor.hall,${n},${new Date(Date.UTC(2026, 2, 1) + n * 1000).toISOString()}`,
  );
  put("long.csv", `entity_id,state,last_changed\n${lines.join("\n")}\n`);
  const source = { kind: "csv", file: "long.csv" } as const;
  const { id } = await imports.start(source);
  await expect(imports.start(source)).rejects.toMatchObject({ code: "imports.running" });
  await eventually("some is there", () => past.changes().length > 0 || undefined);
  imports.cancel(id);
  await eventually("it ended", () => imports.list()[0]?.state === "cancelled" || undefined);
  expect(past.changes().length).toBeLessThan(30_000);
  expect(() => imports.cancel(id)).toThrow(expect.objectContaining({ kind: "conflict" }));
  const again = await bringIn(source);
  expect(again).toMatchObject({ id, state: "done" });
  expect(past.changes().length).toBe(30_000);
});

test("an import that HomeIQ left behind when it stopped is said to be interrupted", async () => {
  writeCurrentFile(join(folder, "imports", "home-assistant_v2.db"));
  await imports.start({ kind: "recorder", file: "home-assistant_v2.db" });
  await imports[Symbol.asyncDispose]();
  imports = open();
  expect(["interrupted", "done"]).toContain(imports.list()[0]?.state);
  expect(await bringIn({ kind: "recorder", file: "home-assistant_v2.db" })).toMatchObject({
    state: "done",
  });
  expect(past.changes().length).toBe(64);
});

test("a file is only taken from the imports folder", async () => {
  await expect(imports.preview({ kind: "csv", file: "nothing.csv" }, never)).rejects.toMatchObject({
    kind: "not_found",
    code: "imports.no_file",
  });
});
