import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft, Health, VersionWithDiff, Watch } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const BEFORE = "automation.night_light";
const NOW = "automation.bedtime";
const LATER = { ...NIGHT_LIGHT, triggers: [{ trigger: "time", at: "23:00:00" }] };

let workshop: Workshop;
let edit: Draft;
beforeAll(async () => {
  workshop = await openWorkshop();
  const draft = await workshop.draft(NIGHT_LIGHT);
  expect((await workshop.approve(draft)).status).toBe(200);
  const source = JSON.stringify(LATER);
  edit = (await workshop.ask<Draft>("/drafts", { entityId: BEFORE, source })).body;
  workshop.house.renameEntity(BEFORE, NOW);
  await eventually(
    "it is seen under its new id",
    async () => (await listed()).has(NOW) || undefined,
  );
});
afterAll(() => workshop[Symbol.asyncDispose]());

const listed = async () => {
  const { automations } = await workshop.get<{ automations: Health[] }>("");
  return new Map(automations.map((one) => [one.entityId, one]));
};
const versionsOf = async (entity: string) =>
  (await workshop.get<{ versions: VersionWithDiff[] }>(`/${entity}/versions`)).versions;
const watches = async () => (await workshop.get<{ watches: Watch[] }>("/probation")).watches;

test("it is the same automation, with its versions, its probation and its drafts", async () => {
  const all = await listed();
  expect(all.has(BEFORE)).toBe(false);
  expect(all.get(NOW)).toMatchObject({
    ours: true,
    versions: 1,
    probation: { state: "watching", entityId: NOW },
  });
  expect(await watches()).toMatchObject([{ entityId: NOW, state: "watching" }]);
  expect((await versionsOf(NOW)).map(({ number }) => number)).toEqual([1]);
  expect(await versionsOf(BEFORE), "an old link").toEqual(await versionsOf(NOW));
  expect(await workshop.get(`/drafts/${edit.id}`)).toMatchObject({ entityId: NOW });
});

test("its runs and what people undo count for the same probation", async () => {
  const { house } = workshop;
  house.runAutomation(NOW);
  await eventually("the run is seen", async () => (await watches())[0]?.runs === 1 || undefined);
  house.pressPhysical(CEILING_LIGHT, "off");
  await eventually(
    "the override is seen",
    async () => (await watches())[0]?.overrides === 1 || undefined,
  );
});

test("a draft from before can be brought up to date and deployed, and that undone, and all of it removed", async () => {
  const path = `/drafts/${edit.id}`;
  const { status, body: based } = await workshop.ask<Draft>(path, { rebase: true }, "PATCH");
  expect([status, based]).toMatchObject([200, { entityId: NOW, valid: true }]);
  expect((await workshop.approve(based)).body).toMatchObject({ state: "done", entityId: NOW });
  expect(workshop.inFile("Night light")).toMatchObject([LATER]);
  expect((await versionsOf(NOW)).map(({ number }) => number)).toEqual([2, 1]);
  expect((await workshop.ask(`/${NOW}/undo`)).body).toMatchObject({ state: "done", entityId: NOW });
  expect(workshop.inFile("Night light")).toMatchObject([NIGHT_LIGHT]);
  expect((await workshop.ask(`/${NOW}`, {}, "DELETE")).status).toBe(200);
  expect((await workshop.ask(`/${NOW}/undo`)).body).toMatchObject({ state: "done" });
  expect(workshop.inFile("Night light")).toMatchObject([NIGHT_LIGHT]);
});

test("another automation that takes the old id is another automation", async () => {
  // Removed and brought back it is new to Home Assistant's registry, and has the id of its name again.
  workshop.house.renameEntity(BEFORE, NOW);
  const { body: draft } = await workshop.ask<Draft>("/drafts", {
    source: JSON.stringify({ ...NIGHT_LIGHT, alias: "Other" }),
  });
  expect((await workshop.approve(draft)).body).toMatchObject({ entityId: "automation.other" });
  workshop.house.renameEntity("automation.other", BEFORE);
  await eventually("it has the id", async () => (await listed()).has(BEFORE) || undefined);
  expect(await versionsOf(BEFORE)).toMatchObject([{ number: 1, alias: "Other" }]);
});
