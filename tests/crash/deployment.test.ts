import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import type { AuditEntry, Deployed, Draft, Version } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { chance, KILLS } from "./chance.ts";

const SETTLED_MS = 30_000;
const BEFORE_WRITTEN_MS = 12; // checking, reading what stands there, and writing
const GATEWAY_MS = 3_500; // three tries that fail, a second apart
const ROUTE = "/api/v1/automations";

async function ask<T>(homeiq: Running, path: string, body: object): Promise<T> {
  const answer = await fetch(`${homeiq.url}${ROUTE}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const approve = (homeiq: Running, { id, hash }: Draft) =>
  ask<Deployed>(homeiq, `/drafts/${id}/approve`, { hash });

const isConnected = (homeiq: Running) =>
  eventually(
    "Home Assistant is connected",
    async () =>
      (await homeiq.get<{ status: string }>("/api/v1/connection")).status === "connected" ||
      undefined,
    SETTLED_MS,
  );

/** How far the journal came with a draft; `undefined` when it was not begun. */
function stepIn(folder: string, draftId: string): string | undefined {
  const database = new DatabaseSync(join(folder, "homeiq.db"));
  const rows = database
    .prepare("select step from automation_deployment where draft_id = ? order by id desc")
    .all(draftId) as { step: string }[];
  expect(database.prepare("pragma integrity_check").all()).toEqual([{ integrity_check: "ok" }]);
  database.close();
  return rows[0]?.step;
}

interface HouseState {
  readonly entity_id: string;
  readonly attributes: { readonly friendly_name?: string; readonly id?: string };
}

test("a deployment that was killed at any moment leaves one automation and one entry that it is done", async () => {
  const random = chance("A deployment is killed");
  buildHomeIq();
  const folder = mkdtempSync(join(tmpdir(), "homeiq-crash-"));
  const house = await runHouse(["--preset", "studio", "--seed", "3", "--days", "0"]);
  const start = async () => {
    const homeiq = await runHomeIq({
      HA_URL: house.url,
      HA_TOKEN: "fake-token",
      HOMEIQ_DATA: folder,
    });
    await isConnected(homeiq);
    return homeiq;
  };
  const draftOf = (alias: string) =>
    ask<Draft>(homeiq, "/drafts", { source: JSON.stringify({ ...NIGHT_LIGHT, alias }) });
  let homeiq = await start();

  const before = Date.now();
  await approve(homeiq, await draftOf("Nobody is killed"));
  const usualMs = Date.now() - before;

  /** Within how long it is killed: in what is over in a moment, in what lasts, and while a proxy is in the way. */
  async function prepare(kill: number): Promise<number> {
    if (kill % 3 === 0) return usualMs * 1.2;
    if (kill % 3 === 1) return BEFORE_WRITTEN_MS;
    await house.order("bad-gateway", { count: 1 + Math.floor(random() * 3), late: random() < 0.5 });
    return GATEWAY_MS;
  }

  const steps = new Map<string, number>();
  const kills = Math.max(4, Math.round(KILLS / 8));
  for (let kill = 1; kill <= kills; kill += 1) {
    const alias = `Night light ${kill}`;
    const draft = await draftOf(alias);
    const spanMs = await prepare(kill);
    const approved = approve(homeiq, draft).catch(() => undefined); // its connection is cut
    await pause(random() * spanMs);
    await homeiq.kill();
    await approved;
    await house.order("bad-gateway", { count: 0 });
    const step = stepIn(folder, draft.id) ?? "not begun";
    steps.set(step, (steps.get(step) ?? 0) + 1);

    homeiq = await start();
    // Who is killed before the journal is begun was never asked: the person says yes once more.
    if (step === "not begun") {
      expect(await homeiq.get(`${ROUTE}/drafts/${draft.id}`)).toMatchObject({ status: "draft" });
      expect(await approve(homeiq, draft)).toMatchObject({ state: "done" });
    }
    await eventually(
      `the deployment that was killed as ${step} is over`,
      async () =>
        (await homeiq.get<Draft>(`${ROUTE}/drafts/${draft.id}`)).status === "deployed" || undefined,
      SETTLED_MS,
    );
    expect(stepIn(folder, draft.id)).toBe("done");
    expect(await approve(homeiq, draft)).toMatchObject({ state: "done", already: true });

    const all = await house.order<HouseState[]>("states");
    const found = all.filter(({ attributes }) => attributes.friendly_name === alias);
    expect(found.map(({ attributes }) => attributes.id)).toEqual([draft.automationId]);
    const { entries } = await homeiq.get<{ entries: AuditEntry[] }>(
      `${ROUTE}/audit?automation=${draft.automationId}`,
    );
    const created = entries.filter(({ action }) => action === "create");
    expect(created.filter(({ outcome }) => outcome === "done")).toHaveLength(1);
    const { versions } = await homeiq.get<{ versions: Version[] }>(
      `${ROUTE}/${found[0]?.entity_id}/versions`,
    );
    expect(versions).toMatchObject([{ number: 1, origin: "homeiq", draftId: draft.id }]);
  }
  process.stdout.write(
    `${kills} kills, one deployment takes ${usualMs} ms: ${JSON.stringify([...steps])}\n`,
  );
  expect(await homeiq.stop()).toBe(0);
  await house.stop();
  rmSync(folder, { recursive: true, force: true });
});
