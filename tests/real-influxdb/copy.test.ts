import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  connectInflux,
  type Influx,
  type InfluxSettings,
  type Row,
  toLine,
} from "#src/store/influx/influx.ts";
import { eventually } from "#support/eventually.ts";
import { type MirrorUnderTest, recordedChange, startMirror } from "#support/influx-mirror.ts";
import {
  type InfluxdbServer,
  isInstalled,
  PLAIN_USER,
  type ServerName,
  startInfluxdb,
} from "#support/influxdb-server.ts";

const ALWAYS: readonly ServerName[] = ["influxdb-1.6", "victoria-metrics"];
const missing = ALWAYS.filter((name) => !isInstalled(name));
if (missing.length > 0 && process.env.CI) throw new Error(`not installed: ${missing.join()}`);

const READABLE: readonly ServerName[] = ["influxdb-1.6", "influxdb-1.8", "influxdb-2.7"];
const signal = AbortSignal.timeout(300_000);
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => recordedChange(from + n));

/** A field of another type, in the week of the test's changes: InfluxDB compares types within a shard. */
const ANOTHERS = `home_assistant_events,entity_id=sensor.odd value="text" ${recordedChange(0).at}000000`;

/** Resolves when nothing waits any more. */
const isCopied = ({ mirror }: MirrorUnderTest, deadlineMs?: number) =>
  eventually(
    "everything is copied",
    async () => {
      const { outbox, missing: holes, state } = await mirror.status();
      return (state === "sending" && outbox?.changes === 0 && holes.length === 0) || undefined;
    },
    deadlineMs,
  );

async function rowsOf(influx: Influx, fields = `"value", "state"`): Promise<Row[]> {
  const rows: Row[] = [];
  const statement = `SELECT ${fields} FROM "home_assistant_events"`;
  for await (const row of influx.influxql(statement, signal)) rows.push(row);
  return rows;
}

for (const name of READABLE) {
  describe.skipIf(!isInstalled(name))(`the copy in ${name}`, () => {
    let server: InfluxdbServer;
    let settings: InfluxSettings;

    beforeAll(async () => {
      server = await startInfluxdb(name, { auth: name !== "influxdb-2.7" });
    });
    afterAll(() => server?.[Symbol.asyncDispose]());
    beforeEach(({ task }) => {
      settings = { ...server.settings, database: `of ${task.id}` };
    });

    test("what was recorded is there, with its types, once", async () => {
      await using house = await startMirror({ choice: settings });
      await house.record(many(0, 250));
      await isCopied(house);
      const influx = await connectInflux(settings, signal);
      const rows = await rowsOf(influx, `"value", "state", "duration_in_state", "area", "cause"`);
      expect(rows).toHaveLength(250);
      expect(rows[7]).toEqual({
        time: recordedChange(7).at,
        value: 7,
        state: "7",
        duration_in_state: 1,
        area: "hall",
        cause: "integration",
      });
    });

    test("a server that is killed and comes back has every change once", async () => {
      await using house = await startMirror({ choice: settings });
      for (let n = 0; n < 2_000; n += 100) {
        await house.record(many(n, n + 100));
        // InfluxDB 2 that is killed while it makes a bucket does not start again: that is no fault of a copy.
        if (n === 0) await isCopied(house);
        if (n === 600) await server.kill();
        if (n === 1_500) await server.start();
      }
      await isCopied(house, 45_000);
      const influx = await connectInflux(settings, signal);
      expect((await rowsOf(influx)).map(({ value }) => value)).toEqual(
        Array.from({ length: 2_000 }, (_, n) => n),
      );
    });

    test("what was recorded before there was an InfluxDB is copied as well", async () => {
      await using house = await startMirror({ choice: settings, history: many(-2_500, 0) });
      await isCopied(house);
      const influx = await connectInflux(settings, signal);
      expect(await rowsOf(influx)).toHaveLength(2_500);
    });

    test("any text of a house comes back as it was", async () => {
      await using house = await startMirror({ choice: settings });
      const texts = [
        `it's "quoted"`,
        "back\\slash, and = sign \\",
        "two\nlines\r\n",
        "Grüße 🌡️ 室温",
        "",
        "# comment",
        "a".repeat(255),
        "x\u0000y",
      ];
      await house.record(
        texts.map((newState, n) => {
          const { value: _, unit: __, ...change } = recordedChange(n);
          return { ...change, newState, areaId: `${newState}area\\` };
        }),
      );
      await isCopied(house);
      const influx = await connectInflux(settings, signal);
      const rows = await rowsOf(influx, `"state", "area"`);
      expect(rows.map(({ state }) => state)).toEqual(
        texts.map((text) => text.replace("\u0000", "\ufffd")),
      );
      expect(rows[0]?.area).toBe(`it's "quoted"area`);
      expect(rows[1]?.area).toBe("back\\slash, and = sign \\area");
    });

    test("two changes of one entity in the same millisecond are both kept, in their order", async () => {
      await using house = await startMirror({ choice: settings });
      const [first, second] = [recordedChange(1), recordedChange(2)];
      await house.record([first, { ...second, at: first.at, id: first.id + 1 }]);
      await isCopied(house);
      const influx = await connectInflux(settings, signal);
      expect((await rowsOf(influx)).map(({ value }) => value)).toEqual([1, 2]);
    });

    test("points that are no changes go to a bucket of their own, in the same order as all else", async () => {
      await using house = await startMirror({ choice: settings });
      const line = toLine({
        measurement: "weather",
        tags: { location: "home" },
        fields: { temperature: 21.5 },
        atNs: BigInt(recordedChange(0).at) * 1_000_000n,
      });
      await house.record(many(0, 10));
      const bucket = `weather of ${settings.database}`;
      await house.writer.write(house.mirror.alongsidePoints(bucket, 0, [line ?? ""]));
      await house.record(many(10, 20));
      await isCopied(house);
      const weather = await connectInflux({ ...settings, database: bucket }, signal);
      const rows: Row[] = [];
      for await (const row of weather.influxql(`SELECT "temperature" FROM "weather"`, signal)) {
        rows.push(row);
      }
      expect(rows).toEqual([{ time: recordedChange(0).at, temperature: 21.5 }]);
      expect(await rowsOf(await connectInflux(settings, signal))).toHaveLength(20);
    });

    test("a bad point is set aside, and all around it arrives", async () => {
      const influx = await connectInflux(settings, signal);
      await influx.write([ANOTHERS], signal);
      await using house = await startMirror({ choice: settings });
      const changes = many(0, 1_000).map((change, n) => {
        if (n % 300 === 7) return change;
        const { value: _, ...rest } = change;
        return rest;
      });
      await house.record(changes);
      await isCopied(house);
      expect(await house.mirror.status()).toMatchObject({ refused: 4, state: "sending" });
      expect(await rowsOf(influx, `"state"`)).toHaveLength(996);
    });

    test("a database whose fields have other types is not written to, and nothing is lost", async () => {
      const influx = await connectInflux(settings, signal);
      await influx.write([ANOTHERS], signal);
      await using house = await startMirror({ choice: settings });
      await house.record(many(0, 500));
      const status = await eventually("it asks for help", async () => {
        const now = await house.mirror.status();
        return now.state === "needs_you" ? now : undefined;
      });
      expect(status.lastError?.code).toBe("influxdb.foreign_database");
      expect(status.outbox?.changes).toBe(500);
    });
  });
}

describe.skipIf(!isInstalled("influxdb-1.6"))("credentials", () => {
  test("a wrong password asks for help, is told to nobody, and works when it is right", async () => {
    await using server = await startInfluxdb("influxdb-1.6", { auth: true });
    const choice = { ...server.settings, password: "s3cret-but-wrong" };
    await using house = await startMirror({ choice });
    await house.record(many(0, 10));
    const status = await eventually("it asks for help", async () => {
      const now = await house.mirror.status();
      return now.state === "needs_you" ? now : undefined;
    });
    expect(status.lastError?.code).toBe("influxdb.refused");
    expect(JSON.stringify(status)).not.toContain("s3cret");
    expect(status.outbox?.changes).toBe(10);
  });
});

describe.skipIf(!isInstalled("influxdb-1.8"))("the newer write API", () => {
  test("InfluxDB 1.8 takes it when a token is given", async () => {
    await using server = await startInfluxdb("influxdb-1.8", { auth: true });
    const { username: _, password: __, ...rest } = server.settings;
    const choice = { ...rest, token: `${PLAIN_USER.username}:${PLAIN_USER.password}` };
    await using house = await startMirror({ choice });
    await house.record(many(0, 300));
    await isCopied(house);
    expect(await rowsOf(await connectInflux(choice, signal))).toHaveLength(300);
  });
});

describe.skipIf(!isInstalled("victoria-metrics"))("the copy in VictoriaMetrics", () => {
  test("numbers arrive by the client of InfluxDB 2, and again after it was away", async () => {
    await using server = await startInfluxdb("victoria-metrics");
    await using house = await startMirror({ choice: server.settings });
    const now = Date.now() - 3_600_000;
    const recent = (from: number, to: number) =>
      many(from, to).map((change, n) => {
        const at = now + (from + n) * 1_000;
        return { ...change, at, id: at * 4096 };
      });
    await house.record(recent(0, 200));
    await isCopied(house);
    await server.stop(); // not killed: it acknowledges what is not on its disk yet
    await house.record(recent(200, 400));
    await server.start();
    await isCopied(house, 45_000);
    expect(await house.mirror.status()).toMatchObject({
      server: { product: "victoria-metrics", reads: "none" },
    });
    expect(house.mirror.source()).toBeUndefined();
    const exported = await eventually("it shows what it got", async () => {
      const match = encodeURIComponent(`{__name__="home_assistant_events_value"}`);
      await fetch(`${server.url}/internal/force_flush`);
      const text = await (await fetch(`${server.url}/api/v1/export?match[]=${match}`)).text();
      const values = text
        .split("\n")
        .filter(Boolean)
        .flatMap((line) => (JSON.parse(line) as { values: number[] }).values);
      return new Set(values).size >= 300 ? values : undefined;
    });
    expect(exported.length).toBe(400);
  });
});
