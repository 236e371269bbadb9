import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createImports, type ImportSource, type Imports } from "#src/ingest/import/import.ts";
import { openStore, type Store } from "#src/store/database.ts";
import { eventually } from "#support/eventually.ts";
import {
  type InfluxdbServer,
  isInstalled,
  type ServerName,
  startInfluxdb,
} from "#support/influxdb-server.ts";
import { createPastInMemory, type PastInMemory } from "#support/past-in-memory.ts";

const SERVERS: readonly ServerName[] = ["influxdb-1.6", "influxdb-1.8", "influxdb-2.7"];
const DATABASE = "home_assistant";
const START_MS = Date.UTC(2026, 2, 1, 12);
const MANY = 12_345; // more than one page, and more than one window
const never = new AbortController().signal;

/** What Home Assistant's own integration writes, in line protocol with nanoseconds. */
function points(): string[] {
  const at = (ms: number) => `${START_MS + ms}123456`;
  const lines = Array.from(
    { length: MANY },
    (_, n) =>
      `°C,domain=sensor,entity_id=hall device_class_str="temperature",value=${20 + (n % 50) / 10} ${at(n * 300_000)}`,
  );
  return [
    ...lines,
    // an attribute changed, the state did not
    `°C,domain=sensor,entity_id=hall battery=90,value=20.1 ${at(300_001)}`,
    `state,domain=light,entity_id=hall state="off",value=0 ${at(0)}`,
    `state,domain=light,entity_id=hall state="on",value=1,brightness=120 ${at(60_000)}`,
    `state,domain=light,entity_id=hall state="on",value=1,brightness=130 ${at(70_000)}`,
    `state,domain=light,entity_id=hall state="off",value=0 ${at(90_000)}`,
    `\u00b5g/m³,domain=sensor,entity_id=air value=7 ${at(0)}`,
    `\u03bcg/m³,domain=sensor,entity_id=air value=8 ${at(60_000)}`,
    `sensor.text,domain=sensor,entity_id=text state="one, \\"two\\"" ${at(0)}`,
    `my\\ own\\,\\ name,domain=switch,entity_id=pump,source=HA state="on",value=1 ${at(0)}`,
    `my\\ own\\,\\ name,domain=sensor,entity_id=pump_power,source=HA unit_of_measurement_str="W",value=55.5 ${at(0)}`,
    `cpu,host=machine usage=3 ${at(0)}`,
  ];
}

for (const name of SERVERS) {
  describe.skipIf(!isInstalled(name))(`what Home Assistant wrote to ${name}`, () => {
    let server: InfluxdbServer;
    let folder: string;
    let store: Store;
    let past: PastInMemory;
    let imports: Imports;
    let source: Extract<ImportSource, { kind: "influxdb" }>;

    beforeAll(async () => {
      server = await startInfluxdb(name, { auth: name === "influxdb-1.8", database: DATABASE });
      const { url, username, password, token } = server.settings;
      source = {
        ...{ kind: "influxdb", url, database: DATABASE },
        ...(token ? { token } : { username, password }),
      };
      await fillIn(server, source);
      folder = mkdtempSync(join(tmpdir(), "homeiq-import-"));
      store = openStore(join(folder, "homeiq.db"));
      past = createPastInMemory();
      imports = createImports({
        readMeterFile: async (bytes) => readMeterExport(bytes, "UTC"),
        ...{ db: store.db, clock: systemClock, log: createLog("silent"), keeper: past },
        folder: join(folder, "imports"),
        isRecorded: (id) => id !== "switch.pump",
        findUser: () => undefined,
        now: systemClock.now,
      });
    });

    afterAll(async () => {
      await imports?.[Symbol.asyncDispose]();
      await store?.[Symbol.asyncDispose]();
      await server?.[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    });

    test("is previewed: entities, range and how much", async () => {
      const preview = await imports.preview(source, never);
      expect(preview).toMatchObject({
        entities: { total: 6, filtered: 1 },
        from: START_MS,
        to: START_MS + (MANY - 1) * 300_000,
      });
      expect(preview.changes).toBeGreaterThan(MANY);
    });

    test("comes in, once, with units and without what only repeats", async () => {
      const { id } = await imports.start(source);
      const done = await eventually(
        "it ended",
        () => imports.list().find((one) => one.id === id && one.state !== "running"),
        60_000,
      );
      expect(done).toMatchObject({ state: "done", changesAdded: MANY + 7 });
      const of = (entityId: string) =>
        past
          .changes()
          .filter((one) => one.entityId === entityId)
          .map(({ at, state, unit }) => [at - START_MS, state, unit]);
      expect(of("sensor.hall").slice(0, 3)).toEqual([
        [0, "20", "°C"],
        [300_000, "20.1", "°C"],
        [600_000, "20.2", "°C"],
      ]);
      expect(of("light.hall")).toEqual([
        [0, "off", undefined],
        [60_000, "on", undefined],
        [90_000, "off", undefined],
      ]);
      expect(of("sensor.air").sort()).toEqual([
        [0, "7", "\u03bcg/m³"],
        [60_000, "8", "\u03bcg/m³"],
      ]);
      expect(of("sensor.text")).toEqual([[0, 'one, "two"', undefined]]);
      expect(of("sensor.pump_power")).toEqual([[0, "55.5", "W"]]);
      expect(of("switch.pump")).toEqual([]);
    });

    test("is not added twice", async () => {
      const { id } = await imports.start(source);
      const again = await eventually(
        "it ended",
        () => imports.list().find((one) => one.id === id && one.state !== "running"),
        60_000,
      );
      expect(again).toMatchObject({ state: "done", changesAdded: 0 });
    });

    test.skipIf(name === "influxdb-1.6")(
      "is refused with a wrong password, in plain words",
      async () => {
        const wrong = {
          ...source,
          password: "wrong",
          token: source.token && "wrong",
        } as ImportSource;
        await expect(imports.preview(wrong, never)).rejects.toMatchObject({
          kind: "unconfigured",
          code: "imports.influxdb_refused",
        });
      },
    );

    test("another database says that it holds nothing of Home Assistant", async () => {
      await expect(imports.preview({ ...source, database: "other" }, never)).rejects.toMatchObject({
        kind: "invalid",
      });
    });
  });
}

test("an InfluxDB that is not there is said so", async () => {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-import-"));
  const store = openStore(join(folder, "homeiq.db"));
  const imports = createImports({
    readMeterFile: async (bytes) => readMeterExport(bytes, "UTC"),
    ...{ db: store.db, clock: systemClock, log: createLog("silent"), keeper: createPastInMemory() },
    ...{ folder, isRecorded: () => true, findUser: () => undefined, now: systemClock.now },
  });
  const source = { kind: "influxdb", url: "http://127.0.0.1:9", database: DATABASE } as const;
  await expect(imports.preview(source, never)).rejects.toMatchObject({
    kind: "unavailable",
    code: "imports.influxdb_away",
  });
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

async function fillIn(server: InfluxdbServer, source: Extract<ImportSource, { kind: "influxdb" }>) {
  const { token, username, password } = source;
  const basic = Buffer.from(`${username}:${password}`).toString("base64");
  const headers: Record<string, string> = token
    ? { authorization: `Token ${token}` }
    : { authorization: `Basic ${basic}` };
  const post = async (path: string, body: string | URLSearchParams) => {
    const answer = await fetch(`${server.url}${path}`, { method: "POST", headers, body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  };
  if (token) {
    const answer = await fetch(`${server.url}/api/v2/orgs`, { headers });
    const { orgs } = (await answer.json()) as { orgs: { id: string }[] };
    await post("/api/v2/buckets", JSON.stringify({ orgID: orgs[0]?.id, name: DATABASE }));
  } else {
    await post("/query", new URLSearchParams({ q: `CREATE DATABASE ${DATABASE}` }));
  }
  const path = token ? `/api/v2/write?org=home&bucket=${DATABASE}` : `/write?db=${DATABASE}`;
  await post(path, points().join("\n"));
}
