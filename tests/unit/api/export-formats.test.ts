import { parquetMetadata, parquetReadObjects } from "hyparquet";
import readExcelFile from "read-excel-file/node";
import { extractText, getDocumentProxy } from "unpdf";
import { expect, test } from "vitest";
import { eventsContent } from "#src/api/export/events-content.ts";
import { createLocalTime } from "#src/api/export/local-time.ts";
import { parquet } from "#src/api/export/parquet.ts";
import { pdf } from "#src/api/export/pdf.ts";
import { statisticsContent } from "#src/api/export/statistics-content.ts";
import { writeXlsx, xlsx } from "#src/api/export/xlsx.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { change, changes, FIRST_AT, STEP_MS } from "#support/export/changes.ts";
import { AREAS } from "#support/export/export-house.ts";

const frame = {
  houseName: "Haus am See",
  time: createLocalTime("Europe/Berlin"),
  createdAt: FIRST_AT,
  names: { area: (id: string) => AREAS[id], device: () => undefined },
};
const events = (
  rows: AsyncIterable<readonly RecordedChange[]>,
  query: { entity?: string[]; total?: number } = {},
) =>
  eventsContent(frame, {
    rows,
    query: {
      ...(query.entity ? { entity: query.entity } : {}),
      from: FIRST_AT,
      to: FIRST_AT + (query.total ?? 3) * STEP_MS,
    },
  });

async function gather(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = [];
  for await (const chunk of chunks) all.push(chunk);
  return Buffer.concat(all);
}

async function* one(...rows: RecordedChange[]) {
  yield rows;
}

/** Field by field, by the head of the column. */
function toObjects(table: readonly (readonly unknown[])[]): Record<string, unknown>[] {
  const [head = [], ...rows] = table;
  return rows.map((row) => Object.fromEntries(head.map((name, n) => [String(name), row[n]])));
}

test("Excel shows numbers as numbers, moments as local dates, and no text as a formula", async () => {
  const sheets = await readExcelFile(await gather(xlsx.write(events(changes(3)))));
  expect(sheets.map(({ sheet }) => sheet)).toEqual(["What happened", "About"]);
  const rows = toObjects(sheets[0]?.data ?? []);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toMatchObject({
    "Time (Europe/Berlin)": new Date("2026-10-25T00:00:00Z"), // local time, as a cell has no zone
    Name: "Küche Temperatur",
    Area: "Küche",
    Value: 20,
    Unit: "°C",
    Override: false,
    Event: String(change(0).id),
  });
  expect(rows[1]?.Name).toBe('Licht "Flur", oben');
  expect(rows[2]?.Name).toBe("=HYPERLINK(door)");
  expect(sheets[1]?.data).toContainEqual(["House", "Haus am See"]);
});

test("a name with characters that XML forbids does not break the workbook", async () => {
  const odd = { ...change(0), name: "a\u0000<b>&\ud800\u000b😀", newState: "x".repeat(40_000) };
  const [sheet] = await readExcelFile(await gather(xlsx.write(events(one(odd)))));
  const [row] = toObjects(sheet?.data ?? []);
  expect(row?.Name).toBe("a<b>&😀");
  expect(String(row?.["New state"])).toHaveLength(32_767);
});

test("more rows than a sheet holds go on in the next one", async () => {
  const sheets = await readExcelFile(await gather(writeXlsx(events(changes(25)), 11)));
  expect(sheets.map(({ sheet, data }) => [sheet, data.length])).toEqual([
    ["What happened", 11],
    ["What happened 2", 11],
    ["What happened 3", 6],
    ["About", 7],
  ]);
  const contexts = sheets.slice(0, 3).flatMap(({ data }) => toObjects(data));
  expect(contexts.map((row) => row.Context)).toEqual(
    Array.from({ length: 25 }, (_, n) => change(n).context?.id),
  );
});

test("Parquet holds typed columns in groups of rows", async () => {
  const bytes = await gather(parquet.write(events(changes(5_000))));
  const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length) as ArrayBuffer;
  expect(parquetMetadata(file).row_groups.map(({ num_rows }) => num_rows)).toEqual([
    2048n,
    2048n,
    904n,
  ]);
  const { zstdDecompressSync } = await import("node:zlib");
  const rows = await parquetReadObjects({
    file,
    compressors: { ZSTD: (input) => zstdDecompressSync(input) },
  });
  expect(rows).toHaveLength(5_000);
  expect(rows[3]).toMatchObject({
    time: new Date(change(3).at),
    entity_id: "sensor.kueche_temperatur",
    value: change(3).value,
    override: false,
    cause_by: null,
  });
  expect(rows[4_999]?.context_id).toBe(change(4_999).context?.id);
});

async function readPages(bytes: Buffer): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(bytes)));
  return text;
}

test("the report names the house, counts, draws, lists and numbers its pages", async () => {
  const entity = [0, 1, 2].map((n) => change(n).entityId);
  const pages = await readPages(
    await gather(pdf.write(events(changes(90), { entity, total: 90 }))),
  );
  expect(pages).toHaveLength(4);
  const [first = ""] = pages;
  expect(first).toContain("Haus am See");
  expect(first).toContain("2026-10-25 00:00 to 2026-10-25 00:01");
  expect(first).toContain("Küche Temperatur");
  expect(first).toContain("°C");
  expect(first).toContain("Changes by weekday and hour");
  expect(pages.join(" ")).toContain("Nothing is left out.");
  for (const [n, page] of pages.entries()) expect(page).toContain(`Page ${n + 1} of 4`);
});

test("a report that would be a book says how much it leaves out", async () => {
  const pages = await readPages(await gather(pdf.write(events(changes(9_000)))));
  expect(pages).toHaveLength(40);
  expect(pages.at(-1)).toMatch(/Listed are the first 1,\d{3} of 9,000\./);
});

test("a name in a script that the font has not, and one that never ends, still make a report", async () => {
  const odd = { ...change(0), name: `客厅 💡 µ ${"Donaudampfschifffahrts".repeat(30)}` };
  const pages = await readPages(await gather(pdf.write(events(one(odd)))));
  expect(pages.join(" ")).toMatch(/□□ [µμ]\sDonaudampf/);
});

test("an empty report says that nothing was recorded", async () => {
  const pages = await readPages(await gather(pdf.write(events(one()))));
  expect(pages.join(" ")).toContain("Nothing was recorded in this period");
});

test("statistics are drawn with what lies between the lowest and the highest", async () => {
  const hour = 3_600_000;
  async function* rows() {
    yield Array.from({ length: 24 }, (_, n) => ({
      entityId: "sensor.power",
      name: "Strom Übergabe",
      unit: "W",
      start: FIRST_AT + n * hour,
      end: FIRST_AT + (n + 1) * hour,
      n: 60,
      mean: 100 + n,
      min: 50,
      max: 300,
    }));
  }
  const query = {
    entityIds: ["sensor.power"],
    period: "hour" as const,
    from: FIRST_AT,
    to: FIRST_AT + 24 * hour,
  };
  const pages = await readPages(
    await gather(pdf.write(statisticsContent(frame, { query, rows: rows() }))),
  );
  expect(pages.join(" ")).toContain("Strom Übergabe");
  expect(pages.join(" ")).toContain("Nothing is left out.");
});
