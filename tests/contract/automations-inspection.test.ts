import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft, Health } from "#src/ai/automations/automations.ts";
import {
  CEILING_LIGHT,
  NIGHT_LIGHT,
  openWorkshop,
  type Workshop,
} from "#support/automations/workshop.ts";
import { eventually } from "#support/eventually.ts";

const ENTITY = "automation.night_light";
const RENAMED = "light.big_lamp";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  const source = `# before the rename\n${JSON.stringify(NIGHT_LIGHT, null, 2)}`;
  const { body } = await workshop.ask<Draft>("/drafts", { source });
  expect((await workshop.approve(body)).status).toBe(200);
  workshop.house.renameEntity(CEILING_LIGHT, RENAMED);
});
afterAll(() => workshop[Symbol.asyncDispose]());

interface Repairs {
  readonly repairs: { id: string; repairs: { from: string; to?: string; verdict: string }[] }[];
}

test("an automation that names what was renamed is found, repaired in a draft, and deployed after a yes", async () => {
  const mine = await eventually("the rename is understood", async () => {
    const { repairs } = await workshop.get<Repairs>("/repairs");
    return repairs.find(({ id, repairs: all }) => id === ENTITY && all[0]?.verdict === "proposed");
  });
  expect(mine.repairs).toMatchObject([{ from: CEILING_LIGHT, to: RENAMED }]);
  const { findings } = await workshop.get<{ findings: { code: string; about: string[] }[] }>(
    "/findings",
  );
  expect(findings.filter(({ about }) => about.includes(ENTITY)).length).toBeGreaterThan(0);
  const listed = await workshop.get<{ automations: Health[] }>("");
  const mineListed = listed.automations.find(({ entityId }) => entityId === ENTITY);
  expect(mineListed?.inspected?.problems.error).toBeGreaterThan(0);
  expect(mineListed?.inspected?.cost).toBe("comfort");

  await workshop.ask("/repairs", { automations: [{ entityId: ENTITY }] });
  const again = await workshop.ask<{ drafts: Draft[] }>("/repairs", {
    automations: [{ entityId: ENTITY }],
  });
  const open = await workshop.get<{ drafts: Draft[] }>("/drafts?status=draft");
  expect(open.drafts.map(({ id }) => id)).toEqual(again.body.drafts.map(({ id }) => id));
  const [draft] = again.body.drafts;
  if (!draft) throw new Error("no draft");
  expect(draft).toMatchObject({ entityId: ENTITY, status: "draft", valid: true });
  expect(draft.source).toContain("# before the rename");
  expect(workshop.inFile("Night light")).toMatchObject([
    { actions: [{ target: { entity_id: CEILING_LIGHT } }] },
  ]);
  // One yes to several: one whose text is another by now is refused, and holds up no other.
  const other = await workshop.draft({ ...NIGHT_LIGHT, alias: "Other" });
  const { body: batch } = await workshop.ask<{ results: { id: string; outcome: string }[] }>(
    "/drafts/approve",
    {
      drafts: [
        { id: other.id, hash: "0".repeat(64) },
        { id: draft.id, hash: draft.hash },
      ],
    },
  );
  expect(batch.results).toMatchObject([
    { id: other.id, outcome: "refused", code: "automations.text_changed" },
    { id: draft.id, outcome: "done" },
  ]);
  expect(workshop.inFile("Other")).toEqual([]);
  expect(workshop.inFile("Night light")).toMatchObject([
    { actions: [{ target: { entity_id: RENAMED } }] },
  ]);
  const noted = (await workshop.audit()).filter(({ draftId }) =>
    [other.id, draft.id].includes(draftId ?? ""),
  );
  expect(noted.map(({ draftId, outcome }) => [draftId, outcome])).toEqual(
    expect.arrayContaining([
      [other.id, "refused"],
      [draft.id, "done"],
    ]),
  );
  const after = await workshop.get<Repairs>("/repairs");
  expect(after.repairs.some(({ id }) => id === ENTITY)).toBe(false);
});

test("a reference is understood by another name that people gave to the entity", async () => {
  const { registry } = workshop.house.simulation.core;
  const entry = registry.entities.get(RENAMED);
  if (!entry) throw new Error("no such light");
  entry.aliases = ["Reading corner"];
  const entityId = "automation.reading";
  const { automations } = workshop.house.simulation.system;
  automations.file.set("reading", {
    ...NIGHT_LIGHT,
    alias: "Reading",
    actions: [{ action: "light.turn_on", target: { entity_id: "light.reading_corner" } }],
  });
  automations.reload();
  const found = await eventually("it is looked at", async () => {
    const { repairs } = await workshop.get<Repairs>("/repairs");
    return repairs.find(({ id }) => id === entityId);
  });
  expect(found.repairs).toMatchObject([
    {
      from: "light.reading_corner",
      verdict: "asked", // no word of it is in its id or its name
      candidates: [{ id: RENAMED, reason: expect.stringContaining("another name of it") }],
    },
  ]);
});
