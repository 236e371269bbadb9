import { createEnds, type StatisticPeriod, sumUp } from "../periods.ts";
import { LONG_MS, SHORT_MS, type Statistic } from "../statistics/statistics.ts";
import { JsonBytes } from "./json-bytes.ts";
import type { Source } from "./source.ts";
import { readStatistics } from "./statistics.ts";

export interface StatisticsJsonQuery {
  readonly entities: readonly {
    readonly key: number;
    readonly entityId: string;
    readonly name: string;
  }[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  readonly period: StatisticPeriod;
  readonly timeZone: string;
}

/** The body of an answer with statistics, as UTF-8 JSON: a year of hours is nearly nine thousand rows. */
export function statisticsJson(source: Source, query: StatisticsJsonQuery): Uint8Array {
  const { entities, from, to, now, period } = query;
  const json = new JsonBytes();
  const endOf = createEnds(query);
  json.raw(`{"period":"${period}","entities":[`);
  const found = readStatistics(source, {
    keys: entities.map(({ key }) => key),
    ...{ from, to, now },
    sizeMs: period === "5minute" ? SHORT_MS : LONG_MS,
  });
  for (const [n, { unit, rows }] of found.entries()) {
    const { entityId = "", name = "" } = entities[n] ?? {};
    json.raw(`${n === 0 ? "" : ","}{"entityId":${JSON.stringify(entityId)}`);
    json.raw(`,"name":${JSON.stringify(name)}`);
    if (unit !== undefined) json.raw(`,"unit":${JSON.stringify(unit)}`);
    json.raw(',"rows":[');
    for (const [at, row] of sumUp(rows, query).entries()) {
      json.raw(at === 0 ? '{"start":' : ',{"start":');
      writeRow(json, row, endOf(row.start));
    }
    json.raw("]}");
  }
  json.raw("]}");
  return json.finish();
}

const NAMES = {
  mean: ',"mean":',
  timeWeightedMean: ',"timeWeightedMean":',
  min: ',"min":',
  max: ',"max":',
  last: ',"last":',
  rise: ',"sum":',
} as const;
const FIELDS = ["mean", "timeWeightedMean", "min", "max", "last", "rise"] as const;

function writeRow(json: JsonBytes, row: Statistic, end: number): void {
  json.moment(row.start);
  json.raw(',"end":');
  json.moment(end);
  json.raw(',"n":');
  json.number(row.count);
  for (const field of FIELDS) {
    const value = row[field];
    if (Number.isNaN(value)) continue;
    json.raw(NAMES[field]);
    json.number(value);
  }
  if (row.states.size > 0) json.raw(`,"states":${JSON.stringify(Object.fromEntries(row.states))}`);
  if (row.imported) json.raw(',"source":"home_assistant"');
  json.raw("}");
}
