import { afterEach, beforeEach, expect, test } from "vitest";
import type { DryRun, Tested } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
  workshop.house.pressPhysical(CEILING_LIGHT, "off");
  await eventually("it is dark", () => stateOf(CEILING_LIGHT) === "off" || undefined);
});
afterEach(() => workshop[Symbol.asyncDispose]());

const stateOf = (entityId: string) => workshop.house.state(entityId)?.state;
const actions = (...list: object[]) => ({ ...NIGHT_LIGHT, actions: list });
const testOf = async (config: object, body: object = {}) => {
  const draft = await workshop.draft(config);
  return workshop.ask<Tested>(`/drafts/${draft.id}/test`, body);
};
const ON = { action: "light.turn_on", target: { entity_id: CEILING_LIGHT } };

test("a dry run says what would be called, and calls nothing", async () => {
  const draft = await workshop.draft({
    ...actions(
      ON,
      { delay: "00:05:00" },
      {
        repeat: {
          count: 2,
          sequence: [{ action: "light.turn_off", target: { area_id: "hallway" } }],
        },
      },
    ),
    conditions: [{ condition: "state", entity_id: CEILING_LIGHT, state: "on" }],
  });
  const { status, body } = await workshop.ask<DryRun>(`/drafts/${draft.id}/dry-run`);
  expect(status).toBe(200);
  expect(body.conditions).toMatchObject([{ path: ["conditions", 0], holds: false }]);
  expect(body.steps).toMatchObject([
    { path: ["actions", 0], kind: "call", action: "light.turn_on", entityIds: [CEILING_LIGHT] },
    { kind: "delay" },
    { kind: "repeat" },
    { path: ["actions", 2, "repeat", "sequence", 0], entityIds: ["light.hallway_ceiling_light"] },
  ]);
  expect(stateOf(CEILING_LIGHT)).toBe("off");
});

test("a test does it for real, says what it did, and brings everything back", async () => {
  const { status, body } = await testOf(actions(ON, { delay: { minutes: 10 } }));
  expect(status).toBe(200);
  expect(body).toMatchObject({
    outcome: "finished",
    shortened: [["actions", 1, "delay"]],
    entities: [
      { entityId: CEILING_LIGHT, before: "off", during: "on", after: "off", restored: true },
    ],
  });
  expect(stateOf(CEILING_LIGHT)).toBe("off");
  expect(workshop.house.states().some(({ entity_id }) => entity_id.includes("homeiq_test"))).toBe(
    false,
  );
  expect((await workshop.audit())[0]).toMatchObject({ action: "test", outcome: "done" });
});

test("a test that fails in the middle brings everything back as well", async () => {
  const { body } = await testOf(
    actions(ON, { action: "scene.delete", target: { entity_id: "scene.movie_night" } }),
  );
  expect(body).toMatchObject({ outcome: "failed", entities: [{ restored: true }] });
  expect(body.failure).toContain("scene.movie_night");
  expect(stateOf(CEILING_LIGHT)).toBe("off");
});

test("a house without scenes is brought back call by call", async () => {
  workshop.house.simulation.core.services.unregister("scene", "create");
  const { body } = await testOf(actions(ON));
  expect(body).toMatchObject({ outcome: "finished", entities: [{ after: "off", restored: true }] });
});

test("what is dangerous is tested only after a second yes", async () => {
  workshop.house.addEntity({ entityId: "lock.front_door", state: "locked" });
  await eventually("the lock is known", async () => {
    const { body } = await workshop.ask<DryRun>(
      `/drafts/${(await workshop.draft(actions({ action: "lock.unlock", target: { entity_id: "lock.front_door" } }))).id}/dry-run`,
    );
    return body.steps[0]?.missing.length === 0 || undefined;
  });
  const { status, body } = await testOf(
    actions({ action: "lock.unlock", target: { entity_id: "lock.front_door" } }),
  );
  expect(status).toBe(409);
  expect(body).toMatchObject({
    error: {
      code: "automations.needs_confirmation",
      facts: { dangers: [{ kind: "lock", entityId: "lock.front_door" }] },
    },
  });
  expect(stateOf("lock.front_door")).toBe("locked");
});

test("a test that HomeIQ's end cuts in two is brought back when HomeIQ is back", async () => {
  const draft = await workshop.draft(actions(ON, { delay: { minutes: 10 } }));
  const cut = workshop.ask(`/drafts/${draft.id}/test`).catch(() => undefined); // its connection is cut
  await eventually("the light is on", () => stateOf(CEILING_LIGHT) === "on" || undefined);
  await workshop.restartHomeIq();
  await cut;
  await eventually("the light is off again", () => stateOf(CEILING_LIGHT) === "off" || undefined);
});

test("what stands in the house is tried as if a trigger had fired, and tested, without a draft", async () => {
  const draft = await workshop.draft({
    ...actions(ON),
    triggers: [
      { trigger: "time", at: "22:00:00", id: "late" },
      { trigger: "time", at: "07:00:00", id: "early" },
    ],
    conditions: [{ condition: "trigger", id: "early" }],
  });
  expect((await workshop.approve(draft)).status).toBe(200);
  const tried = (trigger: number) =>
    workshop.ask<DryRun>(`/automation.night_light/dry-run?trigger=${trigger}`);
  expect((await tried(0)).body.conditions).toMatchObject([{ holds: false }]);
  expect((await tried(1)).body.conditions).toMatchObject([{ holds: true }]);
  expect((await tried(2)).status).toBe(400);
  expect(stateOf(CEILING_LIGHT)).toBe("off");
  const { body } = await workshop.ask<Tested>("/automation.night_light/test");
  expect(body).toMatchObject({
    outcome: "finished",
    entities: [{ entityId: CEILING_LIGHT, during: "on", after: "off" }],
  });
});
