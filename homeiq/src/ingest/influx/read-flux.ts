import type { Influx } from "#store/influx/influx.ts";
import { MEASUREMENT } from "./points.ts";
import { causeIndex, type EntityReader } from "./read-influxql.ts";
import { bucketMsOf, type NameOf, type SeriesRow, toBuckets, toSeries } from "./series.ts";

const LONG_AGO = 0;
const FIELDS = ["kind", "state", "value", "unit"] as const;
const AGGREGATES = ["min", "max", "mean", "last", "count"] as const;

/** Reads with Flux, for a bucket of InfluxDB 2 that has no mapping for InfluxQL. */
export function createFluxReader(
  influx: Pick<Influx, "flux">,
  bucket: string,
  nameOf: NameOf,
): EntityReader {
  const select = (entityId: string, from: number, to: number) =>
    `from(bucket: ${quote(bucket)})
  |> range(start: ${moment(from)}, stop: ${justBefore(to)})
  |> filter(fn: (r) => r._measurement == ${quote(MEASUREMENT)} and r.entity_id == ${quote(entityId)})`;

  /** Each field is a table of its own type, so each is a result of its own; they meet again by their moment. */
  async function rows(selected: string, last: boolean): Promise<SeriesRow[]> {
    const query = [
      `points = ${selected} |> filter(fn: (r) => ${FIELDS.map((name) => `r._field == ${quote(name)}`).join(" or ")})`,
      ...FIELDS.map(
        (name) =>
          `points |> filter(fn: (r) => r._field == ${quote(name)}) |> group() ` +
          `${last ? `|> sort(columns: ["_time"]) |> tail(n: 1) ` : ""}` +
          `|> keep(columns: ["_time", "_value", "cause"]) |> yield(name: ${quote(name)})`,
      ),
    ].join("\n");
    const found = new Map<
      string,
      { state?: string; value?: number; unit?: string; cause: number }
    >();
    for await (const { result, _time, _value, cause } of influx.flux(query)) {
      const row = found.get(_time) ?? { cause: causeIndex(cause) };
      if (result === "value") row.value = Number(_value);
      else if (result === "unit") row.unit = String(_value);
      else if (result === "state") row.state = String(_value);
      found.set(_time, row);
    }
    return [...found]
      .toSorted(([one], [other]) => compareMoments(one, other))
      .map(([time, row]) => ({ at: toMs(time), ...row }));
  }

  return {
    async series(entityId, { from, to }) {
      // The last of each field may be of different moments; the last kind is of the last point.
      const before = (await rows(select(entityId, LONG_AGO, from), true)).at(-1);
      const found = await rows(select(entityId, from, to), false);
      return toSeries({ entityId, name: nameOf(entityId) }, before, found);
    },

    async buckets(entityId, query) {
      const { from, to } = query;
      const bucketMs = bucketMsOf(query);
      const flux = [
        `points = ${select(entityId, from, to)} |> filter(fn: (r) => r._field == "value") |> group()
  |> sort(columns: ["_time"]) |> window(every: ${bucketMs}ms, offset: ${from % bucketMs}ms)`,
        ...AGGREGATES.map((name) => `points |> ${name}() |> yield(name: ${quote(name)})`),
        `${select(entityId, from, to)} |> filter(fn: (r) => r._field == "unit") |> group()
  |> sort(columns: ["_time"]) |> tail(n: 1) |> yield(name: "unit")`,
      ].join("\n");
      const found = new Map<string, Record<string, number>>();
      let unit: { unit?: string } = {};
      for await (const { result, _start, _value } of influx.flux(flux)) {
        if (result === "unit") {
          unit = { unit: String(_value) };
          continue;
        }
        const row = found.get(String(_start)) ?? {};
        row[result] = Number(_value);
        found.set(String(_start), row);
      }
      const rowsOfAll = [...found].map(([start, row]) => ({
        start: toMs(start),
        min: row.min ?? Number.NaN,
        max: row.max ?? Number.NaN,
        mean: row.mean ?? Number.NaN,
        last: row.last ?? Number.NaN,
        n: row.count ?? 0,
      }));
      const inOrder = rowsOfAll.toSorted((one, other) => one.start - other.start);
      return toBuckets({ entityId, name: nameOf(entityId), ...unit }, bucketMs, inOrder);
    },
  };
}

const quote = (text: string) => `"${text.replace(/["\\]/g, "\\$&").replaceAll("${", "\\${")}"`;
const moment = (at: number) => new Date(at).toISOString();
// InfluxDB 1.8 counts a point at the very end as within, 2 does not. No point of ours is in this last nanosecond.
const justBefore = (at: number) => moment(at - 1).replace("Z", "999999Z");

/** RFC 3339 with up to nine decimals, of which `Date` knows three. */
const toMs = (time: string) => Date.parse(time.replace(/(\.\d{3})\d+/, "$1"));

function compareMoments(one: string, other: string): number {
  return toMs(one) - toMs(other) || decimals(one).localeCompare(decimals(other));
}

const decimals = (time: string) => (/\.(\d+)/.exec(time)?.[1] ?? "").padEnd(9, "0");
