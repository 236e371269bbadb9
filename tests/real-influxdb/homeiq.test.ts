import { expect, test } from "vitest";
import type { InfluxStatus } from "#src/ingest/influx/influx.ts";
import { connectInflux } from "#src/store/influx/influx.ts";
import { eventually } from "#support/eventually.ts";
import { startFakeHomeAssistant } from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startHomeIq } from "#support/home-iq.ts";
import { isInstalled, startInfluxdb } from "#support/influxdb-server.ts";

const signal = AbortSignal.timeout(120_000);

test.skipIf(!isInstalled("influxdb-1.6"))(
  "what a house does is in HomeIQ and in its InfluxDB, with the same states",
  async () => {
    await using server = await startInfluxdb("influxdb-1.6", { auth: true });
    const house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false });
    const { url, username = "", password = "" } = server.settings;
    const options = {
      influxdb_url: url,
      influxdb_username: username,
      influxdb_password: password,
    };
    await using homeiq = await startHomeIq({ url: house.url, options });
    const status = await eventually("the first states are copied", async () => {
      const events = await homeiq.events();
      const now = await homeiq.get<InfluxStatus>("/api/v1/influxdb");
      const isCopied =
        now.sent >= events.length && now.outbox?.changes === 0 && now.missing.length === 0;
      return events.length >= house.states().length && isCopied ? now : undefined;
    });
    expect(status).toMatchObject({
      state: "sending",
      host: new URL(url).host,
      database: "home_assistant_events",
      server: { product: "influxdb", major: 1, reads: "influxql" },
      missing: [],
      refused: 0,
    });
    expect(JSON.stringify(status)).not.toContain(password);

    const influx = await connectInflux(server.settings, signal);
    const copied = new Map<string, unknown>();
    const statement = `SELECT "state", "entity_id" FROM "home_assistant_events"`;
    for await (const { entity_id, state } of influx.influxql(statement, signal)) {
      copied.set(String(entity_id), state);
    }
    const newest = new Map<string, unknown>(); // the past is fetched too: an entity may have several
    for (const { entityId, newState } of (await homeiq.events()).toReversed()) {
      newest.set(entityId, newState);
    }
    expect(copied).toEqual(newest);
    await house.stop();
  },
);
