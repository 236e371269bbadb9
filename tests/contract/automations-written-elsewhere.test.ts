import { afterEach, beforeEach, expect, test } from "vitest";
import type { AutomationDetail, Draft, Health } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const PACKAGED = "automation.in_a_package";
const NAMELESS = "automation.without_an_id";
const LATER = [{ trigger: "time", at: "23:00:00" }];

let workshop: Workshop;
beforeEach(async () => {
  workshop = await openWorkshop();
  const { automations } = workshop.house.simulation.system;
  automations.packages.set("a", { ...NIGHT_LIGHT, id: "packaged", alias: "In a package" });
  automations.packages.set("b", { ...NIGHT_LIGHT, alias: "Without an id" });
  automations.reload();
  await eventually("both are seen", async () => {
    const known = await listed();
    return [PACKAGED, NAMELESS].every((id) => known.has(id)) || undefined;
  });
});
afterEach(() => workshop[Symbol.asyncDispose]());

const listed = async () => {
  const { automations } = await workshop.get<{ automations: Health[] }>("");
  return new Map(automations.map((one) => [one.entityId, one]));
};
const look = () => workshop.homeiq().ask("/api/v1/jobs/automations.look/run", { method: "POST" });

test.each([PACKAGED, NAMELESS])("%s is looked at as every other one", async (entity) => {
  await workshop.get("/findings");
  expect((await listed()).get(entity)).toMatchObject({
    state: "on",
    inspected: { problems: { error: 0 }, cost: "comfort" },
  });
  const detail = await workshop.get<AutomationDetail & { reading?: object }>(`/${entity}`);
  expect(detail).toMatchObject({ editable: false, reading: { kind: "automation" } });
  expect(await workshop.get(`/${entity}/traces`)).toEqual({ traces: [] });
  const { status } = await workshop.ask(`/${entity}/versions`, {}, "GET");
  expect(status).toBe(200);
  expect((await workshop.ask(`/${entity}/dry-run`)).body).toMatchObject({
    entityIds: [CEILING_LIGHT],
  });
  const to = Math.floor(workshop.house.now());
  const range = { from: to - 3_600_000, to };
  expect((await workshop.ask("/back-test", { entityId: entity, ...range })).status).toBe(200);
});

test.each([PACKAGED, NAMELESS])(
  "a change of %s ends in a text to paste, and in no deployment",
  async (entity) => {
    const { system } = workshop.house.simulation;
    const inFile = system.automations.file.size;
    const { body: draft } = await workshop.ask<Draft>("/drafts", { entityId: entity });
    expect(draft).toMatchObject({
      entityId: entity,
      elsewhere: true,
      valid: true,
      diff: [{ kind: "same" }],
    });
    const source = draft.source.replace("22:00:00", "23:00:00");
    const { body: changed } = await workshop.ask<Draft>(`/drafts/${draft.id}`, { source }, "PATCH");
    expect(changed.diff.map(({ kind }) => kind)).toContain("added");
    const { status, body } = await workshop.approve(changed);
    expect(status).toBe(409);
    expect(body).toMatchObject({ error: { code: "automations.read_only" } });
    expect(system.automations.file.size).toBe(inFile);
    expect((await workshop.audit())[0]).toMatchObject({ action: "approve", outcome: "refused" });
    expect((await workshop.ask(`/${entity}`, {}, "DELETE")).status, "nor in a removal").toBe(409);
  },
);

test("what a package has is never written a second time by an undo, a restore or a removal", async () => {
  const { automations } = workshop.house.simulation.system;
  await look();
  automations.packages.set("a", {
    ...NIGHT_LIGHT,
    id: "packaged",
    alias: "In a package",
    triggers: LATER,
  });
  automations.reload();
  await eventually("the change became a version", async () => {
    await look();
    const { versions } = await workshop.get<{ versions: unknown[] }>(`/${PACKAGED}/versions`);
    return versions.length === 2 || undefined;
  });
  const answers = [
    await workshop.ask(`/${PACKAGED}/undo`),
    await workshop.ask(`/${PACKAGED}/restore`, { version: 1 }),
    await workshop.ask(`/${PACKAGED}`, {}, "DELETE"),
  ];
  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 409,
      body: { error: { code: "automations.read_only" } },
    });
  }
  expect(automations.file.has("packaged")).toBe(false);
});

test("once it stands in Home Assistant's own file, a draft for it can be deployed", async () => {
  const { automations } = workshop.house.simulation.system;
  const { body: draft } = await workshop.ask<Draft>("/drafts", { entityId: PACKAGED });
  const source = draft.source.replace("22:00:00", "23:00:00");
  automations.file.set("packaged", { ...NIGHT_LIGHT, id: "packaged", alias: "In a package" });
  automations.packages.delete("a");
  automations.reload();
  const { body: changed } = await workshop.ask<Draft>(
    `/drafts/${draft.id}`,
    { source, rebase: true },
    "PATCH",
  );
  expect(changed.elsewhere).toBeUndefined();
  expect(await workshop.approve(changed)).toMatchObject({ status: 200, body: { state: "done" } });
  expect(automations.file.get("packaged")).toMatchObject({ triggers: LATER });
});

test("a scene of which Home Assistant tells nothing is listed as such", async () => {
  workshop.house.addEntity({ entityId: "scene.of_a_bridge", state: "unknown", platform: "hue" });
  const one = await eventually("it is looked at", async () => {
    await workshop.get("/findings");
    const { automations } = await workshop.get<{ automations: Health[] }>("?kind=scene");
    return automations.find(
      ({ entityId, inspected }) => entityId === "scene.of_a_bridge" && inspected,
    );
  });
  expect(one.inspected).toMatchObject({ untold: true, problems: { error: 0 } });
  expect(await workshop.ask("/scene.of_a_bridge", {}, "GET")).toMatchObject({
    status: 404,
    body: { error: { code: "automations.no_config" } },
  });
});
