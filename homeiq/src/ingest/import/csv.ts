import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import type { CsvError } from "csv-parse";
import { AppError } from "#foundation/errors.ts";
import type { PastChange } from "#ingest/past/past.ts";
import { readColumns } from "./csv-columns.ts";
import {
  type Batch,
  createRepeats,
  describeEntities,
  type Household,
  type Importer,
} from "./importer.ts";

const LINES_PER_BATCH = 5_000;
const PROBLEMS_SHOWN = 20;
const LONGEST_LINE = 1024 * 1024; // attributes of one change are at most 16 KB; more is no CSV

interface CsvBatch {
  readonly changes: readonly PastChange[];
  readonly problems: readonly string[];
  readonly bytes: number;
}

/** Reads Home Assistant's own export of history, or ours. Lines that cannot be used are named, and left out. */
export function createCsvImporter(file: string, household: Household): Importer {
  return {
    async preview(signal) {
      const entities = new Set<string>();
      const first: string[] = [];
      let [changes, count] = [0, 0];
      let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for await (const batch of readBatches(file, household, signal)) {
        count += batch.problems.length;
        first.push(...batch.problems.slice(0, PROBLEMS_SHOWN - first.length));
        for (const { entityId, at } of batch.changes) {
          entities.add(entityId);
          changes += 1;
          if (at < from) from = at;
          if (at > to) to = at;
        }
      }
      return {
        entities: describeEntities(entities, household),
        changes,
        ...(changes > 0 ? { from, to } : {}),
        problems: { count, first },
      };
    },

    async *read(_done, signal): AsyncIterable<Batch> {
      const { size } = await stat(file);
      for await (const { changes, problems, bytes } of readBatches(file, household, signal)) {
        yield {
          changes: changes.filter(({ entityId }) => household.isRecorded(entityId)),
          problems,
          progress: size === 0 ? 1 : Math.min(1, bytes / size),
          step: "Reads the file",
        };
      }
    },
  };
}

async function* readBatches(
  file: string,
  household: Household,
  signal: AbortSignal,
): AsyncIterable<CsvBatch> {
  const { parse } = await import("csv-parse");
  let problems: string[] = [];
  const source = createReadStream(file, { signal });
  const parser = parse({
    delimiter: await findDelimiter(file),
    ...{ bom: true, info: true, relax_column_count: true, skip_empty_lines: true },
    ...{ max_record_size: LONGEST_LINE, skip_records_with_error: true },
    on_skip: (error: CsvError | undefined) => {
      problems.push(`Line ${Number(error?.lines ?? 0)}: ${error?.message ?? "cannot be read"}`);
      return undefined;
    },
  });
  source.on("error", (error) => parser.destroy(error));
  source.pipe(parser);

  const repeats = createRepeats();
  const now = household.now();
  let toLine: ReturnType<typeof readColumns> | undefined;
  let changes: PastChange[] = [];
  let lines = 0;
  let bytes = 0;
  for await (const { record, info } of parser as AsyncIterable<{
    record: string[];
    info: { lines: number; bytes: number };
  }>) {
    if (!toLine) {
      toLine = readColumns(record);
      continue;
    }
    lines += 1;
    bytes = info.bytes;
    const line = toLine(record, now);
    if ("problem" in line) problems.push(`Line ${info.lines}: ${line.problem}`);
    if ("change" in line) {
      const { entityId, at, state } = line.change;
      if (!repeats.isRepeat(entityId, at, state)) changes.push(line.change);
    }
    if (lines % LINES_PER_BATCH > 0) continue;
    yield { changes, problems, bytes };
    signal.throwIfAborted();
    changes = [];
    problems = [];
  }
  if (!toLine) {
    throw new AppError("invalid", "imports.csv_empty", "The file is empty, or is no CSV");
  }
  yield { changes, problems, bytes };
}

/** The one of comma, semicolon and tab that the first line has most of. */
async function findDelimiter(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(4096), 0, 4096, 0);
    const head = buffer.toString("utf8", 0, bytesRead).split("\n", 1)[0] ?? "";
    const counted = [",", ";", "\t"].map((mark) => ({ mark, n: head.split(mark).length }));
    return counted.reduce((best, one) => (one.n > best.n ? one : best)).mark;
  } finally {
    await handle.close();
  }
}
