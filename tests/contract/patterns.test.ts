import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

interface Pattern {
  readonly id: string;
  readonly kind: string;
  readonly text: string;
  readonly entityIds: readonly string[];
  readonly confidence: number;
  readonly confidenceLow: number;
  readonly confidenceHigh: number;
  readonly seenCount: number;
  readonly heat: readonly number[];
}
interface Detail extends Pattern {
  readonly seen: readonly { at: number; entityId: string; to: string }[];
  readonly missed: readonly string[];
  readonly past: readonly unknown[];
}

const DAYS = 30;

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false, days: DAYS });
  homeiq = await startHomeIq({ url: house.url });
  await eventually(
    "the past is fetched",
    async () =>
      (await homeiq.get<{ state: string }>("/api/v1/backfill")).state === "done" || undefined,
    120_000,
  );
}, 150_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

const detect = () => homeiq.ask("/api/v1/patterns/detect", { method: "POST" });
const list = async (query = "") =>
  (await homeiq.get<{ patterns: readonly Pattern[] }>(`/api/v1/patterns${query}`)).patterns;

test("the first look comes by itself once the past is there, and only once", async () => {
  const run = () => homeiq.ask("/api/v1/jobs/patterns.catch-up/run", { method: "POST" });
  const lastRun = async () =>
    (await homeiq.get<{ lastRun?: { startedAt: number } }>("/api/v1/patterns/stats")).lastRun;
  expect((await run()).status).toBeLessThan(500); // it may be running by itself just now
  const first = await eventually("a first look", lastRun, 90_000);
  await run();
  expect(await lastRun()).toEqual(first);
}, 120_000);

test("habits are found in what Home Assistant itself recorded, with evidence", async () => {
  const run = (await (await detect()).json()) as { found: number; acts: number };
  const found = await list();
  expect(found.length).toBe(run.found);
  expect(run.acts).toBeGreaterThan(100);
  const habit = found.find(({ kind }) => kind === "time_of_day");
  expect(habit).toBeDefined();
  const detail = await homeiq.get<Detail>(`/api/v1/patterns/${habit?.id}`);
  expect(detail.seen.length).toBe(Math.min(200, detail.seenCount));
  expect(detail.past.at(-1)).toMatchObject({ confidence: detail.confidence });
  expect(detail.heat.reduce((sum, one) => sum + one, 0)).toBe(detail.seen.length);
  expect(detail.confidenceLow).toBeLessThanOrEqual(detail.confidence);
  expect(detail.confidenceHigh).toBeGreaterThanOrEqual(detail.confidence);
  // Each time that it was seen is an event of the history.
  const [{ at, entityId, to }] = detail.seen as [Detail["seen"][number]];
  const { events } = await homeiq.get<{ events: readonly { newState: string; at: number }[] }>(
    `/api/v1/events?entity=${entityId}&from=${at}&to=${at + 1}`,
  );
  expect(events).toEqual([expect.objectContaining({ at, newState: to })]);
});

test("the same history gives the same patterns", async () => {
  const before = await list();
  expect((await detect()).status).toBe(200);
  const after = await list();
  expect(after.map(({ id, confidence }) => [id, confidence])).toEqual(
    before.map(({ id, confidence }) => [id, confidence]),
  );
});

test("they can be asked for by kind and by entity", async () => {
  const [first] = (await list()) as [Pattern];
  const [entityId] = first.entityIds as [string];
  const ofEntity = await list(`?entity=${entityId}&kind=${first.kind}`);
  expect(ofEntity.map(({ id }) => id)).toContain(first.id);
  expect(ofEntity.every(({ kind }) => kind === first.kind)).toBe(true);
  const refused = await homeiq.ask("/api/v1/patterns?kind=tarot");
  expect(refused.status).toBe(400);
  expect((await homeiq.ask("/api/v1/patterns/none")).status).toBe(404);
});

test("it is looked for once at a time", async () => {
  const answers = await Promise.all([detect(), detect()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});
