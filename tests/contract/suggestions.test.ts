import { afterEach, beforeEach, expect, test } from "vitest";
import type { Draft } from "#src/ai/automations/automations.ts";
import type { Outcomes, Refreshed, Suggestion } from "#src/ai/suggestions/suggestions.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeEach(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false, days: 0 });
  homeiq = await startHomeIq({ url: house.url });
  await eventually("the first look", async () => (await look()) || undefined, 30_000);
}, 60_000);

afterEach(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

async function look(): Promise<Refreshed | undefined> {
  const answer = await homeiq.post("suggestions/refresh");
  return answer.ok ? ((await answer.json()) as Refreshed) : undefined;
}
const list = async (query = "") =>
  (await homeiq.get<{ suggestions: Suggestion[] }>(`/api/v1/suggestions${query}`)).suggestions;
const get = (id: string) => homeiq.get<Suggestion>(`/api/v1/suggestions/${id}`);
const say = async (id: string, what: string, body: object = {}) => {
  const answer = await homeiq.post(`suggestions/${id}/${what}`, body);
  expect(await answer.clone().text()).not.toContain('"error"');
  return (await answer.json()) as Suggestion;
};
/** The best of those that can be accepted as they are. */
const ready = async () => {
  const found = (await list()).find(({ draft }) => draft?.yaml !== undefined);
  if (!found) throw new Error("Nothing can be accepted as it is");
  return found;
};

test("a home without a history is told at once what its devices can do, not all of it and not all alike", async () => {
  const open = await list();
  expect(open.length).toBeGreaterThanOrEqual(3);
  expect(open.length).toBeLessThanOrEqual(10);
  expect(open.every(({ source }) => source === "template")).toBe(true);
  expect(new Set(open.map(({ kind }) => kind)).size).toBeGreaterThanOrEqual(3);
  expect((await list("?status=waiting")).length).toBeGreaterThan(0);
  for (const one of open) {
    const { title, text, score, draft, choices } = one;
    expect(`${title} ${text}`).not.toMatch(/[{}]|template\./);
    expect(score.factors.map(({ name }) => name)).toEqual([
      "usefulness",
      "confidence",
      "novelty",
      "effort",
    ]);
    expect(score.total).toBeCloseTo(score.factors.reduce((all, { value }) => all * value, 1));
    expect(draft?.yaml !== undefined || choices.some(({ ask }) => ask)).toBe(true);
    expect(draft?.problems.filter(({ severity }) => severity === "error")).toEqual([]);
  }
});

test("a yes becomes a draft, the draft an automation on probation, and that is undone from the suggestion", async () => {
  const { id } = await ready();
  const accepted = await say(id, "accept");
  expect(accepted).toMatchObject({ status: "accepted", draftId: expect.any(String) });
  expect(await say(id, "accept")).toMatchObject({ draftId: accepted.draftId });
  const draft = await homeiq.get<Draft>(`/api/v1/automations/drafts/${accepted.draftId}`);
  expect(draft).toMatchObject({ valid: true, evidence: { suggestion: id } });
  expect(draft.source).toBe(accepted.draft?.yaml);

  const approved = await homeiq.post(`automations/drafts/${draft.id}/approve`, {
    hash: draft.hash,
  });
  expect(approved.status).toBe(200);
  const { entityId } = (await approved.json()) as { entityId: string };
  expect(await get(id)).toMatchObject({ status: "probation", automationId: entityId });
  expect(house.state(entityId)).toBeDefined();

  expect(await say(id, "undo")).toMatchObject({ status: "undone" });
  expect(house.state(entityId)).toBeUndefined();
  await look();
  expect(await get(id)).toMatchObject({ status: "undone" });
  const { all } = await homeiq.get<Outcomes>("/api/v1/suggestions/outcomes");
  expect(all).toMatchObject({ accepted: 1, deployed: 1, undone: 1 });
});

test("a no is remembered, over the next look and a restart, and another takes the place", async () => {
  const { id, title } = await ready();
  const before = (await list()).length;
  expect(await say(id, "dismiss", { reason: "not_useful" })).toMatchObject({
    status: "dismissed",
    dismissReason: "not_useful",
  });
  await look();
  expect((await list()).length).toBe(before);
  expect((await list()).map((one) => one.title)).not.toContain(title);

  const { folder } = homeiq;
  await homeiq.stop();
  homeiq = await startHomeIq({ url: house.url, folder });
  expect(await get(id)).toMatchObject({ status: "dismissed", history: expect.any(Array) });
  await eventually("a look after the restart", async () => (await look()) || undefined, 30_000);
  expect(await get(id)).toMatchObject({ status: "dismissed" });
  expect(await say(id, "reopen")).toMatchObject({ status: "open" });
});

test("what was put away comes back in its time, and not before", async () => {
  const { id } = await ready();
  const until = Date.now() + 1_500;
  expect(await say(id, "snooze", { until })).toMatchObject({ snoozedUntil: until });
  expect((await list()).map((one) => one.id)).not.toContain(id);
  await eventually("it is back", async () =>
    (await list()).some((one) => one.id === id) ? true : undefined,
  );
});

test("what must be chosen first is named, and with the choice it is accepted", async () => {
  const all = [...(await list()), ...(await list("?status=waiting"))];
  const open = all.find(({ choices }) => choices.some(({ ask }) => ask));
  if (!open) throw new Error("The flat has nothing that must be chosen");
  const refused = await homeiq.post(`suggestions/${open.id}/accept`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toMatchObject({ error: { code: "suggestions.choose" } });
  const chosen = Object.fromEntries(
    open.choices
      .filter(({ ask }) => ask)
      .map(({ slot, value, options = [], many }) => {
        const first = value ?? options[0]?.value;
        return [slot, many && typeof first === "string" ? [first] : first];
      }),
  );
  expect(await say(open.id, "accept", { chosen })).toMatchObject({ status: "accepted" });
});

test("who can be told is named as people name their phones", async () => {
  const all = [...(await list()), ...(await list("?status=waiting"))];
  const told = all.flatMap(({ choices }) => choices.filter(({ kind }) => kind === "notify"));
  const names = new Set(told.flatMap(({ options = [] }) => options.map(({ text }) => text)));
  expect([...names].toSorted()).toEqual([
    "Anna's phone",
    "Jonas's phone",
    "The bell in Home Assistant",
  ]);
});

test("a draft that is discarded in the workshop is a no to the suggestion", async () => {
  const { id } = await ready();
  const { draftId } = await say(id, "accept");
  await homeiq.ask(`/api/v1/automations/drafts/${draftId}`, { method: "DELETE" });
  expect(await get(id)).toMatchObject({ status: "dismissed" });
  expect((await homeiq.post(`suggestions/${id}/accept`)).status).toBe(409);
});

test("what is asked wrongly is refused", async () => {
  expect((await homeiq.ask("/api/v1/suggestions/000000000000")).status).toBe(404);
  for (const id of ["gone", "no%20id", "A".repeat(200)]) {
    const answer = await homeiq.ask(`/api/v1/suggestions/${id}`);
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({ error: { code: "suggestions.unknown" } });
    expect((await homeiq.post(`suggestions/${id}/reopen`)).status).toBe(404);
  }
  expect((await homeiq.ask("/api/v1/suggestions?status=great")).status).toBe(400);
  const { id } = await ready();
  expect((await homeiq.post(`suggestions/${id}/dismiss`, { reason: "ugly" })).status).toBe(400);
  expect((await homeiq.post(`suggestions/${id}/snooze`, { until: 1 })).status).toBe(400);
  expect((await homeiq.post(`suggestions/${id}/undo`)).status).toBe(409);
});
