import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

interface Synergy {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  readonly text: string;
  readonly status: string;
  readonly entityIds: readonly string[];
  readonly areaId?: string;
  readonly nodes: readonly { readonly kind: string; readonly id: string }[];
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly score: { readonly value: number; readonly sure: number; readonly worth: number };
  readonly firstFoundAt: number;
  readonly lastFoundAt: number;
}
interface Run {
  readonly found: number;
  readonly automated: number;
  readonly durationMs: number;
  readonly missing: readonly { readonly type: string; readonly needs: string }[];
}
interface Stats {
  readonly running: boolean;
  readonly active: number;
  readonly byType: readonly { readonly type: string; readonly synergies: number }[];
  readonly lastRun?: Run;
}

interface Detail extends Synergy {
  readonly measured: {
    readonly n: number;
    readonly of: number;
    readonly seen: readonly { readonly at: number; readonly entityId: string }[];
  };
  readonly facts: object;
}

const DAYS = 30;
const LIGHT = "light.kitchen_ceiling_light";

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
  await eventually(
    "patterns are looked for",
    async () => {
      const answer = await homeiq.ask("/api/v1/patterns/detect", { method: "POST" });
      return answer.ok || undefined;
    },
    90_000,
  );
}, 240_000);

afterAll(async () => {
  await homeiq?.[Symbol.asyncDispose]();
  await house?.stop();
});

const look = () => homeiq.ask("/api/v1/synergies/find", { method: "POST" });
const post = (path: string, body: object) => homeiq.post(`automations/${path}`, body);
const stats = () => homeiq.get<Stats>("/api/v1/synergies/stats");
const list = async (query = "") =>
  (await homeiq.get<{ synergies: readonly Synergy[] }>(`/api/v1/synergies${query}`)).synergies;

test("before anybody looked there are none", async () => {
  expect(await list()).toEqual([]);
  expect(await stats()).toMatchObject({ running: false, active: 0, gone: 0 });
});

test("what things of the home could do together is found in what Home Assistant recorded", async () => {
  const run = (await (await look()).json()) as Run;
  const found = await list();
  expect(found).toHaveLength(run.found);
  expect(new Set(found.map(({ type }) => type)).size).toBeGreaterThanOrEqual(2);
  for (const { title, text, score, status, nodes, edges } of found) {
    expect(`${title} ${text}`).not.toMatch(/[{}]|synergy\.|undefined|NaN/);
    expect(score.value).toBeCloseTo(score.sure * score.worth, 6);
    expect(status).toBe("active");
    const ids = nodes.map(({ id }) => id);
    expect(edges.length).toBeGreaterThan(0);
    expect(edges.flatMap(({ from, to }) => [from, to]).filter((id) => !ids.includes(id))).toEqual(
      [],
    );
  }
  const scores = found.map(({ score }) => score.value);
  expect(scores).toEqual(scores.toSorted((one, other) => other - one));
});

test("motion in the kitchen and its light by hand are a pair, each time an event of the history", async () => {
  const pair = (await list("?type=device_pair")).find(({ entityIds }) => entityIds.includes(LIGHT));
  expect(pair?.areaId).toBe("kitchen");
  const { measured, facts } = await homeiq.get<Detail>(`/api/v1/synergies/${pair?.id}`);
  expect(facts).toMatchObject({
    action: { entityId: LIGHT, to: "on" },
    trigger: { isTrace: true },
  });
  expect(measured.n).toBeLessThanOrEqual(measured.of);
  const [{ at, entityId }] = measured.seen as [Detail["measured"]["seen"][number]];
  const { events } = await homeiq.get<{ events: readonly unknown[] }>(
    `/api/v1/events?entity=${entityId}&from=${at}&to=${at + 1}`,
  );
  expect(events).toEqual([expect.objectContaining({ at, newState: "on" })]);
});

test("they can be asked for by type, entity, area and status", async () => {
  const all = await list();
  const pairs = await list("?type=device_pair,device_chain");
  expect(pairs.length).toBe(
    all.filter(({ type }) => type === "device_pair" || type === "device_chain").length,
  );
  const ofLight = await list(`?entity=${LIGHT}`);
  expect(ofLight.every(({ entityIds }) => entityIds.includes(LIGHT))).toBe(true);
  expect(ofLight.length).toBeLessThan(all.length);
  expect((await list("?area=kitchen")).every(({ areaId }) => areaId === "kitchen")).toBe(true);
  expect(await list("?status=gone")).toEqual([]);
  expect((await homeiq.ask("/api/v1/synergies?type=tarot")).status).toBe(400);
  expect((await homeiq.ask("/api/v1/synergies/none")).status).toBe(404);
});

test("it is said how many there are of each type, and what the house lacks for more", async () => {
  const { active, byType, lastRun } = await stats();
  const all = await list();
  expect(active).toBe(all.length);
  expect(byType.map(({ type }) => type)).toHaveLength(10);
  expect(byType.reduce((sum, { synergies }) => sum + synergies, 0)).toBe(active);
  expect(lastRun?.missing).toContainEqual({ type: "event", needs: "team" });
});

test("the same house has the same synergies in the next run, and it is looked for once at a time", async () => {
  const before = await list();
  const answers = await Promise.all([look(), look()]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  const after = await list();
  expect(after.map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(after.map(({ firstFoundAt }) => firstFoundAt)).toEqual(
    before.map(({ firstFoundAt }) => firstFoundAt),
  );
});

test("once an automation of the house joins them, the pair is gone", async () => {
  const [pair] = await list(`?type=device_pair&entity=${LIGHT}`);
  const motion = pair?.entityIds.find((id) => id.startsWith("binary_sensor.")) ?? "";
  const made = await post("drafts", {
    source: JSON.stringify({
      alias: "Kitchen light by motion",
      triggers: [{ trigger: "state", entity_id: motion, to: "on" }],
      actions: [{ action: "light.turn_on", target: { entity_id: LIGHT } }],
    }),
  });
  const { id, hash } = (await made.json()) as { id: string; hash: string };
  expect((await post(`drafts/${id}/approve`, { hash })).status).toBe(200);
  await look();
  expect((await list("?status=gone")).map((one) => one.id)).toContain(pair?.id);
  expect((await list("?status=active")).map((one) => one.id)).not.toContain(pair?.id);
  expect((await stats()).lastRun?.automated).toBeGreaterThanOrEqual(1);
});
