import type { Recorder, Row } from "../model/recorder.ts";
import { toSeconds } from "./wire.ts";

const NEEDS_ATTRIBUTES = new Set(["climate", "humidifier", "input_datetime", "water_heater"]);
const ATTRIBUTES_COUNT = new Set([...NEEDS_ATTRIBUTES, "device_tracker"]);

export interface HistoryRange {
  readonly start: number;
  readonly end: number;
  readonly withStartState: boolean;
  readonly significantOnly: boolean;
  readonly minimal: boolean;
  readonly noAttributes: boolean;
}

/** The rows of one entity within a range; the first one is the state at the start. */
export function rowsWithin(
  recorder: Recorder,
  entityId: string,
  range: Omit<HistoryRange, "minimal" | "noAttributes">,
): readonly Row[] {
  const domain = entityId.slice(0, entityId.indexOf("."));
  const all = recorder.rowsOf(entityId);
  const found: Row[] = [];
  let before: Row | undefined;
  for (const row of all) {
    if (row.updatedAt < range.start) {
      before = row;
      continue;
    }
    if (row.updatedAt === range.start) continue; // Core leaves out both ends
    if (row.updatedAt >= range.end) break;
    const isChange = row.changedAt === row.updatedAt;
    if (range.significantOnly && !isChange && !ATTRIBUTES_COUNT.has(domain)) continue;
    found.push(row);
  }
  if (range.withStartState && before !== undefined) {
    found.unshift({ ...before, changedAt: range.start, updatedAt: range.start });
  }
  return found;
}

/** Compressed history of one entity. */
export function toCompressedHistory(recorder: Recorder, entityId: string, range: HistoryRange) {
  const domain = entityId.slice(0, entityId.indexOf("."));
  const rows = rowsWithin(recorder, entityId, range);
  return rows.map((row, index) => {
    const isEdge = index === 0 || index === rows.length - 1;
    const wanted = !range.noAttributes && (!range.minimal || isEdge);
    const lu = toSeconds(row.updatedAt);
    const lc = toSeconds(row.changedAt);
    return {
      s: row.state,
      ...(wanted || NEEDS_ATTRIBUTES.has(domain) ? { a: row.attributes } : {}),
      lu,
      ...(lc === lu ? {} : { lc }),
    };
  });
}
