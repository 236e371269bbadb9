import { stat } from "node:fs/promises";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { type Kept, keepAll, MOST_PER_CALL, type PastKeeper } from "#ingest/past/past.ts";
import type { Db } from "#store/database.ts";
import { createCsvImporter } from "./csv.ts";
import type { ImportSource } from "./import.schema.ts";
import {
  addImport,
  findImport,
  type ImportRow,
  keepImport,
  listImports,
  markInterrupted,
} from "./import.store.ts";
import { createImportFiles, type ImportFiles } from "./import-files.ts";
import type { Batch, Household, Importer, ImportPreview, Problems } from "./importer.ts";
import { createInfluxImporter } from "./influxdb.ts";
import { createMeterImporter, type ReadMeterFile } from "./meter.ts";
import { createRecorderFileImporter } from "./recorder-file.ts";

export { FileName, ImportSource } from "./import.schema.ts";
export type { ImportFile, ImportFiles } from "./import-files.ts";
export type { ImportPreview, Problems } from "./importer.ts";
export { METER_IMPORT, type ReadMeterFile } from "./meter.ts";

export interface ImportStatus {
  readonly id: number;
  readonly kind: ImportSource["kind"];
  /** What is read, without any secret. */
  readonly label: string;
  readonly state: "running" | "done" | "cancelled" | "interrupted" | "failed";
  readonly startedAt: number;
  readonly finishedAt?: number;
  /** 0 to 1; only while it runs. */
  readonly progress?: number;
  /** What is being read, in plain words; only while it runs. */
  readonly step?: string;
  readonly changesAdded: number;
  /** Changes that had been there before. */
  readonly changesKnown: number;
  readonly statisticsAdded: number;
  /** What could not be used. */
  readonly problems: Problems;
  readonly error?: { readonly code: string; readonly message: string };
}

export interface Imports extends AsyncDisposable {
  /** Newest first. */
  list(): ImportStatus[];
  readonly files: ImportFiles;
  /** Reads without keeping. Throws `invalid`, `not_found`, `unavailable` or `unconfigured` with the reason. */
  preview(source: ImportSource, signal: AbortSignal): Promise<ImportPreview>;
  /** Begins, or goes on where the last one of the same source ended early. `conflict` while one runs. */
  start(source: ImportSource): Promise<ImportStatus>;
  /** Throws `conflict` when it does not run. What was kept stays. */
  cancel(id: number): void;
}

interface Deps extends Household {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly keeper: PastKeeper;
  /** Where files to be imported are put. */
  readonly folder: string;
  readonly readMeterFile: ReadMeterFile;
}

const SHOWN = 20;
const PROBLEMS_KEPT = 20;

/** Brings in what others recorded: one import at a time, kept as it is read. */
export function createImports(deps: Deps): Imports {
  const { db, clock, log, keeper } = deps;
  const files = createImportFiles(deps.folder);
  const household: Household = { ...deps, now: () => clock.now() };
  let running: { row: ImportRow; progress: number; step: string } | undefined;
  let ending = new AbortController();
  let current: Promise<void> = Promise.resolve();
  markInterrupted(db, clock.now());

  async function openSource(source: ImportSource): Promise<Importer> {
    if (source.kind === "influxdb") return createInfluxImporter(source, household);
    const file = await files.find(source.file);
    if (source.kind === "meter") return createMeterImporter(file, household, deps.readMeterFile);
    const create = source.kind === "csv" ? createCsvImporter : createRecorderFileImporter;
    return create(file, household);
  }

  /** Another file of the same name is another source: its size tells. */
  async function labelOf(source: ImportSource): Promise<string> {
    if (source.kind === "influxdb") {
      return [source.url, source.database, source.retentionPolicy].filter(Boolean).join(" · ");
    }
    const { size } = await stat(await files.find(source.file));
    return `${source.file} · ${size} bytes`;
  }

  function begin({ kind }: ImportSource, label: string): ImportRow {
    const last = findImport(db, label);
    if (last && last.state !== "done") {
      const row: ImportRow = { ...last, state: "running", errorCode: null, errorMessage: null };
      keepImport(db, row.id, { ...row, finishedAt: null });
      return row;
    }
    return addImport(db, {
      ...{ kind, label, state: "running", startedAt: clock.now(), finishedAt: null },
      ...{ doneParts: [], changes: 0, known: 0, statistics: 0 },
      ...{ problems: { count: 0, first: [] }, errorCode: null, errorMessage: null },
    });
  }

  async function run(importer: Importer, first: ImportRow, signal: AbortSignal): Promise<void> {
    let row = first;
    const finish = (end: Partial<ImportRow>) => {
      keepImport(db, row.id, { ...row, finishedAt: clock.now(), ...end });
      running = undefined;
    };
    try {
      for await (const batch of importer.read(new Set(first.doneParts), signal)) {
        row = { ...row, ...(await keepBatch(row, batch)) };
        keepImport(db, row.id, row);
        running = { row, progress: batch.progress, step: batch.step };
        signal.throwIfAborted();
      }
      finish({ state: "done" });
      log.info({ kind: row.kind, changes: row.changes }, "An import is done");
    } catch (thrown) {
      if (signal.aborted)
        return finish({ state: signal.reason === STOPPED ? "interrupted" : "cancelled" });
      const error = toAppError(thrown);
      log.warn({ err: error, kind: row.kind }, "An import failed");
      finish({ state: "failed", errorCode: error.code, errorMessage: error.message });
    }
  }

  async function keepBatch(row: ImportRow, batch: Batch): Promise<Partial<ImportRow>> {
    const { changes = [], statistics = [], problems = [], donePart } = batch;
    const kept = await keepAll(keeper.addPast, changes);
    let hours = 0;
    for (let start = 0; start < statistics.length; start += MOST_PER_CALL) {
      const part: Kept = await keeper.addPastStatistics(
        statistics.slice(start, start + MOST_PER_CALL),
      );
      hours += part.added;
    }
    const { count, first } = row.problems;
    return {
      changes: row.changes + kept.added,
      known: row.known + kept.known,
      statistics: row.statistics + hours,
      problems: {
        count: count + problems.length,
        first: [...first, ...problems.slice(0, Math.max(0, PROBLEMS_KEPT - first.length))],
      },
      ...(donePart === undefined ? {} : { doneParts: withPart(row.doneParts, donePart) }),
    };
  }

  function toStatus(row: ImportRow): ImportStatus {
    const live = running?.row.id === row.id ? running : undefined;
    return {
      id: row.id,
      kind: row.kind as ImportSource["kind"], // written by this file only
      label: row.label,
      state: row.state as ImportStatus["state"], // likewise
      startedAt: row.startedAt,
      ...present("finishedAt", row.finishedAt),
      ...(live ? { progress: live.progress, step: live.step } : {}),
      changesAdded: row.changes,
      changesKnown: row.known,
      statisticsAdded: row.statistics,
      problems: row.problems,
      ...(row.errorCode === null
        ? {}
        : { error: { code: row.errorCode, message: row.errorMessage ?? "" } }),
    };
  }

  return {
    list: () => listImports(db, SHOWN).map(toStatus),
    files,
    preview: async (source, signal) => (await openSource(source)).preview(signal),
    async start(source) {
      const importer = await openSource(source);
      const label = await labelOf(source);
      if (running)
        throw new AppError("conflict", "imports.running", "An import is running already");
      const row = begin(source, label);
      running = { row, progress: 0, step: "Begins" };
      ending = new AbortController();
      current = run(importer, row, ending.signal);
      return toStatus(row);
    },
    cancel(id) {
      if (running?.row.id !== id) {
        throw new AppError("conflict", "imports.not_running", "This import is not running");
      }
      ending.abort();
    },
    async [Symbol.asyncDispose]() {
      ending.abort(STOPPED);
      await current;
    },
  };
}

const STOPPED = "HomeIQ stops";

function withPart(parts: readonly string[], part: string): string[] {
  const name = part.slice(0, part.indexOf(" ") + 1);
  return [...parts.filter((one) => !one.startsWith(name)), part];
}
