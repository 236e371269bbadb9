import type { Influx } from "#store/influx/influx.ts";
import { createFluxReader } from "./read-flux.ts";
import { createInfluxqlReader } from "./read-influxql.ts";
import type { NameOf, SeriesSource } from "./series.ts";

const ANSWER_WITHIN_MS = 60_000;

/**
 * InfluxDB as a source of series, in the language it has; `undefined` where it is only written to.
 *
 * One entity is asked after the other: a small machine answers one well and ten not at all.
 */
export function createInfluxSource(
  influx: Influx | undefined,
  database: string,
  nameOf: NameOf,
): SeriesSource | undefined {
  if (!influx || influx.server.reads === "none") return undefined;
  const reader = () =>
    influx.server.reads === "flux"
      ? createFluxReader(influx, database, nameOf)
      : createInfluxqlReader(influx, nameOf, AbortSignal.timeout(ANSWER_WITHIN_MS));

  return {
    series: (query) => each(query.entityIds, (entityId) => reader().series(entityId, query)),
    buckets: (query) => each(query.entityIds, (entityId) => reader().buckets(entityId, query)),
  };
}

async function each<T>(
  entityIds: readonly string[],
  ask: (entityId: string) => Promise<T>,
): Promise<T[]> {
  const answers: T[] = [];
  for (const entityId of entityIds) answers.push(await ask(entityId));
  return answers;
}
