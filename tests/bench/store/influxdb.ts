import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { History } from "#src/ingest/history/history.ts";
import { connectInflux, toLine } from "#src/store/influx/influx.ts";
import { isInstalled, startInfluxdb } from "#support/influxdb-server.ts";
import { medianMs } from "./median.ts";

const ENTITIES = 31;
const POINTS_PER_REQUEST = 10_000;
const SERVERS = ["influxdb-1.8", "influxdb-1.6"] as const;

export interface InfluxTimes {
  readonly server: string;
  readonly points: number;
  readonly range: number;
  readonly buckets: number;
  readonly year: number;
  readonly many: number;
}

interface Asked {
  readonly history: History;
  readonly to: number;
  readonly span: number;
}

/**
 * The same questions to a real InfluxDB, in its own language, as the JSON that it writes; with a part of the same
 * changes, which favors it. `undefined` when none is installed.
 */
export async function influxTimes({ history, to, span }: Asked): Promise<InfluxTimes | undefined> {
  const server = SERVERS.find(isInstalled);
  if (!server) return undefined;
  await using running = await startInfluxdb(server);
  const signal = AbortSignal.timeout(600_000);
  const influx = await connectInflux(running.settings, signal);
  let points = 0;
  for (let n = 0; n < ENTITIES; n += 1) {
    const entityId = `sensor.minute_${n}`;
    const [series] = await history.series({ entityIds: [entityId], from: to - span, to });
    const raw = Array.from(series?.at ?? [], (at, row) =>
      line("changes", { entityId, at, value: series?.value[row] ?? 0 }),
    );
    const hours = Array.from({ length: 366 * 24 }, (_, hour) =>
      line("hours", { entityId, at: to - (hour + 1) * HOUR_MS, value: 20 + (hour % 50) / 10 }),
    );
    const lines = [...raw, ...hours];
    for (let start = 0; start < lines.length; start += POINTS_PER_REQUEST) {
      await influx.write(lines.slice(start, start + POINTS_PER_REQUEST), signal);
    }
    points += raw.length;
  }
  const ask = async (query: string) => {
    const search = new URLSearchParams({ db: running.settings.database, epoch: "ms", q: query });
    const answer = await fetch(`${running.url}/query?${search}`);
    const text = await answer.text();
    if (!answer.ok || !text.includes("values")) throw new Error(`InfluxDB answers ${text}`);
  };
  const during = (length: number) => `time >= ${to - length}ms AND time < ${to}ms`;
  const of = (n: number) => `entity_id = 'sensor.minute_${n % ENTITIES}'`;
  return {
    server,
    points,
    range: await medianMs((n) =>
      ask(`SELECT value FROM changes WHERE ${of(n)} AND ${during(span)}`),
    ),
    buckets: await medianMs((n) =>
      ask(
        `SELECT min(value), max(value), mean(value), last(value), count(value) FROM changes
         WHERE ${of(n)} AND ${during(span)} GROUP BY time(${Math.ceil(span / 500)}ms)`,
      ),
    ),
    year: await medianMs((n) =>
      ask(
        `SELECT mean, min, max, last, "sum" FROM hours WHERE ${of(n)} AND ${during(365 * DAY_MS)}`,
      ),
    ),
    many: await medianMs(() =>
      ask(`SELECT value FROM changes WHERE ${during(DAY_MS)} GROUP BY entity_id`),
    ),
  };
}

function line(
  measurement: string,
  { entityId, at, value }: { entityId: string; at: number; value: number },
): string {
  const hours = { mean: value, min: value - 0.5, max: value + 0.5, last: value, sum: 0 };
  const made = toLine({
    measurement,
    tags: { entity_id: entityId, domain: "sensor" },
    fields: measurement === "hours" ? hours : { value },
    atNs: BigInt(at) * 1_000_000n,
  });
  if (made === undefined) throw new Error("a point without fields");
  return made;
}
