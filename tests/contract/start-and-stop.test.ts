import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { burden } from "#support/burden.ts";
import { eventually } from "#support/eventually.ts";
import { startFakeHomeAssistant } from "#support/fake-home-assistant/fake-home-assistant.ts";
import { buildHomeIq, runHomeIq } from "#support/home-iq-process.ts";

const BUSY_MS = 200;
const STOPPED_WITHIN_MS = 5_000;

beforeAll(() => buildHomeIq());

test("it answers while Home Assistant is away, and ends with 0 when it is told to", async () => {
  const homeiq = await runHomeIq({ HA_URL: "http://127.0.0.1:9", HA_TOKEN: "not-a-token" });
  expect(await homeiq.get("/health")).toMatchObject({ status: "ok" });
  const connection = await eventually("it says why", async () => {
    const now = await homeiq.get<{ error?: { code: string } }>("/api/v1/connection");
    return now.error;
  });
  expect(connection.code).toBe("connection.unreachable");
  expect(await homeiq.stop()).toBe(0);
  expect(homeiq.output()).not.toContain("not-a-token");
});

test("what had arrived is stored before it ends", async () => {
  const house = await startFakeHomeAssistant({ preset: "studio", seed: 2, live: false });
  const data = mkdtempSync(join(tmpdir(), "homeiq-stop-"));
  const env = { HA_URL: house.url, HA_TOKEN: house.token, HOMEIQ_DATA: data };
  const first = await runHomeIq(env);
  await eventually("the house is known", async () => {
    const { ready } = await first.get<{ ready: boolean }>("/api/v1/house");
    return ready || undefined;
  });
  expect(await first.stop()).toBe(0);
  const second = await runHomeIq({
    HOMEIQ_DATA: data,
    HA_URL: "http://127.0.0.1:9",
    HA_TOKEN: "x",
  });
  const { events } = await second.get<{ events: unknown[] }>("/api/v1/events?limit=500");
  expect(events).toHaveLength(house.states().length);
  await second.stop();
  await house.stop();
});

test("it ends with 0, and soon, in the middle of sealing, playing back and answering", async () => {
  await using house = await startFakeHomeAssistant({ preset: "flat", seed: 2, days: 2 });
  const homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: house.token });
  await eventually("the house is known", async () => {
    const { ready } = await homeiq.get<{ ready: boolean }>("/api/v1/house");
    return ready || undefined;
  });
  const entityIds = house.states().map(({ entity_id }) => entity_id);
  const burdened = burden(homeiq.url, entityIds);
  await pause(BUSY_MS);
  const before = performance.now();
  expect(await homeiq.stop(), homeiq.output()).toBe(0);
  expect(performance.now() - before).toBeLessThan(STOPPED_WITHIN_MS);
  await burdened;
});

test("a wrong option stops the start, and is named without its value", async () => {
  const file = join(mkdtempSync(join(tmpdir(), "homeiq-options-")), "options.json");
  writeFileSync(file, JSON.stringify({ log_level: "s3cret" }));
  const started = runHomeIq({ HOMEIQ_OPTIONS: file });
  await expect(started).rejects.toThrow(/log_level/);
  await expect(started).rejects.not.toThrow(/s3cret/);
});
