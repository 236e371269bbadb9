import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/normalize.ts";
import type { BucketColumns, SeriesColumns } from "./reader/reader.ts";

type Columns = Omit<SeriesColumns, "key">;
type Spans = Omit<BucketColumns, "key">;

/** A question whose answer is JSON. */
export interface AnswerQuery {
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

/** The answer as JSON, from what `toEntityJson` made of each entity. */
export const toAnswerJson = (
  { from, to, gaps }: AnswerQuery,
  entities: readonly string[],
): string =>
  `{"from":${from},"to":${to},"entities":[${entities.join(",")}],"gaps":${JSON.stringify(gaps)}}`;

/** How many buckets to show in place of the changes; `undefined` when the changes themselves are few enough. */
export function bucketCountFor(series: Columns, points: number | undefined): number | undefined {
  return isNumeric(series) && points !== undefined && series.at.length > points
    ? points
    : undefined;
}

/** One entity of the answer; its numbers as buckets when there are any given. */
export function toEntityJson(
  { entityId, name }: { readonly entityId: string; readonly name: string },
  series: Columns | undefined,
  buckets: Spans | undefined,
): string {
  const head = `"entityId":${JSON.stringify(entityId)},"name":${JSON.stringify(name)}`;
  return series ? `{${head},${fieldsOf(series, buckets)}}` : `{${head}}`;
}

function fieldsOf(series: Columns, buckets: Spans | undefined): string {
  const fields = [
    ...(series.unit === undefined ? [] : [`"unit":${JSON.stringify(series.unit)}`]),
    `"numeric":${series.numeric || isNumberBefore(series)}`,
    ...(series.before ? [`"before":${JSON.stringify(series.before)}`] : []),
  ];
  if (buckets) {
    fields.push(`"resolution":${buckets.bucketMs}`, `"buckets":${bucketsJson(buckets)}`);
  } else {
    fields.push(`"resolution":"raw"`);
    fields.push(
      isNumeric(series) ? `"points":${pointsJson(series)}` : `"states":${statesJson(series)}`,
    );
  }
  fields.push(`"causes":${causesJson(series)}`);
  return fields.join(",");
}

const isNumeric = (series: Columns) =>
  series.numeric || (series.at.length === 0 && isNumberBefore(series));

const isNumberBefore = (series: Columns) => series.before?.value !== undefined;

function pointsJson({ at, value }: Columns): string {
  let text = "";
  for (let n = 0; n < at.length; n += 1) {
    const number = value[n] as number;
    text += `${n === 0 ? "[" : ",["}${at[n]},${Number.isNaN(number) ? "null" : number}]`;
  }
  return `[${text}]`;
}

/** Rows whose state is the same as the one before are attributes that changed: they draw nothing. */
function statesJson({ at, value, state, states }: Columns): string {
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

function bucketsJson({ start, min, max, mean, last, n }: Spans): string {
  let text = "";
  for (let row = 0; row < start.length; row += 1) {
    const middle = Math.round((mean[row] as number) * 1e6) / 1e6;
    text += `${row === 0 ? "[" : ",["}${start[row]},${min[row]},${max[row]},${middle},${last[row]},${n[row]}]`;
  }
  return `[${text}]`;
}

/** The newest marks win when there are too many. */
function causesJson({ at, cause }: Columns): string {
  const marks: string[] = [];
  for (let n = at.length - 1; n >= 0 && marks.length < MOST_MARKS; n -= 1) {
    const kind = CAUSE_KINDS[cause[n] as number];
    if (kind && MARKED.has(kind)) marks.push(`[${at[n]},"${kind}"]`);
  }
  return `[${marks.toReversed().join(",")}]`;
}
