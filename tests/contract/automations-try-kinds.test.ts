import { afterAll, beforeAll, expect, test } from "vitest";
import type { DryRun, Tested } from "#src/ai/automations/automations.ts";
import { CEILING_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const LAMP = "light.reading_lamp";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  const { house } = workshop;
  house.addEntity({ entityId: LAMP, state: "off", attributes: {} });
  house.setState(CEILING_LIGHT, "on", { brightness: 200 });
});
afterAll(() => workshop[Symbol.asyncDispose]());

const scene = (entities: object) => workshop.draft({ name: "Movie", entities }, { kind: "scene" });

test("a scene says entity by entity what would change now, and what is like that already", async () => {
  const draft = await scene({
    [CEILING_LIGHT]: { state: "on", brightness: 40, friendly_name: "Not set by a scene" },
    [LAMP]: "off",
    "light.gone": { state: "on" },
  });
  const source = draft.source.replace('"light.gone":{"state":"on"}', '"switch.a":"on"');
  expect(draft.valid, "one of them does not exist").toBe(false);
  expect(source).not.toEqual(draft.source);
  workshop.house.addEntity({ entityId: "switch.a", state: "unavailable", attributes: {} });
  const { body: changed } = await workshop.ask<typeof draft>(
    `/drafts/${draft.id}`,
    { source },
    "PATCH",
  );
  expect(changed.valid).toBe(true);
  const { body } = await workshop.ask<DryRun>(`/drafts/${draft.id}/dry-run`);
  expect(body.scene).toEqual([
    {
      entityId: CEILING_LIGHT,
      exists: true,
      changes: [{ name: "brightness", from: 200, to: 40 }],
    },
    { entityId: LAMP, exists: true, changes: [] },
    {
      entityId: "switch.a",
      exists: true,
      changes: [{ name: "state", from: "unavailable", to: "on" }],
    },
  ]);
  expect(body.entityIds).toEqual([CEILING_LIGHT, LAMP, "switch.a"]);
  const untouched = workshop.house.state(CEILING_LIGHT);
  expect(untouched).toMatchObject({ state: "on", attributes: { brightness: 200 } });
});

test("a scene is tested for real, and everything is brought back", async () => {
  const draft = await scene({ [CEILING_LIGHT]: { state: "off" }, [LAMP]: { state: "on" } });
  const { status, body } = await workshop.ask<Tested>(`/drafts/${draft.id}/test`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ outcome: "finished" });
  expect(body.entities).toEqual([
    { entityId: CEILING_LIGHT, before: "on", during: "off", after: "on", restored: true },
    { entityId: LAMP, before: "off", during: "on", after: "off", restored: true },
  ]);
  expect(workshop.house.state(CEILING_LIGHT)?.state).toBe("on");
  expect(
    workshop.house.states().filter(({ entity_id: id }) => id.startsWith("scene.homeiq_test")),
  ).toEqual([]);
});

test("a scene with a lock is tested only after a second yes", async () => {
  workshop.house.addEntity({ entityId: "lock.front", state: "locked", attributes: {} });
  const draft = await scene({ "lock.front": { state: "unlocked" } });
  expect(await workshop.ask(`/drafts/${draft.id}/test`)).toMatchObject({
    status: 409,
    body: { error: { code: "automations.needs_confirmation" } },
  });
  expect(workshop.house.state("lock.front")?.state).toBe("locked");
});

const ASKING = {
  alias: "Light of a choice",
  fields: {
    lamp: { required: true, selector: { entity: {} } },
    level: { default: 70, selector: { number: { min: 1, max: 100 } } },
  },
  variables: { half: "{{ level / 2 }}" },
  sequence: [
    {
      action: "light.turn_on",
      target: { entity_id: "{{ lamp }}" },
      data: { brightness_pct: "{{ level }}" },
    },
  ],
};

test("a script asks for what it needs before it is tried, and takes its own suggestions else", async () => {
  const draft = await workshop.draft(ASKING, { kind: "script" });
  expect(draft).toMatchObject({ valid: true });
  for (const way of ["dry-run", "test"]) {
    expect(await workshop.ask(`/drafts/${draft.id}/${way}`)).toMatchObject({
      status: 400,
      body: { error: { code: "automations.needs_fields", facts: { fields: ["lamp"] } } },
    });
  }
  const fields = { lamp: LAMP };
  const { body: dry } = await workshop.ask<DryRun>(`/drafts/${draft.id}/dry-run`, { fields });
  expect(dry.steps).toMatchObject([
    { action: "light.turn_on", entityIds: [LAMP], data: { brightness_pct: 70 } },
  ]);
  expect(dry.dangers, "what it touches is known").toEqual([]);
  const { body } = await workshop.ask<Tested>(`/drafts/${draft.id}/test`, { fields });
  expect(body).toMatchObject({ outcome: "finished" });
  expect(body.entities).toEqual([
    { entityId: LAMP, before: "off", during: "on", after: "off", restored: true },
  ]);
  await eventually(
    "it is off again",
    async () => workshop.house.state(LAMP)?.state === "off" || undefined,
  );
});
