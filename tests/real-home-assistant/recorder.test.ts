import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readMeterExport } from "#src/enrichment/meter-export/meter-export.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createImports } from "#src/ingest/import/import.ts";
import { openStore } from "#src/store/database.ts";
import { eventually } from "#support/eventually.ts";
import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";
import { createPastInMemory, type PastInMemory } from "#support/past-in-memory.ts";
import { type PastReading, startPastReading } from "#support/past-reading.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";

const HOUR_MS = 3_600_000;
const COMMITTED_MS = 3_000; // this house's recorder commits each second
const HOURS = 24 * 70; // more than two windows

interface Kept {
  readonly entity_id: string;
  readonly state: string;
  readonly last_changed: string;
}

describe.skipIf(missing !== undefined)("the past, from a real Home Assistant's recorder", () => {
  let house: RealHomeAssistant;
  let client: RawClient;
  let folder: string;
  let past: PastInMemory;
  let reading: PastReading;
  let states: { entity_id: string; last_changed: string; attributes: Record<string, unknown> }[];
  let began: number;
  let firstHour: number;

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    client = await house.client();
    folder = mkdtempSync(join(tmpdir(), "homeiq-past-"));
    began = Date.now();
    await live();
    firstHour = Math.floor(Date.now() / HOUR_MS) * HOUR_MS - HOURS * HOUR_MS;
    await importStatistics();
    await pause(COMMITTED_MS);
    ({ result: states } = await client.ask("get_states"));
    past = createPastInMemory();
    reading = await startPastReading({
      ...{ url: house.url, token: house.owner.token, folder, past, states: () => states },
      findUser: (id) =>
        [house.owner, house.guest]
          .filter(({ userId }) => userId === id)
          .map(({ name }) => ({ name, isSystem: false }))[0],
    });
    await eventually(
      "the past is in",
      () => {
        const { state, problem } = reading.backfill.status();
        if (state === "failed") throw new Error(JSON.stringify(problem));
        return state === "done" || undefined;
      },
      120_000,
    );
  });

  afterAll(async () => {
    client?.[Symbol.dispose]();
    await reading?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** People and machines do things. */
  async function live(): Promise<void> {
    using ben = await connectRaw(house.url, { token: house.guest.token });
    const call = (who: RawClient, domain: string, service: string, entityId: string) =>
      who.ask("call_service", { domain, service, target: { entity_id: entityId } });
    await call(ben, "light", "turn_off", "light.ceiling_lights");
    await call(ben, "light", "turn_on", "light.ceiling_lights");
    await call(client, "light", "turn_off", "light.bed_light");
    await pause(200);
    await call(ben, "input_boolean", "turn_on", "input_boolean.guests");
    await call(client, "light", "turn_on", "light.kitchen_lights");
    await client.ask("call_service", { domain: "script", service: "good_night" });
    await call(client, "light", "turn_on", "light.office_rgbw_lights");
    await call(client, "scene", "turn_on", "scene.dinner");
  }

  async function importStatistics(): Promise<void> {
    const hours = Array.from({ length: HOURS }, (_, n) => n);
    const at = (n: number) => new Date(firstHour + n * HOUR_MS).toISOString();
    const meta = { name: null, source: "recorder", has_mean: false, has_sum: false };
    const ask = async (metadata: object, stats: object[]) => {
      const answer = await client.ask("recorder/import_statistics", { metadata, stats });
      expect(answer).toMatchObject({ success: true });
    };
    await ask(
      {
        ...meta,
        ...{ statistic_id: "sensor.outside_temperature", unit_of_measurement: "°C" },
        ...{ mean_type: 1, unit_class: "temperature", has_mean: true },
      },
      hours.map((n) => ({ start: at(n), mean: n % 30, min: (n % 30) - 1, max: (n % 30) + 1 })),
    );
    await ask(
      {
        ...meta,
        ...{ statistic_id: "sensor.meter", unit_of_measurement: "kWh" },
        ...{ mean_type: 0, unit_class: "energy", has_sum: true },
      },
      hours.map((n) => ({ start: at(n), state: n * 0.5, sum: n * 0.5 })),
    );
  }

  const changeOf = (entityId: string, state: string) => {
    const found = past
      .changes()
      .filter((one) => one.entityId === entityId && one.state === state && one.at >= began);
    return found.at(-1);
  };

  test("is what its own history shows, change by change", async () => {
    const from = new Date(began - 24 * HOUR_MS).toISOString();
    const ids = states.map(({ entity_id }) => entity_id);
    const answer = await house.rest(
      `/api/history/period/${from}?filter_entity_id=${ids.join(",")}&end_time=${new Date().toISOString()}&significant_changes_only=0`,
    );
    const lists = (await answer.json()) as Kept[][];
    const expected = new Set<string>();
    for (const list of lists) {
      let before: string | undefined;
      for (const { entity_id, state, last_changed } of list) {
        if (state !== before && Date.parse(last_changed) < Date.now() - COMMITTED_MS) {
          expected.add(`${entity_id} ${state} ${Date.parse(last_changed)}`);
        }
        before = state;
      }
    }
    const near = ({ entityId, state, at }: { entityId: string; state: string; at: number }) =>
      [at, at - 1, at + 1].map((moment) => `${entityId} ${state} ${moment}`);
    const ours = new Set(past.changes().flatMap(near));
    const newest = reading.backfill.status().history?.to ?? 0;
    const wanted = [...expected].filter((one) => Number(one.split(" ").at(-1)) < newest);
    expect(wanted.length).toBeGreaterThan(100);
    expect(wanted.filter((one) => !ours.has(one))).toEqual([]);
    const invented = past.changes().filter((one) => !near(one).some((key) => expected.has(key)));
    expect(invented.filter(({ at }) => at < newest - COMMITTED_MS)).toEqual([]);
  });

  test("names the person, the automation, the script and the scene", () => {
    expect(changeOf("light.ceiling_lights", "on")?.cause).toMatchObject({
      ...{ kind: "person_dashboard", byName: "Ben" },
    });
    expect(changeOf("light.bed_light", "on")?.cause).toMatchObject({
      ...{ kind: "automation", by: "automation.guests_come", rootKind: "person_dashboard" },
    });
    expect(changeOf("light.kitchen_lights", "off")?.cause).toMatchObject({
      ...{ kind: "script", by: "script.good_night" },
    });
    expect(changeOf("light.office_rgbw_lights", "off")?.cause).toMatchObject({ kind: "scene" });
  });

  test("holds each hour of the long-term statistics once, with what a meter rose", () => {
    const of = (entityId: string) =>
      past
        .statistics()
        .filter((row) => row.entityId === entityId)
        .toSorted((one, other) => one.start - other.start);
    const temperature = of("sensor.outside_temperature").filter(
      ({ start }) => start < firstHour + HOURS * HOUR_MS,
    );
    expect(temperature).toHaveLength(HOURS);
    expect(temperature[31]).toMatchObject({
      start: firstHour + 31 * HOUR_MS,
      mean: 1,
      min: 0,
      max: 2,
    });
    const meter = of("sensor.meter");
    expect(meter).toHaveLength(HOURS);
    expect(meter[10]).toMatchObject({ rise: 0.5, last: 5 });
  });

  test("closes a gap with what happened in it", async () => {
    await pause(200);
    const from = Date.now();
    for (const service of ["turn_off", "turn_on", "turn_off"]) {
      await house.rest(`/api/services/light/${service}`, { entity_id: "light.ceiling_lights" });
      await pause(50);
    }
    const to = Date.now();
    ({ result: states } = await client.ask("get_states"));
    const before = past.changes().length;
    reading.gaps.add({ from, to, reason: "not_running" });
    reading.backfill.wake();
    const gap = await eventually("it is filled", () =>
      reading.gaps.list(1).find(({ state }) => state !== "open" && state !== "filling"),
    );
    expect(gap.state).toBe("filled");
    expect(past.changes().length - before).toBe(gap.filled?.changes);
    const inIt = past
      .changes()
      .filter(({ entityId, at }) => entityId === "light.ceiling_lights" && at >= from && at <= to);
    expect(inIt.map(({ state }) => state)).toEqual(["off", "on", "off"]);
  });

  test("comes from a copy of its database as well, the same and with contexts", async () => {
    const fromFile = createPastInMemory();
    const imported = join(folder, "imports");
    mkdirSync(imported);
    for (const end of ["", "-wal", "-shm"]) {
      const file = join(house.folder, `home-assistant_v2.db${end}`);
      if (existsSync(file)) copyFileSync(file, join(imported, `home-assistant_v2.db${end}`));
    }
    const store = openStore(join(folder, "import.db"));
    const imports = createImports({
      readMeterFile: async (bytes) => readMeterExport(bytes, "UTC"),
      ...{ db: store.db, clock: systemClock, log: createLog("silent"), keeper: fromFile },
      ...{ folder: imported, isRecorded: () => true, now: systemClock.now },
      findUser: () => ({ isSystem: false, name: "somebody" }),
    });
    try {
      const source = { kind: "recorder", file: "home-assistant_v2.db" } as const;
      const preview = await imports.preview(source, new AbortController().signal);
      expect(preview.entities.total).toBeGreaterThan(50);
      await imports.start(source);
      const done = await eventually("it ended", () =>
        imports.list().find(({ state }) => state !== "running"),
      );
      expect(done).toMatchObject({ state: "done", problems: { count: 0 } });
      const keyOf = ({ entityId, at, state }: { entityId: string; at: number; state: string }) =>
        `${entityId} ${at} ${state}`;
      const theirs = new Set(fromFile.changes().map(keyOf));
      expect(
        past
          .changes()
          .map(keyOf)
          .filter((key) => !theirs.has(key)),
      ).toEqual([]);
      expect(fromFile.statistics().length).toBeGreaterThanOrEqual(2 * HOURS);
      const bed = fromFile
        .changes()
        .filter(
          ({ entityId, state, at }) =>
            entityId === "light.bed_light" && state === "on" && at >= began,
        );
      expect(bed.at(-1)?.cause).toMatchObject({ kind: "automation", by: "automation.guests_come" });
      expect(bed.at(-1)?.context?.id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    } finally {
      await imports[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    }
  });
});
