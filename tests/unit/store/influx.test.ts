import { expect, test } from "vitest";
import { AppError } from "#src/foundation/errors.ts";
import { connectInflux, toLine } from "#src/store/influx/influx.ts";
import {
  type FakeInfluxdb,
  INFLUXDB_1,
  INFLUXDB_3,
  type Recorded,
  startFakeInfluxdb,
} from "#support/fake-influxdb.ts";

const signal = AbortSignal.timeout(60_000);
const LINE = "m,entity_id=light.hall value=1 1000";
const settingsOf = ({ url }: FakeInfluxdb) => ({ url, database: "home_assistant_events" });

async function thrownBy(work: Promise<unknown>): Promise<AppError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof AppError) return thrown;
  throw new Error(`not one of ours: ${String(thrown)}`);
}

async function connectTo(recorded: Recorded) {
  await using server = await startFakeInfluxdb(recorded);
  return await connectInflux(settingsOf(server), signal);
}

test("a point has its tags in one order, typed fields, and nothing that is absent", () => {
  const line = toLine({
    measurement: "home events",
    tags: { entity_id: "light.hall", area: undefined, device_class: "", a: "x" },
    fields: { value: 21.5, state: "21.5", override: true, unit: undefined, broken: Number.NaN },
    atNs: 1_700_000_000_000_000_001n,
  });
  expect(line).toBe(
    `home\\ events,a=x,entity_id=light.hall value=21.5,state="21.5",override=true 1700000000000000001`,
  );
});

test("no text of a house can end a tag, a field or a line", () => {
  const line = toLine({
    measurement: "m",
    tags: { area: "a,b=c d\\\n" },
    fields: { state: `say "hi" \\` },
    atNs: 1n,
  });
  expect(line).toBe(`m,area=a\\,b\\=c\\ d state="say \\"hi\\" \\\\" 1`);
});

test("a point without a value is none", () => {
  expect(toLine({ measurement: "m", tags: { a: "b" }, fields: {}, atNs: 1n })).toBeUndefined();
});

test.for([
  ["InfluxDB 1", INFLUXDB_1, { product: "influxdb", version: "1.8.10", reads: "influxql" }],
  ["InfluxDB 3", INFLUXDB_3, { product: "influxdb", version: "3.4.1", reads: "none" }],
  [
    "VictoriaMetrics",
    {
      "/ping": {
        status: 204,
        headers: { "x-server-hostname": "vm", "x-influxdb-version": "1.8.0" },
      },
    },
    { product: "victoria-metrics", reads: "none" },
  ],
] as const)("%s is known by what it says of itself", async ([, recorded, server]) => {
  expect((await connectTo(recorded)).server).toMatchObject(server);
});

test.for([
  [
    "a web page",
    { "/ping": { status: 200, body: "<html>" }, "/health": { status: 200, body: "<html>" } },
    "influxdb.not_influxdb",
    "unconfigured",
  ],
  ["nothing of the kind", {}, "influxdb.not_influxdb", "unconfigured"],
  [
    "a refusal",
    { "/ping": { status: 401, body: `{"error":"authorization failed"}` } },
    "influxdb.refused",
    "unconfigured",
  ],
  [
    "a proxy whose server is away",
    { "/ping": { status: 502, body: "Bad Gateway" } },
    "influxdb.unavailable",
    "unavailable",
  ],
] as const)("%s at the address is named for what it is", async ([, recorded, code, kind]) => {
  expect(await thrownBy(connectTo(recorded))).toMatchObject({ code, kind });
});

test("nobody at the address is an outage, told with the host and without a secret", async () => {
  const settings = { url: "http://127.0.0.1:1", token: "s3cret", database: "d" };
  const error = await thrownBy(connectInflux(settings, signal));
  expect(error).toMatchObject({ kind: "unavailable", code: "influxdb.unreachable" });
  expect(error.message).toContain("127.0.0.1:1");
  expect(`${error.message} ${JSON.stringify(error.facts)}`).not.toContain("s3cret");
});

test("user and password travel in a header, never in the address", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const influx = await connectInflux(
    { ...settingsOf(server), username: "anna", password: "s3cret" },
    signal,
  );
  await influx.write([LINE], signal);
  expect(server.asked.map(({ url }) => url).join(" ")).not.toMatch(/anna|s3cret/);
  const basic = `Basic ${Buffer.from("anna:s3cret").toString("base64")}`;
  expect(new Set(server.asked.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
});

test("a token asks InfluxDB 1.8 for the newer way to write", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const influx = await connectInflux({ ...settingsOf(server), token: "anna:pass" }, signal);
  await influx.write([LINE], signal);
  expect(server.asked.at(-1)).toMatchObject({
    url: "/api/v2/write?org=&bucket=home_assistant_events&precision=ns",
    authorization: "Token anna:pass",
    body: LINE,
  });
});

test("InfluxDB 3 gets lines with nanoseconds and a bearer token", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_3);
  const influx = await connectInflux({ ...settingsOf(server), token: "apiv3_x" }, signal);
  await influx.write([LINE], signal);
  expect(server.asked.at(-1)).toMatchObject({
    method: "POST",
    url: "/api/v3/write_lp?db=home_assistant_events&precision=nanosecond&accept_partial=true",
    authorization: "Bearer apiv3_x",
    body: LINE,
  });
});

test.for([
  [{ status: 204 }, undefined],
  [
    { status: 503, headers: { "retry-after": "7" } },
    { kind: "unavailable", facts: { status: 503, retryAfterMs: 7_000 } },
  ],
  [
    { status: 429, headers: { "retry-after": "30" } },
    { kind: "unavailable", facts: { status: 429, retryAfterMs: 30_000 } },
  ],
  [
    { status: 500, body: `{"error":"timeout"}` },
    { kind: "unavailable", code: "influxdb.unavailable" },
  ],
  [
    { status: 403, body: `{"error":"\\"ben\\" user is not authorized to write to database"}` },
    { kind: "unconfigured", code: "influxdb.forbidden" },
  ],
  [
    { status: 404, body: `{"error":"database not found: \\"x\\""}` },
    { kind: "unconfigured", code: "influxdb.no_database" },
  ],
  [
    { status: 404, body: `{"code":"not found","message":"bucket \\"x\\" not found"}` },
    { kind: "unconfigured", code: "influxdb.no_database" },
  ],
  [
    { status: 413, body: `{"error":"Request Entity Too Large"}` },
    { kind: "invalid", code: "influxdb.too_large" },
  ],
  [
    {
      status: 400,
      body: `{"error":"partial write: field type conflict: input field \\"value\\" on measurement \\"m\\" is type string, already exists as type float dropped=2"}`,
    },
    { kind: "invalid", facts: { reason: "field type conflict", dropped: 2 } },
  ],
  [
    {
      status: 422,
      body: `{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=1"}`,
    },
    { kind: "invalid", facts: { reason: "older than the retention allows", dropped: 1 } },
  ],
  [
    // As documented for InfluxDB 3.
    {
      status: 400,
      body: `{"error":"partial write of line protocol occurred","data":[{"original_line":"m secret","line_number":1,"error_message":"invalid field value"}]}`,
    },
    { kind: "invalid", facts: { reason: "unable to parse" } },
  ],
] as const)(
  "an answer to a write is told in our words, without the data: %#",
  async ([answer, expected]) => {
    await using server = await startFakeInfluxdb(INFLUXDB_1);
    const influx = await connectInflux(settingsOf(server), signal);
    server.answerWrites(answer);
    if (expected === undefined) return expect(await influx.write([LINE], signal)).toBeUndefined();
    const error = await thrownBy(influx.write([LINE], signal));
    expect(error).toMatchObject(expected);
    expect(`${error.message} ${JSON.stringify(error.facts)}`).not.toMatch(/secret|"value"|ben/);
  },
);
