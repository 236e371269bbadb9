import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const RENAMED = "light.studio_big_light";
const SCRIPT = {
  alias: "Lights out",
  sequence: [{ action: "light.turn_off", target: { entity_id: CEILING_LIGHT } }],
};
const SCENE = {
  name: "Movie",
  entities: { [CEILING_LIGHT]: { state: "on", brightness: 40 } },
  metadata: { [CEILING_LIGHT]: { entity_only: true } },
};
const BROKEN = ["automation.night_light", "scene.movie", "script.lights_out"];

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  const drafts = [
    await workshop.draft(NIGHT_LIGHT),
    await workshop.draft(SCRIPT, { kind: "script" }),
    await workshop.draft(SCENE, { kind: "scene" }),
  ];
  for (const draft of drafts) expect((await workshop.approve(draft)).status).toBe(200);
  workshop.house.renameEntity(CEILING_LIGHT, RENAMED);
});
afterAll(() => workshop[Symbol.asyncDispose]());

interface Repairs {
  readonly repairs: { id: string; name: string; repairs: { to?: string; verdict: string }[] }[];
}

test("after a rename automations, scripts and scenes are repaired in one review, and each can be undone", async () => {
  const { scripts, scenes } = workshop.house.simulation.system;
  const found = await eventually("the rename is understood", async () => {
    const { repairs } = await workshop.get<Repairs>("/repairs");
    const sure = repairs.filter(({ repairs: all }) => all.every(({ to }) => to === RENAMED));
    return BROKEN.every((entity) => sure.some(({ id }) => id === entity)) ? sure : undefined;
  });
  expect(found.find(({ id }) => id === "scene.movie")?.name).toBe("Movie");

  const orders = BROKEN.map((entityId) => ({ entityId }));
  const { body } = await workshop.ask<{ drafts: Draft[] }>("/repairs", { automations: orders });
  expect(body.drafts.map(({ entityId }) => entityId).sort()).toEqual(BROKEN);
  expect(body.drafts.every(({ valid }) => valid)).toBe(true);
  const shown = body.drafts.map(({ id, hash }) => ({ id, hash }));
  const { body: batch } = await workshop.ask<{ results: { outcome: string }[] }>(
    "/drafts/approve",
    { drafts: shown },
  );
  expect(batch.results.map(({ outcome }) => outcome)).toEqual(["done", "done", "done"]);

  const sceneInFile = () => [...scenes.file.values()].find(({ name }) => name === "Movie");
  expect(sceneInFile()).toMatchObject({
    entities: { [RENAMED]: { state: "on", brightness: 40 } },
    metadata: { [RENAMED]: { entity_only: true } },
  });
  expect(Object.keys(Object(sceneInFile()?.entities))).toEqual([RENAMED]);
  expect(Object.keys(Object(sceneInFile()?.metadata))).toEqual([RENAMED]);
  const repaired = { sequence: [{ target: { entity_id: RENAMED } }] };
  expect(scripts.file.get("lights_out")).toMatchObject(repaired);
  const { repairs: left } = await workshop.get<Repairs>("/repairs");
  expect(left.filter(({ id }) => BROKEN.includes(id))).toEqual([]);

  for (const entity of ["script.lights_out", "scene.movie"]) {
    expect((await workshop.ask(`/${entity}/undo`)).body).toMatchObject({
      state: "done",
      version: 3,
    });
  }
  expect(sceneInFile()).toMatchObject({ entities: SCENE.entities });
  expect(scripts.file.get("lights_out")).toMatchObject(SCRIPT);
});
