import { readFile, stat } from "node:fs/promises";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS, HOUR_MS, SECOND_MS } from "#foundation/time.ts";
import type { PastChange } from "#ingest/past/past.ts";
import {
  type Batch,
  describeEntities,
  EARLIEST_MS,
  type Household,
  type Importer,
} from "./importer.ts";

/** The house's power, quarter hour by quarter hour, as the grid operator measured it. */
export const METER_IMPORT = "homeiq.meter_import_power";

/** What stands in a file of a grid operator. */
export interface MeterFile {
  /** In order of time. */
  readonly slots: readonly { readonly start: number; readonly end: number; readonly kwh: number }[];
  readonly stepMs: number;
  readonly leftOut: number;
  readonly isTimeSupposed: boolean;
}

/** Rejects with `invalid` and what is wrong with the file. */
export type ReadMeterFile = (bytes: Uint8Array) => Promise<MeterFile>;

const MOST_BYTES = 64 * 1024 ** 2; // ten years of quarter hours are 30 MB
const CHANGES_PER_BATCH = 5_000;
const GAP_EARLY_MS = SECOND_MS;

/**
 * Reads the export of a grid operator's portal as the power of the house.
 *
 * Power, not a counter: the mean of a quarter hour is the same in whichever file it stands, so files that overlap add
 * nothing twice, and one that is older than what is here fits before it.
 */
export function createMeterImporter(
  file: string,
  household: Household,
  readExport: ReadMeterFile,
): Importer {
  async function open() {
    const { size } = await stat(file);
    if (size > MOST_BYTES) {
      throw new AppError("invalid", "imports.meter_too_large", "The file is larger than 64 MB");
    }
    const found = await readExport(await readFile(file));
    if (found.stepMs > HOUR_MS) {
      throw new AppError(
        "invalid",
        "imports.meter_too_coarse",
        "The file has only days or months. The portal offers quarter hours as well: export those",
      );
    }
    const latest = household.now() + DAY_MS;
    const slots = found.slots.filter(({ start, end }) => start >= EARLIEST_MS && end <= latest);
    if (slots.length === 0) {
      throw new AppError(
        "invalid",
        "imports.meter_no_values",
        "The file has no value between 2013 and today",
      );
    }
    return { slots, problems: problemsOf(found, found.slots.length - slots.length) };
  }

  return {
    async preview() {
      const { slots, problems } = await open();
      return {
        entities: describeEntities([METER_IMPORT], household),
        changes: toChanges(slots).length,
        ...{ from: slots[0]?.start ?? 0, to: slots.at(-1)?.end ?? 0 },
        problems: { count: problems.length, first: problems },
      };
    },

    async *read(_done, signal): AsyncIterable<Batch> {
      const { slots, problems } = await open();
      const changes = household.isRecorded(METER_IMPORT) ? toChanges(slots) : [];
      yield { problems, progress: 0, step: "Reads the file" };
      for (let start = 0; start < changes.length; start += CHANGES_PER_BATCH) {
        signal.throwIfAborted();
        const end = start + CHANGES_PER_BATCH;
        yield {
          changes: changes.slice(start, end),
          progress: Math.min(1, end / changes.length),
          step: "Keeps the quarter hours",
        };
      }
    },
  };
}

function problemsOf({ leftOut, isTimeSupposed }: MeterFile, outOfTime: number): string[] {
  return [
    ...(leftOut > 0 ? [`${leftOut} rows have no value of their own`] : []),
    ...(outOfTime > 0 ? [`${outOfTime} rows are before 2013 or in the future`] : []),
    ...(isTimeSupposed
      ? ["The file does not say whether a time is the start or the end: it is read as the start"]
      : []),
  ];
}

function toChanges(slots: MeterFile["slots"]): PastChange[] {
  const common = { entityId: METER_IMPORT, unit: "W", source: "csv" } as const;
  return slots.flatMap(({ start, end, kwh }, index) => {
    const watts = (kwh * 1_000 * HOUR_MS) / (end - start);
    const change: PastChange = { ...common, at: start, state: String(Math.round(watts * 10) / 10) };
    if (slots[index + 1]?.start === end) return [change];
    // Early, so that the slot of a later file that begins right here is another moment.
    return [change, { ...common, at: end - GAP_EARLY_MS, state: "unknown" }];
  });
}
