import { afterEach, beforeEach, expect, test } from "vitest";
import type { Draft, Health, VersionWithDiff, Why } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const ENTITY = "automation.night_light";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

const deploy = async () => {
  const draft = await workshop.draft(NIGHT_LIGHT, { reason: "It is dark at night" });
  expect((await workshop.approve(draft)).status).toBe(200);
  return draft;
};
const idOfNightLight = () => String(workshop.inFile("Night light")[0]?.id);
const versions = async () =>
  (await workshop.get<{ versions: VersionWithDiff[] }>(`/${ENTITY}/versions`)).versions;
const editOutside = (config: object) =>
  fetch(`${workshop.house.url}/api/config/automation/config/${idOfNightLight()}`, {
    method: "POST",
    headers: { authorization: `Bearer ${workshop.house.token}` },
    body: JSON.stringify(config),
  });
const LATER = { ...NIGHT_LIGHT, triggers: [{ trigger: "time", at: "23:00:00" }] };

test("an approved draft stands in Home Assistant as it was shown, with HomeIQ's category and label", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT, { reason: "It is dark at night" });
  expect(draft).toMatchObject({ status: "draft", valid: true, alias: "Night light" });
  const { status, body } = await workshop.approve(draft);
  expect(status).toBe(200);
  expect(body).toMatchObject({ state: "done", entityId: ENTITY, version: 1 });
  expect(workshop.inFile("Night light")).toEqual([{ ...NIGHT_LIGHT, id: draft.automationId }]);
  const entry = workshop.house.simulation.core.registry.entities.get(ENTITY);
  expect(entry?.labels).toEqual(["homeiq"]);
  expect(Object.keys(entry?.categories ?? {})).toEqual(["automation"]);
  expect((await workshop.audit())[0]).toMatchObject({ action: "create", outcome: "done" });
  const [version] = await versions();
  expect(version).toMatchObject({ number: 1, origin: "homeiq", reason: "It is dark at night" });
});

test("a yes to a text that was changed since it was shown deploys nothing", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  await workshop.ask(`/drafts/${draft.id}`, { source: JSON.stringify(LATER) }, "PATCH");
  const { status, body } = await workshop.approve(draft);
  expect(status).toBe(409);
  expect(body).toMatchObject({ error: { code: "automations.text_changed" } });
  expect(workshop.inFile("Night light")).toEqual([]);
  expect((await workshop.audit())[0]).toMatchObject({ action: "approve", outcome: "refused" });
});

test("an automation with the same name is never overwritten", async () => {
  await deploy();
  const { status, body } = await workshop.approve(
    await workshop.draft({ ...LATER, alias: "night LIGHT " }),
  );
  expect(status).toBe(409);
  expect(body).toMatchObject({
    error: {
      code: "automations.alias_taken",
      facts: { entityId: ENTITY, diff: expect.any(Array) },
    },
  });
  expect(workshop.inFile("Night light")).toHaveLength(1);
});

test("what Home Assistant refuses is told in its own words, and nothing is half done", async () => {
  const draft = await workshop.draft({ ...NIGHT_LIGHT, mode: "sometimes" });
  const { status, body } = await workshop.approve(draft);
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain("mode");
  expect(workshop.inFile("Night light")).toEqual([]);
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({ status: "draft" });
});

test("an edit replaces exactly what was shown, and keeps who, why and what changed", async () => {
  await deploy();
  const edit = (
    await workshop.ask<Draft>("/drafts", {
      entityId: ENTITY,
      source: JSON.stringify(LATER, null, 2),
      reason: "Too early",
    })
  ).body;
  expect(edit.diff.some(({ kind, text }) => kind === "added" && text.includes("23:00"))).toBe(true);
  expect((await workshop.approve(edit)).body).toMatchObject({ state: "done", version: 2 });
  expect(workshop.inFile("Night light")).toMatchObject([{ triggers: LATER.triggers }]);
  const [latest, first] = await versions();
  expect(latest).toMatchObject({
    number: 2,
    reason: "Too early",
    author: { name: expect.any(String) },
  });
  expect(latest?.diff.some(({ kind }) => kind === "removed")).toBe(true);
  expect(first).toMatchObject({ number: 1 });
});

test("an edit of what somebody changed meanwhile is refused, and shows what differs", async () => {
  await deploy();
  const edit = (
    await workshop.ask<Draft>("/drafts", { entityId: ENTITY, source: JSON.stringify(LATER) })
  ).body;
  await editOutside({ ...NIGHT_LIGHT, description: "Mine" });
  const { status, body } = await workshop.approve(edit);
  expect(status).toBe(409);
  expect(body).toMatchObject({
    error: { code: "automations.changed_meanwhile", facts: { diff: expect.any(Array) } },
  });
  expect(workshop.inFile("Night light")).toMatchObject([{ description: "Mine" }]);
  const again = await workshop.ask<Draft>(`/drafts/${edit.id}`, { rebase: true }, "PATCH");
  expect((await workshop.approve(again.body)).status).toBe(200);
});

test("what somebody edits in Home Assistant becomes a version of its own", async () => {
  await deploy();
  await editOutside({ ...NIGHT_LIGHT, description: "Mine" });
  const latest = await eventually("it is noticed", async () =>
    (await versions()).find(({ number }) => number === 2),
  );
  expect(latest).toMatchObject({ origin: "home_assistant", config: { description: "Mine" } });
});

test("a deployment is undone with one call, also after HomeIQ was restarted", async () => {
  await deploy();
  const edit = (
    await workshop.ask<Draft>("/drafts", { entityId: ENTITY, source: JSON.stringify(LATER) })
  ).body;
  await workshop.approve(edit);
  await workshop.restartHomeIq();
  expect((await workshop.ask(`/${ENTITY}/undo`)).body).toMatchObject({ state: "done", version: 3 });
  expect(workshop.inFile("Night light")).toMatchObject([{ triggers: NIGHT_LIGHT.triggers }]);
});

test("a removed automation comes back under its own id", async () => {
  await deploy();
  const id = idOfNightLight();
  expect((await workshop.ask(`/${ENTITY}`, {}, "DELETE")).body).toMatchObject({ state: "done" });
  expect(workshop.inFile("Night light")).toEqual([]);
  expect((await workshop.ask(`/${ENTITY}/undo`)).body).toMatchObject({ state: "done" });
  expect(idOfNightLight()).toBe(id);
  expect((await versions()).map(({ number }) => number)).toEqual([3, 2, 1]);
});

test("undoing the first version of a new automation takes it away", async () => {
  await deploy();
  expect((await workshop.ask(`/${ENTITY}/undo`)).body).toMatchObject({ state: "done" });
  expect(workshop.inFile("Night light")).toEqual([]);
  await eventually(
    "the entity is gone",
    () => workshop.house.state(ENTITY) === undefined || undefined,
  );
});

test("only administrators may approve; everybody may look", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  expect((await workshop.approve(draft, "a-guest")).status).toBe(403);
  const looked = await workshop.ask(`/drafts/${draft.id}`, {}, "GET");
  expect(looked.status).toBe(200);
});

test("an automation is turned off, on and triggered, and the audit log says by whom", async () => {
  await deploy();
  await workshop.ask(`/${ENTITY}/disable`);
  await eventually("it is off", () => workshop.house.state(ENTITY)?.state === "off" || undefined);
  await workshop.ask(`/${ENTITY}/enable`);
  workshop.house.pressPhysical(CEILING_LIGHT, "off");
  const { body } = await workshop.ask(`/${ENTITY}/trigger`, { skipConditions: true });
  expect(body).toEqual({ ended: true });
  expect(workshop.house.state(CEILING_LIGHT)?.state).toBe("on");
  const actions = (await workshop.audit()).map(({ action }) => action);
  expect(actions.slice(0, 3)).toEqual(["trigger", "enable", "disable"]);
});

test("why a light went on is told by what was recorded and by Home Assistant's trace of the run", async () => {
  await deploy();
  workshop.house.pressPhysical(CEILING_LIGHT, "off");
  workshop.house.runAutomation(ENTITY);
  const change = await eventually("the light is recorded", async () =>
    (await workshop.homeiq().events(`entity=${CEILING_LIGHT}&cause=automation`)).find(
      ({ newState }) => newState === "on",
    ),
  );
  const why = await workshop.get<Why>(`/why/${change.context?.id}`);
  expect(why.chain.at(-1)?.changes.map(({ entityId }) => entityId)).toContain(CEILING_LIGHT);
  expect(why.runs).toMatchObject([
    { domain: "automation", itemId: idOfNightLight(), execution: "finished" },
  ]);
  expect((await workshop.ask("/why/nobody-knows", {}, "GET")).status).toBe(404);
});

test("the page of automations shows how each is doing", async () => {
  await deploy();
  const { automations } = await workshop.get<{ automations: Health[] }>("");
  expect(automations.find(({ entityId }) => entityId === ENTITY)).toMatchObject({
    ours: true,
    state: "on",
    versions: 1,
    runs: [],
    probation: { state: "watching" },
  });
  const other = automations.find(({ entityId }) => entityId !== ENTITY);
  expect(other).toMatchObject({ ours: false });
});

test("a text that is no automation is kept as a draft, with where it is wrong", async () => {
  const { body } = await workshop.ask<Draft>("/drafts", {
    source: "alias: Night light\ntriggers: [\n",
  });
  expect(body).toMatchObject({ valid: false, problems: [{ stage: "syntax", severity: "error" }] });
  expect((await workshop.approve(body)).status).toBe(400);
  const secret = { ...NIGHT_LIGHT, description: "x" };
  const tagged = JSON.stringify(secret).replace('"x"', "!secret word");
  const { body: refused } = await workshop.ask<Draft>("/drafts", { source: tagged });
  expect(refused.problems).toMatchObject([{ code: "schema.tag", path: ["description"] }]);
});
