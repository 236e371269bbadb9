import { workerData } from "node:worker_threads";
import { AppError } from "#foundation/errors.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import { serveThread } from "#store/serve-thread.ts";
import { backTestAll, whatIf } from "./back-test.ts";
import type { ReplayHandlers } from "./back-tests.ts";
import { explain } from "./explain.ts";
import {
  createColumns,
  type GrowingColumns,
  type PastColumns,
  type PastWorld,
} from "./past/past.ts";

/** Replays automations over a past that is handed over in blocks, on a thread of its own. */
const stop = workerData as Int32Array<SharedArrayBuffer>;
const isStopped = () => Atomics.load(stop, 0) === 1;

let beginning: Omit<PastWorld, "changes"> | undefined;
let growing: GrowingColumns | undefined;

function loaded(): { past: PastWorld; columns: PastColumns } {
  if (!beginning || !growing) {
    throw new AppError("conflict", "replay.nothing_loaded", "No history was loaded");
  }
  const columns = growing.columns();
  return { past: { ...beginning, changes: columns }, columns };
}

serveThread(
  {
    begin(past) {
      beginning = past;
      growing = createColumns(1 << 16);
    },
    add(block) {
      for (let row = 0; row < block.count; row += 1) growing?.add(changeAt(block, row));
    },
    backTest: ({ automations, options }) =>
      backTestAll(automations, { ...loaded(), options: { ...options, isStopped } }),
    whatIf: ({ automation, path, values, options }) =>
      whatIf(automation, { path, values }, { ...loaded(), options: { ...options, isStopped } }),
    explain: ({ automation, ...moment }) => explain(automation, loaded().past, moment),
  } satisfies ReplayHandlers,
  () => undefined,
);

function changeAt(block: PastColumns, row: number) {
  const state = block.texts[block.state[row] as number];
  const changedAttributes = block.attributeSets[block.attributes[row] as number];
  const by = block.texts[block.by[row] as number];
  return {
    at: block.at[row] as number,
    entityId: block.entityIds[block.entity[row] as number] as string,
    cause: CAUSE_KINDS[block.cause[row] as number] ?? "unknown",
    ...(state === undefined ? {} : { state }),
    ...(changedAttributes ? { changedAttributes } : {}),
    ...(by === undefined ? {} : { by }),
  };
}
