import { expect, test } from "vitest";
import { AppError } from "#src/foundation/errors.ts";
import { deliver } from "#src/ingest/influx/deliver.ts";
import { toInfluxChoice } from "#src/ingest/influx/influx.options.ts";
import { planPast, type SeriesSource } from "#src/ingest/influx/influx.ts";
import { toPoint } from "#src/ingest/influx/points.ts";
import { recordedChange } from "#support/influx-mirror.ts";
import { listSource } from "#support/series-source.ts";

const DATABASE = { database: "home_assistant_events" };

test("a number is a number there, with its unit, its cause and how long the state before had lasted", () => {
  const change = recordedChange(2, { context: { id: "c" } });
  expect(toPoint({ ...change, id: change.id + 3 })).toBe(
    "home_assistant_events,area=hall,category=climate,cause=integration,device=device-1," +
      "device_class=temperature,domain=sensor,entity_id=sensor.hall_temperature " +
      'kind="state",state="2",value=2,unit="°C",old_state="1",duration_in_state=1,' +
      `context_id="c",cause_confidence=0.95 ${change.at}000003`,
  );
});

test("what an attribute has become is there as JSON", () => {
  const change = recordedChange(2, { kind: "attributes", changedAttributes: { brightness: 7 } });
  expect(toPoint(change)).toContain(String.raw`attributes="{\"brightness\":7}"`);
});

/** A server that refuses some lines, as InfluxDB 2 does when it cannot parse: then it takes nothing of a request. */
function strict(isBad: (line: string) => boolean) {
  const taken = new Set<string>();
  let requests = 0;
  return {
    taken,
    requests: () => requests,
    async write(lines: readonly string[]) {
      requests += 1;
      if (lines.some(isBad)) {
        throw new AppError("invalid", "influxdb.points_refused", "", {
          facts: { reason: "unable to parse" },
        });
      }
      for (const line of lines) taken.add(line);
    },
  };
}

const LINES = Array.from({ length: 5_000 }, (_, n) => `line ${n}`);

test("bad points are found among many, and all the others arrive", async () => {
  const server = strict((line) => line === "line 7" || line === "line 4711");
  const { refused, refusedCount } = await deliver(LINES, server.write);
  expect(refused.map(({ line }) => line)).toEqual(["line 7", "line 4711"]);
  expect(refusedCount).toBe(2);
  expect(server.taken.size).toBe(4_998);
});

test("a server that refuses everything is not asked for ever, and nothing counts as delivered", async () => {
  const server = strict(() => true);
  await expect(deliver(LINES, server.write)).rejects.toMatchObject({
    kind: "unconfigured",
    code: "influxdb.foreign_database",
  });
  expect(server.requests()).toBeLessThan(100);
});

test("an outage in the middle is an outage, not a bad point", async () => {
  const outage = new AppError("unavailable", "influxdb.unreachable", "away");
  await expect(
    deliver(LINES, async () => {
      throw outage;
    }),
  ).rejects.toBe(outage);
});

const changes = Array.from({ length: 100 }, (_, n) => recordedChange(n));
const [first, middle, last] = [recordedChange(0).at, recordedChange(50).at, recordedChange(100).at];
const THERMOMETER = ["sensor.hall_temperature"];

function planned(influx: SeriesSource | undefined, failures: unknown[] = []) {
  const own = listSource(changes.filter(({ at }) => at >= middle));
  return planPast({
    history: {
      ...own,
      historyJson: async () => new TextEncoder().encode("our own"),
      heldSince: async (entityIds) => new Map(entityIds.map((entityId) => [entityId, middle])),
    },
    influx: () => influx,
    onFailure: (error) => failures.push(error),
  });
}

const neverAsked: SeriesSource = {
  series: async () => {
    throw new Error("InfluxDB was asked");
  },
  buckets: async () => {
    throw new Error("InfluxDB was asked");
  },
};

test("InfluxDB is not asked for what our own store holds", async () => {
  const failures: unknown[] = [];
  const query = { entityIds: THERMOMETER, from: middle, to: last };
  const [series] = await planned(neverAsked, failures).series(query);
  expect(series?.at).toHaveLength(50);
  expect(failures).toEqual([]);
});

test("a long range comes from both, each moment once", async () => {
  const whole = listSource(changes);
  const query = { entityIds: THERMOMETER, from: first, to: last };
  expect(await planned(whole).series(query)).toEqual(await whole.series(query));
  const spans = { ...query, count: 7 };
  expect(await planned(whole).buckets(spans)).toEqual(await whole.buckets(spans));
});

test("the JSON of a range is our own store's, unless a part of it is older", async () => {
  const query = { entityIds: THERMOMETER, from: middle, to: last, gaps: [] };
  const textOf = async (from: number, points: number) => {
    const json = await planned(listSource(changes)).historyJson({ ...query, from, points });
    return new TextDecoder().decode(json);
  };
  expect(await textOf(middle, 10)).toBe("our own");
  expect(JSON.parse(await textOf(first, 10))).toMatchObject({
    from: first,
    entities: [{ entityId: THERMOMETER[0], numeric: true, resolution: 10_000, unit: "°C" }],
  });
  const raw = JSON.parse(await textOf(first, 500));
  expect(raw.entities[0].points).toHaveLength(100);
});

test("without InfluxDB, and when it fails, our own store answers as far as it goes", async () => {
  const query = { entityIds: THERMOMETER, from: first, to: last };
  const [without] = await planned(undefined).series(query);
  expect(without?.at).toHaveLength(50);
  const failures: unknown[] = [];
  const [failing] = await planned(neverAsked, failures).series(query);
  expect(failing?.at).toHaveLength(50);
  expect(failures).toHaveLength(1);
});

test("nothing set is no InfluxDB; one thing set is one, with a database of its own", () => {
  expect(toInfluxChoice({})).toBeUndefined();
  expect(toInfluxChoice({ influxdb_url: " ", influxdb_token: "" })).toBeUndefined();
  expect(toInfluxChoice({ influxdb_token: "t" })).toEqual({ ...DATABASE, token: "t" });
});

test("credentials in the address are taken out of it", () => {
  expect(toInfluxChoice({ influxdb_url: "http://anna:p%40ss@box:8086/influx/" })).toEqual({
    ...DATABASE,
    url: "http://box:8086/influx",
    username: "anna",
    password: "p@ss",
  });
});

test("an address that is none stops the start with the option's name, not with its value", () => {
  const wrong = () => toInfluxChoice({ influxdb_url: "anna:s3cret@box" });
  expect(wrong).toThrow(/influxdb_url/);
  expect(wrong).not.toThrow(/s3cret/);
});
