import { type AnswerQuery, bucketCountFor, toAnswerJson, toEntityJson } from "../history-json.ts";
import { readBuckets, readSeries } from "./series.ts";
import type { Source } from "./source.ts";

export interface HistoryJsonQuery extends AnswerQuery {
  /** Each with the name a reader sees. */
  readonly entities: readonly {
    readonly key: number;
    readonly entityId: string;
    readonly name: string;
  }[];
}

/** The body of the answer to a question for history, as UTF-8 JSON: made here, it costs the event loop nothing. */
export function historyJson(source: Source, query: HistoryJsonQuery): Uint8Array {
  const { from, to, points } = query;
  const parts = query.entities.map((entity) => {
    const keys = [entity.key];
    const [series] = readSeries(source, { keys, from, to });
    const count = series && bucketCountFor(series, points);
    const [buckets] = count === undefined ? [] : readBuckets(source, { keys, from, to, count });
    return toEntityJson(entity, series, buckets);
  });
  return new TextEncoder().encode(toAnswerJson(query, parts)); // memory of its own, which can move to the other thread
}
