import { CAUSE_KINDS, type CauseKind } from "#ingest/normalize/state-change.ts";
import { JsonBytes } from "./json-bytes.ts";
import { type BucketColumns, readSeries, type SeriesColumns, toBuckets } from "./series.ts";
import type { Source } from "./source.ts";

type Columns = Omit<SeriesColumns, "key">;
type Spans = Omit<BucketColumns, "key">;

/** A question that is answered by JSON. */
export interface AnswerQuery {
  readonly from: number;
  readonly to: number;
  /** Numbers with more changes than this come as so many buckets; absent is all changes as they are. */
  readonly points?: number;
  /** Times that were missed, as they go into the answer. */
  readonly gaps: readonly unknown[];
}

export interface HistoryJsonQuery extends AnswerQuery {
  /** Each with the name a reader sees. */
  readonly entities: readonly {
    readonly key: number;
    readonly entityId: string;
    readonly name: string;
  }[];
}

/** What the answer says of one entity: buckets where `bucketCountFor` wants them, else the changes. */
export interface EntityAnswer {
  readonly entityId: string;
  readonly name: string;
  readonly series: Columns | undefined;
  readonly buckets: Spans | undefined;
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
  return toAnswerJson(query, answersOf(source, query));
}

function* answersOf(source: Source, query: HistoryJsonQuery): Generator<EntityAnswer> {
  const { from, to, points } = query;
  for (const { key, entityId, name } of query.entities) {
    const [series] = readSeries(source, { keys: [key], from, to });
    const count = series && bucketCountFor(series, points);
    const buckets =
      series && count !== undefined ? toBuckets(series, { from, to, count }) : undefined;
    yield { entityId, name, series, buckets };
  }
}

/** How many buckets to show in place of the changes; `undefined` where these are few enough, or no numbers. */
export function bucketCountFor(series: Columns, points: number | undefined): number | undefined {
  const isTooMuch = isNumeric(series) && points !== undefined && series.at.length > points;
  return isTooMuch ? points : undefined;
}

/** An answer as UTF-8 JSON, entity by entity. */
export function toAnswerJson(
  { from, to, gaps }: AnswerQuery,
  entities: Iterable<EntityAnswer>,
): Uint8Array {
  const json = new JsonBytes();
  json.raw(`{"from":${from},"to":${to},"entities":[`);
  let separator = "";
  for (const { entityId, name, series, buckets } of entities) {
    json.raw(`${separator}{"entityId":${JSON.stringify(entityId)}`);
    json.raw(`,"name":${JSON.stringify(name)}`);
    if (series) writeEntity(json, series, buckets);
    json.raw("}");
    separator = ",";
  }
  json.raw(`],"gaps":${JSON.stringify(gaps)}}`);
  return json.finish();
}

function writeEntity(json: JsonBytes, series: Columns, buckets: Spans | undefined): void {
  if (series.unit !== undefined) json.raw(`,"unit":${JSON.stringify(series.unit)}`);
  json.raw(`,"numeric":${isNumeric(series)}`);
  if (series.before) json.raw(`,"before":${JSON.stringify(series.before)}`);
  if (buckets) {
    json.raw(`,"resolution":${buckets.bucketMs},"buckets":[`);
    writeBuckets(json, buckets);
  } else {
    json.raw(`,"resolution":"raw",${isNumeric(series) ? '"points"' : '"states"'}:[`);
    if (isNumeric(series)) writePoints(json, series);
    else json.raw(statesJson(series));
  }
  json.raw(`],"causes":${causesJson(series)}`);
}

const isNumeric = (series: Columns) =>
  series.numeric || (series.at.length === 0 && series.before?.value !== undefined);

const OPEN = 91;
const CLOSE = 93;
const COMMA = 44;

function writePoints(json: JsonBytes, { at, value }: Columns): void {
  for (let n = 0; n < at.length; n += 1) {
    if (n > 0) json.char(COMMA);
    json.char(OPEN);
    json.moment(at[n] as number);
    json.char(COMMA);
    json.number(value[n] as number);
    json.char(CLOSE);
  }
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
  return text;
}

function writeBuckets(json: JsonBytes, buckets: Spans): void {
  const { start, min, max, mean, last, n } = buckets;
  for (let row = 0; row < start.length; row += 1) {
    if (row > 0) json.char(COMMA);
    json.char(OPEN);
    json.moment(start[row] as number);
    for (const column of [min, max, mean, last, n]) {
      json.char(COMMA);
      json.number(column === mean ? round(mean[row] as number) : (column[row] as number));
    }
    json.char(CLOSE);
  }
}

const round = (value: number) => Math.round(value * 1e6) / 1e6;

/** The newest marks win when there are too many. */
function causesJson({ at, cause }: Columns): string {
  const marks: string[] = [];
  for (let n = at.length - 1; n >= 0 && marks.length < MOST_MARKS; n -= 1) {
    const kind = CAUSE_KINDS[cause[n] as number];
    if (kind && MARKED.has(kind)) marks.push(`[${at[n]},"${kind}"]`);
  }
  return `[${marks.toReversed().join(",")}]`;
}
