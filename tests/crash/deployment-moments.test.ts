import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { AuditEntry, Deployed, Draft, Version } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HoldingProxy, startHoldingProxy, type Where } from "#support/holding-proxy.ts";
import { buildHomeIq, type Running, runHomeIq } from "#support/home-iq-process.ts";

// Killed exactly while Home Assistant is being asked: nobody knows then whether it was done.

const ROUTE = "/api/v1/automations";
const SETTLED_MS = 60_000;
const LATER = { ...NIGHT_LIGHT, triggers: [{ trigger: "time", at: "23:30:00" }] };

/** What becomes of a request whose sender was killed. */
type Fate = "never" | "at once" | "late" | "answer lost";
const FATES: readonly Fate[] = ["never", "at once", "late", "answer lost"];

let house: FakeHomeAssistant;
let proxy: HoldingProxy;
let folder: string;
let homeiq: Running;

beforeAll(() => buildHomeIq());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
  house = await startFakeHomeAssistant({ preset: "studio", seed: 3 });
  proxy = await startHoldingProxy(house.url);
  homeiq = await start();
});
afterEach(async () => {
  await homeiq.stop();
  await proxy[Symbol.asyncDispose]();
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<Running> {
  const started = await runHomeIq({
    HA_URL: proxy.url,
    HA_TOKEN: "fake-token",
    HOMEIQ_DATA: folder,
  });
  await eventually("Home Assistant is connected", async () => {
    const { status } = await started.get<{ status: string }>("/api/v1/connection");
    return status === "connected" || undefined;
  });
  return started;
}

async function ask<T>(path: string, body?: object, method = "POST"): Promise<T> {
  const answer = await fetch(`${homeiq.url}${ROUTE}${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return (await answer.json()) as T;
}

const draftOf = (config: object, entityId?: string) =>
  ask<Draft>("/drafts", { source: JSON.stringify(config), ...(entityId ? { entityId } : {}) });
const approve = ({ id, hash }: Draft) => ask<Deployed>(`/drafts/${id}/approve`, { hash });
const inFile = () =>
  [...house.simulation.system.automations.file.values()].filter(
    ({ alias }) => alias === NIGHT_LIGHT.alias,
  );
const entityIds = () =>
  house
    .states()
    .filter(({ attributes }) => attributes.friendly_name === NIGHT_LIGHT.alias)
    .map(({ entity_id }) => entity_id);
const auditOf = async (action: string) =>
  (await homeiq.get<{ entries: AuditEntry[] }>(`${ROUTE}/audit`)).entries
    .filter((entry) => entry.action === action)
    .map(({ outcome }) => outcome);
const versionsOf = async (entityId: string) =>
  (await homeiq.get<{ versions: Version[] }>(`${ROUTE}/${entityId}/versions`)).versions;

function stepInJournal(): string | undefined {
  const database = new DatabaseSync(join(folder, "homeiq.db"));
  const rows = database
    .prepare("select step from automation_deployment order by id desc")
    .all() as { step: string }[];
  database.close();
  return rows[0]?.step;
}

/** Kills HomeIQ while this request waits, lets its fate come true, and starts HomeIQ again. */
async function killedDuring(
  { method, fate }: { method: "POST" | "DELETE"; fate: Fate },
  work: () => Promise<unknown>,
  step: string,
): Promise<void> {
  const where: Where = fate === "answer lost" ? "after" : "before";
  const holding = proxy.hold(method, where);
  const worked = work().catch(() => undefined); // its connection is cut
  const held = await holding;
  await homeiq.kill();
  await worked;
  expect(stepInJournal()).toBe(step);
  if (fate === "at once") await held.release();
  homeiq = await start();
  if (fate === "late") await held.release();
  await eventually(
    `what was killed as ${step} is over`,
    () => ["done", "undone", "failed"].includes(stepInJournal() ?? "") || undefined,
    SETTLED_MS,
  );
}

async function deployed(): Promise<Draft> {
  const draft = await draftOf(NIGHT_LIGHT);
  expect(await approve(draft)).toMatchObject({ state: "done" });
  return draft;
}

test.each(FATES)(
  "a new automation, killed as it is written (it arrives: %s), stands once",
  async (fate) => {
    const draft = await draftOf(NIGHT_LIGHT);
    await killedDuring({ method: "POST", fate }, () => approve(draft), "writing");
    expect(inFile()).toEqual([{ ...NIGHT_LIGHT, id: draft.automationId }]);
    expect(entityIds()).toEqual(["automation.night_light"]);
    expect(await auditOf("create")).toEqual(["done"]);
    expect(await versionsOf("automation.night_light")).toMatchObject([
      { number: 1, origin: "homeiq", draftId: draft.id },
    ]);
    expect(await homeiq.get(`${ROUTE}/drafts/${draft.id}`)).toMatchObject({ status: "deployed" });
  },
);

test.each(FATES)(
  "a change, killed as it is written (it arrives: %s), stands once",
  async (fate) => {
    const first = await deployed();
    const draft = await draftOf(LATER, "automation.night_light");
    await killedDuring({ method: "POST", fate }, () => approve(draft), "writing");
    expect(inFile()).toEqual([{ ...LATER, id: first.automationId }]);
    expect(entityIds()).toEqual(["automation.night_light"]);
    expect(await auditOf("edit")).toEqual(["done"]);
    const versions = await versionsOf("automation.night_light");
    expect(versions.map(({ number }) => number).sort()).toEqual([1, 2]);
  },
);

test.each(FATES)(
  "a removal, killed as it is asked for (it arrives: %s), is done once",
  async (fate) => {
    await deployed();
    const remove = () => ask("/automation.night_light", undefined, "DELETE");
    await killedDuring({ method: "DELETE", fate }, remove, "writing");
    expect(inFile()).toEqual([]);
    expect(entityIds()).toEqual([]);
    expect(await auditOf("remove")).toEqual(["done"]);
    const versions = await versionsOf("automation.night_light");
    expect(versions.map(({ number }) => number).sort()).toEqual([1, 2]);
  },
);

test.each(FATES)(
  "a new automation that is taken back, killed as it is (it arrives: %s), is gone",
  async (fate) => {
    house.reloads("never");
    const draft = await draftOf(NIGHT_LIGHT);
    await killedDuring({ method: "DELETE", fate }, () => approve(draft), "undoing");
    expect(inFile()).toEqual([]);
    expect(await auditOf("create")).toEqual(["undone"]);
    expect(await homeiq.get(`${ROUTE}/drafts/${draft.id}`)).toMatchObject({
      status: "draft",
      failure: expect.stringContaining("configuration.yaml"),
    });
    house.reloads("normal");
    expect(await approve(draft)).toMatchObject({ state: "done" });
    expect(inFile()).toHaveLength(1);
  },
);
