import { describe, expect, test } from "vitest";
import { connectInflux } from "#src/store/influx/influx.ts";
import { eventually } from "#support/eventually.ts";
import { recordedChange, startMirror } from "#support/influx-mirror.ts";
import { isInstalled, type ServerName, startInfluxdb } from "#support/influxdb-server.ts";

const ALWAYS: readonly ServerName[] = ["influxdb-1.6", "victoria-metrics"];
const missing = ALWAYS.filter((name) => !isInstalled(name));
if (missing.length > 0 && process.env.CI) throw new Error(`not installed: ${missing.join()}`);

const READABLE: readonly ServerName[] = ["influxdb-1.6", "influxdb-1.8", "influxdb-2.7"];
const signal = AbortSignal.timeout(300_000);

for (const name of READABLE) {
  describe.skipIf(!isInstalled(name))(`the copy in ${name}`, () => {
    test("what was recorded is there, with its types, once", async () => {
      await using server = await startInfluxdb(name, { auth: name !== "influxdb-2.7" });
      await using house = await startMirror({ choice: server.settings });
      const changes = Array.from({ length: 250 }, (_, n) => recordedChange(n));
      await house.record(changes);
      await eventually("all is sent", async () => {
        const { outbox, sent } = await house.mirror.status();
        return (sent === 250 && outbox?.changes === 0) || undefined;
      });
      const influx = await connectInflux(server.settings, signal);
      const rows = await Array.fromAsync(
        influx.influxql(
          `SELECT "value", "state", "duration_in_state", "area", "cause" FROM "home_assistant_events"`,
          signal,
        ),
      );
      expect(rows).toHaveLength(250);
      expect(rows[7]).toEqual({
        time: changes[7]?.at,
        value: 7,
        state: "7",
        duration_in_state: 1,
        area: "hall",
        cause: "integration",
      });
    });
  });
}
