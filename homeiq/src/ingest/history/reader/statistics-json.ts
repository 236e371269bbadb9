import { createEnds, type StatisticPeriod, sumUp } from "../periods.ts";
import { FIELD, LONG_MS, SHORT_MS, StatisticTable, WIDTH } from "../statistics/statistics.ts";
import { JsonBytes, putMoment, putNumber, putWords, toWords } from "./json-bytes.ts";
import type { Source } from "./source.ts";
import { readStatisticTables } from "./statistics.ts";

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

const BYTES_OF_ROW = 160; // about, of a number
const MOST_BYTES_OF_ROW = 512;
const MOST_EXPECTED = 10_000;

/** The body of an answer with statistics, as UTF-8 JSON: a year of hours is nearly nine thousand rows. */
export function statisticsJson(source: Source, query: StatisticsJsonQuery): Uint8Array {
  const { entities, from, to, now, period } = query;
  const endOf = createEnds(query);
  const found = readStatisticTables(source, {
    keys: entities.map(({ key }) => key),
    ...{ from, to, now },
    sizeMs: period === "5minute" ? SHORT_MS : LONG_MS,
  });
  const count = found.reduce((sum, { table }) => sum + table.length, 0);
  const json = new JsonBytes(1_000 + Math.min(count, MOST_EXPECTED) * BYTES_OF_ROW);
  json.raw(`{"period":"${period}","entities":[`);
  for (const [n, { unit, table }] of found.entries()) {
    const { entityId = "", name = "" } = entities[n] ?? {};
    json.raw(`${n === 0 ? "" : ","}{"entityId":${JSON.stringify(entityId)}`);
    json.raw(`,"name":${JSON.stringify(name)}`);
    if (unit !== undefined) json.raw(`,"unit":${JSON.stringify(unit)}`);
    json.raw(',"rows":[');
    const rows = summedUp(table, query);
    const row: Row = { rows, n: 0, end: 0 }; // one for all: they are thousands
    for (let at = 0; at < rows.length; at += 1) {
      if (at > 0) json.char(COMMA);
      const room = json.room(MOST_BYTES_OF_ROW);
      row.n = at;
      row.end = endOf(rows.start(at));
      json.endAt(putRow(room, json.length, row));
      const states = rows.states(at);
      if (states.size > 0) {
        json.raw(`,"states":${JSON.stringify(Object.fromEntries(states))}`);
      }
      json.char(CLOSE);
    }
    json.raw("]}");
  }
  json.raw("]}");
  return json.finish();
}

/** Five minutes and hours are there as they are asked for. */
function summedUp(table: StatisticTable, query: StatisticsJsonQuery): StatisticTable {
  if (query.period === "5minute" || query.period === "hour") return table;
  const rows = new StatisticTable();
  for (const row of sumUp(table.rows(), query)) rows.push(row);
  return rows;
}

const START = toWords('{"start":');
const END = toWords(',"end":');
const COUNT = toWords(',"n":');
const IMPORTED = toWords(',"source":"home_assistant"');
const CLOSE = 125;
const COMMA = 44;
const FIELDS = [
  [toWords(',"mean":'), FIELD.mean],
  [toWords(',"timeWeightedMean":'), FIELD.timeWeightedMean],
  [toWords(',"min":'), FIELD.min],
  [toWords(',"max":'), FIELD.max],
  [toWords(',"last":'), FIELD.last],
  [toWords(',"sum":'), FIELD.rise],
] as const;

interface Row {
  readonly rows: StatisticTable;
  n: number;
  end: number;
}

/** All of a row but its states and the bracket at its end. */
function putRow(room: DataView, from: number, { rows, n, end }: Row): number {
  const { numbers } = rows;
  const row = n * WIDTH;
  let at = putWords(room, from, START);
  at = putMoment(room, at, numbers[row + FIELD.start] as number);
  at = putWords(room, at, END);
  at = putMoment(room, at, end);
  at = putWords(room, at, COUNT);
  at = putNumber(room, at, numbers[row + FIELD.count] as number);
  for (let field = 0; field < FIELDS.length; field += 1) {
    const [name, column] = FIELDS[field] as (typeof FIELDS)[number];
    const value = numbers[row + column] as number;
    if (Number.isNaN(value)) continue;
    at = putWords(room, at, name);
    at = putNumber(room, at, value);
  }
  return numbers[row + FIELD.imported] === 1 ? putWords(room, at, IMPORTED) : at;
}
