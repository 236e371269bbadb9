import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft, Health, VersionWithDiff } from "#src/ai/automations/automations.ts";
import { CEILING_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const SCRIPT = {
  alias: "Lights out",
  sequence: [{ action: "light.turn_off", target: { entity_id: CEILING_LIGHT } }],
  mode: "single",
};
const SCENE = { name: "Movie", entities: { [CEILING_LIGHT]: { state: "on", brightness: 40 } } };

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
});
afterAll(() => workshop[Symbol.asyncDispose]());

interface Case {
  readonly kind: "script" | "scene";
  readonly entity: string;
  readonly config: object;
  readonly changed: object;
}

const CASES: readonly Case[] = [
  {
    kind: "script",
    entity: "script.lights_out",
    config: SCRIPT,
    changed: { ...SCRIPT, mode: "restart" },
  },
  {
    kind: "scene",
    entity: "scene.movie",
    config: SCENE,
    changed: { ...SCENE, entities: { [CEILING_LIGHT]: { state: "on", brightness: 90 } } },
  },
];

const listed = async (kind: string) =>
  (await workshop.get<{ automations: Health[] }>(`?kind=${kind}`)).automations;

test.each(CASES)(
  "a $kind is drafted, approved, edited, undone, removed and brought back",
  async ({ kind, entity, config, changed }) => {
    const { file } = workshop.house.simulation.system[`${kind}s`];
    const stored = () => {
      const { id: _id, ...rest } =
        file.get(entity === "script.lights_out" ? "lights_out" : key) ?? {};
      return rest;
    };
    const draft = await workshop.draft(config, { kind });
    const key = draft.automationId.slice(kind.length + 1);
    expect(draft).toMatchObject({ kind, valid: true, problems: [] });
    expect((await workshop.approve(draft)).body).toMatchObject({ state: "done", entityId: entity });
    expect(stored()).toEqual(config);
    expect(workshop.house.simulation.core.registry.entities.get(entity)?.labels).toEqual([
      "homeiq",
    ]);
    expect((await listed(kind)).find(({ entityId }) => entityId === entity)).toMatchObject({
      domain: kind,
      ours: true,
      versions: 1,
    });

    const { body: edit } = await workshop.ask<Draft>("/drafts", {
      entityId: entity,
      source: JSON.stringify(changed),
    });
    expect((await workshop.approve(edit)).body).toMatchObject({ state: "done", version: 2 });
    expect(stored()).toEqual(changed);
    expect((await workshop.ask(`/${entity}/undo`)).body).toMatchObject({
      state: "done",
      version: 3,
    });
    expect(stored()).toEqual(config);
    expect((await workshop.ask(`/${entity}`, {}, "DELETE")).status).toBe(200);
    expect(file.has(key)).toBe(false);
    expect((await workshop.ask(`/${entity}/undo`)).body).toMatchObject({ state: "done" });
    expect(stored()).toEqual(config);
    const { versions } = await workshop.get<{ versions: VersionWithDiff[] }>(`/${entity}/versions`);
    expect(versions.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);

    const { body: again } = await workshop.ask<Draft>("/drafts", {
      kind,
      source: JSON.stringify(config),
    });
    expect(await workshop.approve(again)).toMatchObject({
      status: 409,
      body: { error: { code: "automations.alias_taken" } },
    });
  },
);

test("a scene is checked against what its entities can be", async () => {
  const entities = {
    [CEILING_LIGHT]: { state: "bright", brightness: 400 },
    "light.nowhere": { state: "on" },
  };
  const draft = await workshop.draft({ name: "Wrong", entities }, { kind: "scene" });
  expect(draft.valid).toBe(false);
  expect(draft.problems.map(({ code, path }) => [code, path.at(-1)]).sort()).toEqual([
    ["references.unknown_entity", "light.nowhere"],
    ["types.cannot_out_of_range", "brightness"],
    ["types.never_that_state", CEILING_LIGHT],
  ]);
  expect((await workshop.approve(draft)).status).toBe(400);
});

test("a script is checked as one, and an automation is no script", async () => {
  const wrong = { alias: "Wrong", triggers: [], actions: SCRIPT.sequence };
  const draft = await workshop.draft(wrong, { kind: "script" });
  expect(draft).toMatchObject({ kind: "script", valid: false });
  const { status } = await workshop.ask("/script.lights_out/disable");
  expect(status).toBe(400);
});

test("scripts and scenes edited in Home Assistant become versions, also in a house without automations", async () => {
  const { automations, scripts, scenes } = workshop.house.simulation.system;
  for (const id of [...automations.file.keys()]) {
    automations.file.delete(id);
    automations.reload(id);
  }
  scripts.file.set("by_hand", SCRIPT);
  scripts.reload();
  scenes.file.set("by_hand", { id: "by_hand", ...SCENE, name: "By hand" });
  scenes.reload();
  const look = () => workshop.homeiq().ask("/api/v1/jobs/automations.look/run", { method: "POST" });
  const versionsOf = async (entity: string) => {
    await look();
    const { versions } = await workshop.get<{ versions: VersionWithDiff[] }>(`/${entity}/versions`);
    return versions.map(({ number, origin }) => [number, origin]);
  };
  const seen = (entity: string, count: number) =>
    eventually(`${entity} has ${count} versions`, async () => {
      const found = await versionsOf(entity).catch(() => []);
      return found.length === count ? found : undefined;
    });
  await seen("script.by_hand", 1);
  await seen("scene.by_hand", 1);

  scripts.file.set("by_hand", { ...SCRIPT, mode: "restart" });
  scripts.reload();
  const dimmer = { [CEILING_LIGHT]: { state: "on", brightness: 5 } };
  scenes.file.set("by_hand", { id: "by_hand", name: "By hand", entities: dimmer });
  scenes.reload();
  expect(await seen("script.by_hand", 2)).toEqual([
    [2, "home_assistant"],
    [1, "home_assistant"],
  ]);
  expect(await seen("scene.by_hand", 2)).toHaveLength(2);
});
