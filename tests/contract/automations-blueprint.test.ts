import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft, Health } from "#src/ai/automations/automations.ts";
import { writeYaml } from "#src/home/automation/automation.ts";
import { CEILING_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";

const ENTITY = "automation.lights_by_motion";
const PATH = "homeassistant/motion_light.yaml";
const MOTION = "binary_sensor.studio_motion";

interface Shown {
  readonly blueprint?: {
    readonly name: string;
    readonly inputs: readonly { readonly key: string }[];
    readonly yaml?: string;
    readonly problem?: string;
    readonly reading?: { readonly kind: string };
  };
}

let workshop: Workshop;
let first: Draft;
const use = (input: object) => ({
  alias: "Lights by motion",
  use_blueprint: { path: PATH, input },
});
const given = { motion: MOTION, light: CEILING_LIGHT };

beforeAll(async () => {
  workshop = await openWorkshop();
  workshop.house.addEntity({
    entityId: MOTION,
    state: "off",
    attributes: { device_class: "motion", friendly_name: "Motion" },
  });
  const source = writeYaml(use(given));
  first = (await workshop.ask<Draft>("/drafts", { source })).body;
  expect(first).toMatchObject({ valid: true, problems: [] });
  expect((await workshop.approve(first)).body).toMatchObject({ state: "done", entityId: ENTITY });
});
afterAll(() => workshop[Symbol.asyncDispose]());

const stored = () => workshop.inFile("Lights by motion")[0];

test("it is kept as the use of its blueprint, and read, tried and played as what that becomes", async () => {
  expect(stored()).toMatchObject(use(given));
  const { blueprint } = await workshop.get<Shown>(`/${ENTITY}/blueprint`);
  expect(blueprint).toMatchObject({
    name: "Motion light",
    path: PATH,
    inputs: [
      { key: "motion", name: "Motion sensor", value: MOTION },
      { key: "light", value: CEILING_LIGHT },
      { key: "wait", default: 120 },
    ],
    reading: { kind: "automation", alias: "Lights by motion" },
  });
  expect(blueprint?.yaml).toContain("delay: 120");
  expect((await workshop.ask(`/${ENTITY}/dry-run`)).body).toMatchObject({
    steps: [{ action: "light.turn_on", entityIds: [CEILING_LIGHT] }, { kind: "delay" }],
  });
  const to = Math.floor(workshop.house.now());
  const range = { from: to - 3_600_000, to };
  const played = await workshop.ask("/back-test", { entityId: ENTITY, ...range });
  expect(played).toMatchObject({ status: 200, body: { cannot: [] } });
});

test("rules look at what it becomes: it is known to touch nothing that matters for safety", async () => {
  await workshop.get("/findings");
  const { automations } = await workshop.get<{ automations: Health[] }>("");
  const one = automations.find(({ entityId }) => entityId === ENTITY);
  expect(one?.inspected).toMatchObject({ cost: "comfort", problems: { error: 0 } });
});

test("its inputs are changed one by one, reviewed and deployed, and undone", async () => {
  const { body: draft } = await workshop.ask<Draft>("/drafts", { entityId: ENTITY });
  const { body: changed } = await workshop.ask<Draft>(`/drafts/${draft.id}/inputs`, {
    inputs: { wait: 300 },
  });
  expect(changed).toMatchObject({ valid: true });
  const { blueprint } = await workshop.get<Shown>(`/drafts/${draft.id}/blueprint`);
  expect(blueprint?.yaml).toContain("delay: 300");
  expect((await workshop.approve(changed)).body).toMatchObject({ state: "done", version: 2 });
  expect(stored()).toMatchObject(use({ ...given, wait: 300 }));
  expect((await workshop.ask(`/${ENTITY}/undo`)).body).toMatchObject({ state: "done" });
  expect(stored()).toMatchObject(use(given));
});

test("an input that is taken away has its default again, and one that is missing is told before a yes", async () => {
  const { body: draft } = await workshop.ask<Draft>("/drafts", { entityId: ENTITY });
  const { body: set } = await workshop.ask<Draft>(`/drafts/${draft.id}/inputs`, {
    inputs: { wait: 5, light: null },
  });
  expect(set).toMatchObject({ valid: false, problems: [{ code: "schema.missing_input" }] });
  const { blueprint } = await workshop.get<Shown>(`/drafts/${draft.id}/blueprint`);
  expect(blueprint?.problem).toContain("light");
  expect(blueprint?.inputs.map(({ key }) => key)).toEqual(["motion", "light", "wait"]);
  const { body: back } = await workshop.ask<Draft>(`/drafts/${draft.id}/inputs`, {
    inputs: { wait: null, light: CEILING_LIGHT },
  });
  expect(back).toMatchObject({ valid: true, diff: [{ kind: "same" }] });
});

test("what an input does not fit is found in what the blueprint becomes", async () => {
  const draft = await workshop.draft(use({ ...given, light: "light.nowhere" }));
  expect(draft.problems.map(({ code }) => code)).toContain("references.unknown_entity");
  const late = await workshop.draft(use({ ...given, wait: "soon" }));
  expect(late).toMatchObject({ valid: false });
  const nowhere = await workshop.draft({
    ...use(given),
    use_blueprint: { path: "somebody/else.yaml", input: {} },
  });
  expect(nowhere.problems.map(({ code }) => code)).toEqual(["references.blueprint"]);
  expect((await workshop.approve(nowhere)).status).toBe(400);
});

test("what is made of no blueprint has no inputs", async () => {
  const plain = await workshop.draft({ alias: "Plain", triggers: [], actions: [] });
  expect(await workshop.get(`/drafts/${plain.id}/blueprint`)).toEqual({});
  const { status, body } = await workshop.ask(`/drafts/${plain.id}/inputs`, { inputs: { a: 1 } });
  expect([status, body]).toMatchObject([400, { error: { code: "automations.no_blueprint" } }]);
});
