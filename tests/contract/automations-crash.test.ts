import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Draft, Version } from "#src/ai/automations/automations.ts";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const LONG_AGO_MS = 3_600_000;

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

interface Cut {
  readonly step: "begun" | "writing" | "written" | "undoing";
  /** What stands in Home Assistant's file when HomeIQ comes back. */
  readonly stored: boolean;
  readonly agoMs?: number;
  /** What other hands did meanwhile. */
  readonly meanwhile?: (draft: Draft) => void;
}

/** As if the power had gone at this step: what was written to the disk by then, and no more. */
async function cutAt({ step, stored, agoMs = 0, meanwhile }: Cut): Promise<Draft> {
  const draft = await workshop.draft(NIGHT_LIGHT);
  await workshop.approve(draft);
  const { file } = workshop.house.simulation.system.automations;
  await workshop.restartHomeIq(() => {
    const database = new DatabaseSync(join(workshop.homeiq().folder, "homeiq.db"));
    database.exec(
      "delete from automation_version; delete from automation_audit; delete from automation_watch",
    );
    database.exec("update automation_draft set status = 'approved', entity_id = null");
    database
      .prepare(
        "update automation_deployment set step = ?, ended_at = null, started_at = ?, error_code = ?",
      )
      .run(step, Date.now() - agoMs, step === "undoing" ? "automations.test" : null);
    database.close();
    if (!stored) file.delete(draft.automationId);
    meanwhile?.(draft);
    workshop.house.simulation.system.automations.reload();
  });
  return draft;
}

const outcome = () =>
  eventually("it is in the audit log", async () =>
    (await workshop.audit()).find(({ action }) => action === "create"),
  );

test.each<Cut>([
  { step: "begun", stored: false },
  { step: "begun", stored: true },
  { step: "writing", stored: false },
  { step: "writing", stored: true },
  { step: "written", stored: true },
])("a deployment that ended at $step (stored: $stored) is finished, once", async (cut) => {
  const draft = await cutAt(cut);
  expect(["done", "already_done"]).toContain((await outcome()).outcome);
  expect(workshop.inFile("Night light")).toEqual([{ ...NIGHT_LIGHT, id: draft.automationId }]);
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({ status: "deployed" });
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done", already: true });
  expect(workshop.inFile("Night light")).toHaveLength(1);
});

test("a deployment that was being taken back when the power went is taken back", async () => {
  const draft = await cutAt({ step: "undoing", stored: true });
  expect((await outcome()).outcome).toBe("undone");
  expect(workshop.inFile("Night light")).toEqual([]);
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({ status: "draft" });
});

test("a yes from long ago that never reached Home Assistant is asked for again", async () => {
  const draft = await cutAt({ step: "writing", stored: false, agoMs: LONG_AGO_MS });
  expect((await outcome()).outcome).toBe("refused");
  expect(workshop.inFile("Night light")).toEqual([]);
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
});

/** Home Assistant's editor writes a list where we write one. */
const IN_OTHER_WORDS = { ...NIGHT_LIGHT, triggers: [{ trigger: "time", at: ["22:00:00"] }] };
const inOtherWords = ({ automationId: id }: Draft) =>
  void workshop.house.simulation.system.automations.file.set(id, { ...IN_OTHER_WORDS, id });

test("what was stored in other words before the power went is what was wanted", async () => {
  await cutAt({ step: "writing", stored: true, meanwhile: inOtherWords });
  expect((await outcome()).outcome).toBe("done");
  expect(workshop.inFile("Night light")).toHaveLength(1);
});

test("what was stored in other words is taken back, too", async () => {
  await cutAt({ step: "undoing", stored: true, meanwhile: inOtherWords });
  expect((await outcome()).outcome).toBe("undone");
  expect(workshop.inFile("Night light")).toEqual([]);
});

test("an automation of the same name that others made while HomeIQ was away is not doubled", async () => {
  const draft = await cutAt({
    ...{ step: "writing", stored: false },
    meanwhile: () =>
      void workshop.house.simulation.system.automations.file.set("by_hand", {
        ...NIGHT_LIGHT,
        id: "by_hand",
      }),
  });
  expect((await outcome()).outcome).toBe("refused");
  expect(workshop.inFile("Night light").map(({ id }) => id)).toEqual(["by_hand"]);
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({
    status: "draft",
    failure: expect.stringContaining("another name"),
  });
});

test("a write that arrives late, from before the power went, is no change by other hands", async () => {
  const draft = await cutAt({ step: "writing", stored: false });
  const { url, token } = workshop.house;
  const late = await fetch(`${url}/api/config/automation/config/${draft.automationId}`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(NIGHT_LIGHT),
  });
  expect(late.status).toBe(200);
  expect((await outcome()).outcome).toBe("done");
  const { versions } = await workshop.get<{ versions: Version[] }>(
    "/automation.night_light/versions",
  );
  expect(versions).toMatchObject([{ number: 1, origin: "homeiq", draftId: draft.id }]);
  expect((await workshop.audit()).map(({ action }) => action)).not.toContain("external");
});
