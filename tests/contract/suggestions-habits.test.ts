import { afterAll, beforeAll, expect, test } from "vitest";
import type { Suggestion } from "#src/ai/suggestions/suggestions.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false, days: 30 });
  homeiq = await startHomeIq({ url: house.url });
  await eventually(
    "the past is fetched",
    async () =>
      (await homeiq.get<{ state: string }>("/api/v1/backfill")).state === "done" || undefined,
    120_000,
  );
  await eventually("habits are found", () => run("patterns.catch-up"), 90_000);
  await eventually("and suggested, and played", () => run("suggestions.catch-up"), 90_000);
}, 300_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

/** It may be running by itself just now. */
const run = async (job: string) => {
  const { ok } = await homeiq.ask(`/api/v1/jobs/${job}/run`, { method: "POST" });
  return ok || undefined;
};
const list = async (query = "") =>
  (await homeiq.get<{ suggestions: Suggestion[] }>(`/api/v1/suggestions${query}`)).suggestions;

test("in a house with a history, what it does by hand is suggested, with its days and what it would have done", async () => {
  const all = await list("?status=open,waiting&source=pattern");
  expect((await list()).some(({ source }) => source === "pattern")).toBe(true);
  const played = all.filter(({ backTest }) => backTest?.state === "done");
  expect(played.length).toBeGreaterThan(0);
  for (const { chart, patternIds, draft } of all) {
    expect(chart.some(({ is }) => is === "seen")).toBe(true);
    expect(chart.every(({ minute }) => minute >= 0 && minute < 1_440)).toBe(true);
    expect(patternIds.length).toBe(1);
    expect(draft?.yaml).toContain("triggers:");
  }
  const [{ patternIds }] = all as [Suggestion];
  await homeiq.get(`/api/v1/patterns/${patternIds[0]}`); // its evidence is there
});

test("what would have been in the way more than it helped is not open", async () => {
  for (const { backTest } of await list()) {
    if (backTest?.state !== "done") continue;
    expect(backTest.annoying < 3 || backTest.annoying <= backTest.matched).toBe(true);
  }
});

test("a habit that is accepted is a draft with what it rests on, and plays back as it was told", async () => {
  const [best] = await list("?status=open,waiting&source=pattern");
  const answer = await homeiq.post(`suggestions/${best?.id}/accept`);
  const { draftId } = (await answer.json()) as Suggestion;
  const draft = await homeiq.get<{ valid: boolean; evidence: object; reason: string }>(
    `/api/v1/automations/drafts/${draftId}`,
  );
  expect(draft).toMatchObject({
    valid: true,
    reason: best?.text,
    evidence: { source: "pattern", patterns: best?.patternIds },
  });
});
