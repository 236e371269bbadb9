import { setTimeout as pause } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { NIGHT_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const ENTITY = "automation.night_light";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
});
afterEach(() => workshop[Symbol.asyncDispose]());

/** One automation, loaded, and an entry that says so. */
async function standsOnce() {
  await eventually(
    "the audit log says done",
    async () =>
      (await workshop.audit()).some(
        ({ action, outcome }) => action === "create" && outcome === "done",
      ) || undefined,
  );
  expect(workshop.inFile("Night light")).toHaveLength(1);
  const entities = workshop.house
    .states()
    .filter(({ attributes }) => attributes.friendly_name === "Night light");
  expect(entities.map(({ entity_id }) => entity_id)).toEqual([ENTITY]);
  const done = (await workshop.audit()).filter(
    ({ action, outcome }) => action === "create" && outcome === "done",
  );
  expect(done).toHaveLength(1);
}

test("Home Assistant restarting between storing and loading leaves one automation", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  const approved = workshop.approve(draft);
  await eventually("it is stored", () => workshop.inFile("Night light").length > 0 || undefined);
  await workshop.house.restart({ downMs: 700, settleMs: 100 });
  expect((await approved).body).toMatchObject({ automationId: draft.automationId });
  await standsOnce();
});

test("a yes while Home Assistant is down is carried out when it is back", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  const restarted = workshop.house.restart({ downMs: 900, settleMs: 100 });
  await pause(200);
  expect((await workshop.approve(draft)).status).toBe(200);
  await restarted;
  await standsOnce();
});

test("a proxy that answers 502 before anything was done leaves one automation", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  workshop.house.badGateway(3);
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
  await standsOnce();
});

test("a proxy that answers 502 after it was stored leaves one automation", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  workshop.house.badGateway(3, { late: true });
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
  await standsOnce();
});

test("a reload that never comes is asked for", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  workshop.house.reloads("lost");
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
  await standsOnce();
});

test("a file that Home Assistant does not include is named, and nothing stays in it", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  workshop.house.reloads("never");
  const { status, body } = await workshop.approve(draft);
  expect(status).toBe(424);
  expect(body).toMatchObject({
    error: {
      code: "automation_config.not_loaded",
      facts: { line: "automation: !include automations.yaml" },
    },
  });
  expect(workshop.inFile("Night light")).toEqual([]);
  expect((await workshop.audit())[0]).toMatchObject({ action: "create", outcome: "undone" });
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({
    status: "draft",
    failure: expect.stringContaining("configuration.yaml"),
  });
});

test("two people who say yes at the same moment get one automation, and each an entry", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  const admins = workshop.house.users.filter(
    ({ is_admin, system_generated }) => is_admin && !system_generated,
  );
  const [one = "", other = one] = admins.map(({ id }) => id);
  const answers = await Promise.all([workshop.approve(draft, one), workshop.approve(draft, other)]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(answers.filter(({ body }) => body.already)).toHaveLength(1);
  await standsOnce();
  const outcomes = (await workshop.audit()).filter(({ action }) => action === "create");
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["already_done", "done"]);
});

test("two drafts with one name that are approved at the same moment do not both stand", async () => {
  const drafts = [await workshop.draft(NIGHT_LIGHT), await workshop.draft(NIGHT_LIGHT)];
  const answers = await Promise.all(drafts.map((draft) => workshop.approve(draft)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  await standsOnce();
});

test("HomeIQ ending in the middle finishes what it began when it is back", async () => {
  const draft = await workshop.draft(NIGHT_LIGHT);
  workshop.house.reloads("lost");
  const approved = workshop.approve(draft).catch(() => undefined); // its connection is cut
  await eventually("it is stored", () => workshop.inFile("Night light").length > 0 || undefined);
  await workshop.restartHomeIq();
  await approved;
  // Who says yes again before it has gone on by itself finds it done, and has an entry of their own.
  const wrong = await workshop.approve({ ...draft, hash: "0".repeat(64) });
  expect(wrong.status).toBe(409);
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done", already: true });
  await standsOnce();
  expect(await workshop.get(`/drafts/${draft.id}`)).toMatchObject({ status: "deployed" });
  const outcomes = (await workshop.audit()).filter(({ action }) => action === "create");
  expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(["already_done", "done"]);
});

test("a Home Assistant that is away for long answers that it goes on by itself", async () => {
  await workshop[Symbol.asyncDispose]();
  workshop = await openWorkshop({ awayMs: 300, loadMs: 1_500 });
  const draft = await workshop.draft(NIGHT_LIGHT);
  const restarted = workshop.house.restart({ downMs: 2_500, settleMs: 100 });
  await pause(200);
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "waiting" });
  expect((await workshop.audit())[0]).toMatchObject({ action: "create", outcome: "waiting" });
  await restarted;
  await standsOnce();
});
