import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Backfill } from "#src/ingest/backfill/backfill.ts";
import type { Gap, Gaps } from "#src/ingest/gaps/gaps.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { toSeconds } from "#support/fake-home-assistant/protocol/wire.ts";
import { createPastInMemory, type PastInMemory } from "#support/past-in-memory.ts";
import { startPastReading } from "#support/past-reading.ts";

vi.setConfig({ testTimeout: 90_000 }); // pauses between requests are part of what is tested

let house: FakeHomeAssistant;
let folder: string;
let past: PastInMemory;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-backfill-"));
  past = createPastInMemory();
});

afterEach(async () => {
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

const startReading = ({ alsoExisting }: { alsoExisting?: string } = {}) =>
  startPastReading({
    ...{ url: house.url, token: house.token, folder, past },
    states: () => [
      ...house.states(),
      ...(alsoExisting
        ? [{ entity_id: alsoExisting, last_changed: new Date().toISOString(), attributes: {} }]
        : []),
    ],
    findUser: (id) => {
      const user = house.users.find((one) => one.id === id);
      return user && { isSystem: user.system_generated, name: user.name ?? "" };
    },
  });

/** Every real state change that the fake's recorder holds, as `entity at state`. */
function recorded(from = 0, to = Number.POSITIVE_INFINITY): Set<string> {
  const { recorder } = house.simulation;
  const all = new Set<string>();
  for (const entityId of recorder.recorded()) {
    let before: string | undefined;
    for (const { state, changedAt, updatedAt } of recorder.rowsOf(entityId)) {
      const isChange = changedAt === updatedAt && state !== before;
      before = state;
      if (isChange && updatedAt >= from && updatedAt < to)
        all.add(`${entityId} ${Math.round(toSeconds(updatedAt) * 1000)} ${state}`);
    }
  }
  return all;
}

const kept = () =>
  new Set(past.changes().map(({ entityId, at, state }) => `${entityId} ${at} ${state}`));

/** What differs, the first few of each side. */
function compare(ours: ReadonlySet<string>, theirs: ReadonlySet<string>) {
  return {
    missing: [...theirs].filter((one) => !ours.has(one)).slice(0, 5),
    invented: [...ours].filter((one) => !theirs.has(one)).slice(0, 5),
  };
}

const isDone = (backfill: Backfill) =>
  eventually("it is done", () => backfill.status().state === "done" || undefined, 60_000);

const oneHouse = { preset: "flat", seed: 3, live: false } as const;

test("the first start brings in everything that Home Assistant remembers", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 3 });
  await using reading = await startReading();
  await isDone(reading.backfill);
  expect(compare(kept(), recorded())).toEqual({ missing: [], invented: [] });
  const status = reading.backfill.status();
  expect(status.changesAdded).toBe(kept().size);
  expect(status.statisticsAdded).toBe(past.statistics().length);
  const hours = [...house.simulation.recorder.statisticIds()].map(
    (id) => house.simulation.recorder.hoursOf(id).length,
  );
  expect(status.statisticsAdded).toBeGreaterThan(hours.reduce((sum, n) => sum + n, 0) * 0.9);
});

test("the newest hours come first", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 2 });
  await using reading = await startReading();
  await eventually("something is there", () => past.changes().length > 0 || undefined);
  const oldest = Math.min(...past.changes().map(({ at }) => at));
  expect(house.now() - oldest).toBeLessThan(3 * 3_600_000);
  reading.backfill.pause();
});

test("what a person, an automation or a script did is told apart where the logbook knows it", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 2 });
  await using reading = await startReading();
  await isDone(reading.backfill);
  const causes = past.changes().map(({ cause }) => cause);
  const of = (kind: string) => causes.filter((cause) => cause?.kind === kind);
  expect(of("person_dashboard").length).toBeGreaterThan(0);
  expect(of("person_dashboard").every((cause) => cause?.byName !== undefined)).toBe(true);
  expect(of("automation").length).toBeGreaterThan(0);
  expect(of("automation").every((cause) => cause?.by?.startsWith("automation."))).toBe(true);
  expect(Math.max(...causes.map((cause) => cause?.confidence ?? 0))).toBeLessThan(0.95);
});

test("without a logbook the history comes all the same, and no hand is invented", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 1 });
  house.unknownCommand("logbook/get_events");
  await using reading = await startReading();
  await isDone(reading.backfill);
  expect(compare(kept(), recorded())).toEqual({ missing: [], invented: [] });
  const guessed = past.changes().filter(({ cause }) => cause?.kind === "physical");
  expect(guessed).toEqual([]);
});

test("a process that was stopped in the middle goes on where it was", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 3 });
  {
    await using first = await startReading();
    await eventually("half of it is there", () => past.changes().length > 5_000 || undefined);
    expect(first.backfill.status().state).toBe("running");
  }
  const before = past.changes().length;
  await using second = await startReading();
  expect(second.backfill.status().history?.doneFrom).toBeLessThan(house.now());
  await isDone(second.backfill);
  expect(compare(kept(), recorded())).toEqual({ missing: [], invented: [] });
  expect(past.changes().length).toBeGreaterThan(before);
});

test("a pause holds, also over a restart of HomeIQ, until somebody presses Start", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 2 });
  {
    await using first = await startReading();
    await eventually("it began", () => past.changes().length > 0 || undefined);
    first.backfill.pause();
    expect(first.backfill.status().state).toBe("paused");
  }
  await using second = await startReading();
  expect(second.backfill.status().state).toBe("paused");
  second.backfill.start();
  await isDone(second.backfill);
  expect(compare(kept(), recorded())).toEqual({ missing: [], invented: [] });
});

test("a Home Assistant that goes away in the middle is waited for", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 2 });
  await using reading = await startReading();
  await eventually("it began", () => past.changes().length > 0 || undefined);
  house.dropConnections();
  await isDone(reading.backfill);
  expect(compare(kept(), recorded())).toEqual({ missing: [], invented: [] });
});

test("a Home Assistant that keeps no history is said so, with what to do", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse });
  house.unknownCommand("history/history_during_period");
  await using reading = await startReading();
  const status = await eventually("it failed", () => {
    const now = reading.backfill.status();
    return now.state === "failed" ? now : undefined;
  });
  expect(status.problem).toMatchObject({ code: "recorder.not_loaded" });
  expect(status.problem?.advice).toContain("default_config");
  house.unknownCommand("history/history_during_period", { unknown: false });
  reading.backfill.start();
  await isDone(reading.backfill);
});

test("a gap is closed with exactly what happened in it", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 1 });
  const now = house.now();
  const [from, to] = [now - 5 * 3_600_000, now - 2 * 3_600_000];
  await using reading = await startReading();
  reading.backfill.pause();
  await eventually("paused", () => reading.backfill.status().state !== "running" || undefined);
  const before = kept();
  reading.gaps.add({ from, to, reason: "not_running" });
  reading.backfill.wake();
  const gap = await gapIs(reading.gaps, "filled");
  expect(gap.filled?.entitiesWithout).toBe(0);
  expect([...recorded(from, to)].filter((one) => !kept().has(one))).toEqual([]);
  const outside = [...kept()].filter(
    (one) => !before.has(one) && !recorded(from - 11_000, to + 11_000).has(one),
  );
  expect(outside).toEqual([]);
  expect(gap.filled?.changes).toBe(kept().size - before.size);
});

test("a gap stays partly open for what Home Assistant does not record", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 1 });
  const now = house.now();
  await using reading = await startReading({ alsoExisting: "sensor.not_recorded" });
  reading.backfill.pause();
  reading.gaps.add({ from: now - 3_600_000, to: now - 1_800_000, reason: "not_running" });
  reading.backfill.wake();
  const gap = await gapIs(reading.gaps, "partly");
  expect(gap.filled?.entitiesWithout).toBe(1);
});

test("a gap from before all that Home Assistant remembers is lost, and said so", async () => {
  house = await startFakeHomeAssistant({ ...oneHouse, days: 1 });
  const now = house.now();
  await using reading = await startReading();
  reading.backfill.pause();
  const long = 40 * 86_400_000;
  reading.gaps.add({ from: now - long, to: now - long + 3_600_000, reason: "not_running" });
  reading.backfill.wake();
  const gap = await gapIs(reading.gaps, "lost");
  expect(gap.filled?.changes).toBe(0);
});

const gapIs = (gaps: Gaps, state: Gap["state"]) =>
  eventually(`the gap is ${state}`, () => gaps.list(10).find((gap) => gap.state === state));
