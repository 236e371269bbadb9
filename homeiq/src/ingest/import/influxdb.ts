import { setTimeout as pause } from "node:timers/promises";
import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import { causeOfPast, type PastChange } from "#ingest/past/past.ts";
import type { ImportSource } from "./import.schema.ts";
import {
  type Batch,
  createRepeats,
  describeEntities,
  ENTITY_ID,
  type Household,
  type Importer,
  MAX_STATE_CHARACTERS,
  reachedIn,
} from "./importer.ts";
import { createInfluxQuery, quoteName, quoteText } from "./influxdb-query.ts";
import { type EntitySeries, parseSeriesKey, toUnit, unitsOf } from "./influxdb-series.ts";

const ROWS = 5_000; // about 300 KB of JSON
const WINDOW_MS = 30 * DAY_MS; // InfluxDB opens every shard of a range at once
const REST_SHARE = 0.5; // InfluxDB shares a small machine with Home Assistant
const MOST_REST_MS = 5_000;
const COUNT_WITHIN_MS = 15_000; // counting reads everything; a preview must not

const PART = "entity"; // read in the order of their ids

type Source = Extract<ImportSource, { kind: "influxdb" }>;

/**
 * Reads what Home Assistant's own `influxdb` integration wrote: a point per change, in the measurement of
 * its unit, with the tags domain and entity_id. It never writes "unavailable", so that is not in it either.
 */
export function createInfluxImporter(source: Source, household: Household): Importer {
  const query = createInfluxQuery(source);
  const policy = source.retentionPolicy ? `${quoteName(source.retentionPolicy)}.` : "";
  const tableOf = (measurement: string) => `${policy}${quoteName(measurement)}`;

  /** One question at a time, with a rest after each. */
  async function ask(question: string, signal: AbortSignal) {
    const startedAt = performance.now();
    const answer = await query(question, signal);
    const restMs = Math.min(MOST_REST_MS, (performance.now() - startedAt) * REST_SHARE);
    await pause(restMs, undefined, { signal });
    return answer;
  }

  async function findSeries(signal: AbortSignal): Promise<EntitySeries[]> {
    const answer = await ask(`SHOW SERIES WHERE "entity_id" != '' AND "domain" != ''`, signal);
    const keys = answer.flatMap(({ values }) => values.map(([key]) => String(key)));
    const found = keys.flatMap((key) => parseSeriesKey(key) ?? []);
    const series = found.filter((one) => ENTITY_ID.test(idOf(one)));
    if (series.length > 0) return distinct(series);
    throw new AppError(
      "invalid",
      "imports.influxdb_nothing",
      `The database ${source.database} holds nothing of Home Assistant's InfluxDB integration`,
    );
  }

  /** First and last moment in a measurement, of one entity or of all; `undefined` when it is empty. */
  async function rangeOf(measurement: string, where: string, signal: AbortSignal) {
    const edge = async (order: "ASC" | "DESC") => {
      const fields = `"value", "state"`;
      const [found] = await ask(
        `SELECT ${fields} FROM ${tableOf(measurement)}${where} ORDER BY time ${order} LIMIT 1`,
        signal,
      );
      return found?.values[0]?.[0];
    };
    const first = await edge("ASC");
    const last = first === undefined ? undefined : await edge("DESC");
    return last === undefined ? undefined : { first: Number(first), last: Number(last) };
  }

  async function count(measurements: readonly string[], signal: AbortSignal) {
    const until = performance.now() + COUNT_WITHIN_MS;
    let total = 0;
    for (const measurement of measurements) {
      if (performance.now() > until) return undefined;
      for (const field of ["value", "state"]) {
        // Points that have both are counted by their value.
        const [found] = await ask(
          `SELECT count(${quoteName(field)}) FROM ${tableOf(measurement)}`,
          signal,
        );
        const n = Number(found?.values[0]?.[1] ?? 0);
        if (n > 0) {
          total += n;
          break;
        }
      }
    }
    return total;
  }

  async function* readEntity(
    series: EntitySeries,
    unit: string | undefined,
    signal: AbortSignal,
  ): AsyncIterable<PastChange[]> {
    const entityId = idOf(series);
    const of = `"domain" = ${quoteText(series.domain)} AND "entity_id" = ${quoteText(series.objectId)}`;
    const range = await rangeOf(series.measurement, ` WHERE ${of}`, signal);
    if (!range) return;
    const repeats = createRepeats();
    let before: string | undefined;
    for (let start = range.first; start <= range.last; start += WINDOW_MS * 1000) {
      let from = start - 1;
      const end = Math.min(start + WINDOW_MS * 1000, range.last + 1);
      for (;;) {
        const [page] = await ask(
          `SELECT "value", "state", "unit_of_measurement_str" FROM ${tableOf(series.measurement)} WHERE ${of}
            AND time > ${from}u AND time < ${end}u ORDER BY time ASC LIMIT ${ROWS}`,
          signal,
        );
        const rows = page?.values ?? [];
        const changes: PastChange[] = [];
        for (const [time, value, state, itsUnit] of rows) {
          from = Number(time);
          const text = toState(value, state);
          const at = Math.round(from / 1000);
          if (text === undefined || repeats.isRepeat(entityId, at, text)) continue;
          const cause = causeOfPast({
            ...{ entityId, state: text, findUser: household.findUser },
            ...present("before", before),
          });
          before = text;
          const named = typeof itsUnit === "string" ? toUnit(itsUnit) : unit;
          changes.push({
            ...{ entityId, at, state: text, source: "influxdb" },
            ...present("unit", named),
            ...present("cause", cause),
          });
        }
        if (changes.length > 0) yield changes;
        if (rows.length < ROWS) break;
      }
    }
  }

  return {
    async preview(signal) {
      const series = await findSeries(signal);
      const measurements = [...new Set(series.map(({ measurement }) => measurement))];
      let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
      for (const measurement of measurements) {
        const range = await rangeOf(measurement, "", signal);
        if (!range) continue;
        from = Math.min(from, range.first);
        to = Math.max(to, range.last);
      }
      return {
        entities: describeEntities(new Set(series.map(idOf)), household),
        ...present("changes", await count(measurements, signal)),
        ...(from <= to ? { from: Math.round(from / 1000), to: Math.round(to / 1000) } : {}),
        problems: { count: 0, first: [] },
      };
    },

    async *read(done, signal): AsyncIterable<Batch> {
      const series = await findSeries(signal);
      const units = unitsOf(series);
      const byEntity = [...Map.groupBy(series, idOf)]
        .filter(([entityId]) => household.isRecorded(entityId))
        .sort(([one], [other]) => (one < other ? -1 : 1));
      const reached = reachedIn(done, PART);
      for (const [index, [entityId, parts]] of byEntity.entries()) {
        if (reached !== undefined && entityId <= reached) continue;
        const step = `Reads ${entityId}`;
        const progress = index / byEntity.length;
        for (const part of parts) {
          for await (const changes of readEntity(part, units.get(part.measurement), signal)) {
            yield { changes, progress, step };
          }
        }
        yield { donePart: `${PART} ${entityId}`, progress: (index + 1) / byEntity.length, step };
      }
    },
  };
}

const idOf = ({ domain, objectId }: EntitySeries) => `${domain}.${objectId}`;

/** Other tags make several series of one entity in one measurement; they are read as one. */
const distinct = (series: readonly EntitySeries[]) => [
  ...new Map(series.map((one) => [`${idOf(one)} ${one.measurement}`, one])).values(),
];

/** The text where there is one: "on" has a value as well, and only the text says what it was. */
function toState(value: unknown, state: unknown): string | undefined {
  if (typeof state === "string" && state !== "") {
    return state.length <= MAX_STATE_CHARACTERS ? state : undefined;
  }
  return typeof value === "number" && Number.isFinite(value) ? String(value) : undefined;
}
