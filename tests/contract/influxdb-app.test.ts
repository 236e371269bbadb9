import { expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { findInfluxApp } from "#src/ingest/influx/find-app.ts";
import { startFakeSupervisor } from "#support/fake-supervisor.ts";

const log = createLog("silent");
const signal = AbortSignal.timeout(10_000);
const homeAssistant = { url: "http://127.0.0.1:1", token: "t" };
const influxdb = { slug: "a0d7b954_influxdb", name: "InfluxDB", state: "started" };

test("the InfluxDB app is found by its slug, and is reached by its name in the network", async () => {
  const apps = [{ slug: "a0d7b954_grafana", name: "Grafana", state: "started" }, influxdb];
  await using supervisor = await startFakeSupervisor({ homeAssistant, apps });
  const { url, token } = supervisor;
  expect(await findInfluxApp({ url, token, log }, signal)).toEqual({
    slug: "a0d7b954_influxdb",
    name: "InfluxDB",
    started: true,
    url: "http://a0d7b954-influxdb:8086",
  });
});

test("of two InfluxDB apps the one that runs is taken", async () => {
  const apps = [{ slug: "local_influxdb2", name: "InfluxDB 2", state: "stopped" }, influxdb];
  await using supervisor = await startFakeSupervisor({ homeAssistant, apps });
  const { url, token } = supervisor;
  expect(await findInfluxApp({ url, token, log }, signal)).toMatchObject({ slug: influxdb.slug });
});

test("without such an app, and without an answer, there is none", async () => {
  await using supervisor = await startFakeSupervisor({ homeAssistant });
  const { url, token } = supervisor;
  expect(await findInfluxApp({ url, token, log }, signal)).toBeUndefined();
  expect(await findInfluxApp({ url, token: "wrong", log }, signal)).toBeUndefined();
  expect(await findInfluxApp({ url: "http://127.0.0.1:1", token, log }, signal)).toBeUndefined();
});
