import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/normalize.ts";
import { type BucketColumns, readSeries, type SeriesColumns, toBuckets } from "./series.ts";
import type { Source } from "./source.ts";

export interface HistoryJsonQuery {
  /** Each with the name a reader sees. */
  readonly entities: readonly {
    readonly key: number;
    readonly entityId: string;
    readonly name: string;
  }[];
  readonly from: number;
  readonly to: number;
  /** Numbers with more changes than this come as so many buckets; absent is all changes as they are. */
  readonly points?: number;
  /** Times that were missed, as they go into the answer. */
  readonly gaps: readonly unknown[];
}

const MOST_MARKS = 500;
/** Causes that a reader wants to see in a chart: somebody or something decided. */
const MARKED = new Set<CauseKind>([
  "person_dashboard",
  "person_voice",
  "physical",
  "automation",
  "script",
  "scene",
]);

/** The body of the answer to a question for history, as UTF-8 JSON: made here, it costs the event loop nothing. */
export function historyJson(source: Source, query: HistoryJsonQuery): Uint8Array {
  const parts = query.entities.map(({ key, entityId, name }) => {
    const [series] = readSeries(source, { keys: [key], from: query.from, to: query.to });
    const head = `"entityId":${JSON.stringify(entityId)},"name":${JSON.stringify(name)}`;
    return series ? `{${head},${entityJson(source, series, query)}}` : `{${head}}`;
  });
  const text = `{"from":${query.from},"to":${query.to},"entities":[${parts.join(",")}],"gaps":${JSON.stringify(query.gaps)}}`;
  return new TextEncoder().encode(text); // memory of its own, which can move to the other thread
}

function entityJson(source: Source, series: SeriesColumns, query: HistoryJsonQuery): string {
  const { from, to, points } = query;
  const fields = [
    ...(series.unit === undefined ? [] : [`"unit":${JSON.stringify(series.unit)}`]),
    `"numeric":${series.numeric || isNumberBefore(series)}`,
    ...(series.before ? [`"before":${JSON.stringify(series.before)}`] : []),
  ];
  const isNumeric = series.numeric || (series.at.length === 0 && isNumberBefore(series));
  if (isNumeric && points !== undefined && series.at.length > points) {
    const bucketMs = Math.max(1, Math.ceil((to - from) / points));
    const buckets = toBuckets(source, { key: series.key, from, to, bucketMs });
    fields.push(`"resolution":${bucketMs}`, `"buckets":${bucketsJson(buckets)}`);
  } else {
    fields.push(`"resolution":"raw"`);
    fields.push(isNumeric ? `"points":${pointsJson(series)}` : `"states":${statesJson(series)}`);
  }
  fields.push(`"causes":${causesJson(series)}`);
  return fields.join(",");
}

const isNumberBefore = (series: SeriesColumns) => series.before?.value !== undefined;

function pointsJson({ at, value }: SeriesColumns): string {
  let text = "";
  for (let n = 0; n < at.length; n += 1) {
    const number = value[n] as number;
    text += `${n === 0 ? "[" : ",["}${at[n]},${Number.isNaN(number) ? "null" : number}]`;
  }
  return `[${text}]`;
}

/** Rows whose state is the same as the one before are attributes that changed: they draw nothing. */
function statesJson({ at, value, state, states }: SeriesColumns): string {
  const texts = states.map((text) => (text === "" ? "null" : JSON.stringify(text)));
  let text = "";
  let before = "";
  for (let n = 0; n < at.length; n += 1) {
    const which = state[n] as number;
    const shown = which >= 0 ? (texts[which] as string) : `"${value[n]}"`;
    if (shown === before) continue;
    text += `${text === "" ? "[" : ",["}${at[n]},${shown}]`;
    before = shown;
  }
  return `[${text}]`;
}

function bucketsJson({ start, min, max, mean, last, n }: BucketColumns): string {
  let text = "";
  for (let row = 0; row < start.length; row += 1) {
    const middle = Math.round((mean[row] as number) * 1e6) / 1e6;
    text += `${row === 0 ? "[" : ",["}${start[row]},${min[row]},${max[row]},${middle},${last[row]},${n[row]}]`;
  }
  return `[${text}]`;
}

/** The newest marks win when there are too many. */
function causesJson({ at, cause }: SeriesColumns): string {
  const marks: string[] = [];
  for (let n = at.length - 1; n >= 0 && marks.length < MOST_MARKS; n -= 1) {
    const kind = CAUSE_KINDS[cause[n] as number];
    if (kind && MARKED.has(kind)) marks.push(`[${at[n]},"${kind}"]`);
  }
  return `[${marks.toReversed().join(",")}]`;
}
