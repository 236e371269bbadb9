import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  AuditEntry,
  AutomationDetail,
  Deployed,
  Draft,
  DryRun,
  Tested,
  VersionWithDiff,
  Why,
} from "#src/ai/automations/automations.ts";
import { eventually } from "#support/eventually.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { createWorkshop } from "./workshop.ts";

const ENTITY = "automation.evening_light";
const LIGHT = "light.bed_light";
const YAML = `# when guests are there
alias: Evening light
description: From a test
triggers:
  - trigger: state
    entity_id: input_boolean.guests
    to: "on"
actions:
  - action: light.turn_on
    target:
      entity_id: ${LIGHT}
    data:
      brightness_pct: 30
`;

describe.skipIf(missing !== undefined)("deploying to a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let homeiq: HomeIq;
  const { get, ask, approve } = createWorkshop(() => homeiq);

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    homeiq = await startHomeIq({ url: house.url, token: house.owner.token });
    await eventually("the automations are known", async () => {
      const { automations } = await get<{ automations: unknown[] }>("");
      return automations.length > 0 || undefined;
    });
  });
  afterAll(async () => {
    await homeiq?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
  });

  const draftOf = async (draft: object) => (await ask<Draft>("/drafts", draft)).body;
  const stored = async (id: string) => {
    const answer = await house.rest(`/api/config/automation/config/${id}`);
    return answer.ok ? ((await answer.json()) as Record<string, unknown>) : undefined;
  };
  const stateOf = async (entityId: string) =>
    ((await (await house.rest(`/api/states/${entityId}`)).json()) as { state?: string }).state;
  const call = (action: string, data: object) =>
    house.rest(`/api/services/${action.replace(".", "/")}`, data);
  const named = async (alias: string) => {
    const states = (await (await house.rest("/api/states")).json()) as {
      entity_id: string;
      attributes: { friendly_name?: string };
    }[];
    return states.filter(({ attributes }) => attributes.friendly_name === alias);
  };
  let automationId = "";

  test("an approved draft stands there as it was shown, labeled, and runs", async () => {
    const draft = await draftOf({ source: YAML });
    expect(draft).toMatchObject({ valid: true, problems: [] });
    automationId = draft.automationId;
    const { status, body } = await approve(draft);
    expect([status, body]).toMatchObject([200, { state: "done", entityId: ENTITY, version: 1 }]);
    expect(await stored(automationId)).toMatchObject({ alias: "Evening light", id: automationId });
    using client = await house.client();
    const { result } = await client.ask("config/entity_registry/get", { entity_id: ENTITY });
    expect(result).toMatchObject({
      labels: ["homeiq"],
      categories: { automation: expect.any(String) },
    });
    await call("light.turn_off", { entity_id: LIGHT });
    await call("input_boolean.turn_on", { entity_id: "input_boolean.guests" });
    await eventually("the light is on", async () => (await stateOf(LIGHT)) === "on" || undefined);
  });

  test("its run is found again from what it changed", async () => {
    const { traces } = await eventually("its run has a trace", async () => {
      const answer = await get<{ traces: { contextId?: string }[] }>(`/${ENTITY}/traces`);
      return answer.traces.length > 0 ? answer : undefined;
    });
    const why = await get<Why>(`/why/${traces[0]?.contextId}`);
    expect(why.runs).toMatchObject([
      { domain: "automation", itemId: automationId, execution: "finished" },
    ]);
    expect((await get<AutomationDetail>(`/${ENTITY}`)).probation).toMatchObject({
      state: "watching",
      runs: 1,
    });
  });

  test("what Home Assistant refuses is told in its own words", async () => {
    const draft = await draftOf({
      source: `${YAML.replace("Evening light", "Broken light")}  - device_id: nothing\n    domain: light\n    type: turn_on\n`,
    });
    const { status, body } = await approve(draft);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toMatch(/device/i);
    expect(await named("Broken light")).toEqual([]);
  });

  test("an edit is loaded, an edit by other hands becomes a version, and undo brings back", async () => {
    const edit = await draftOf({ entityId: ENTITY, source: YAML.replace("30", "60") });
    expect((await approve(edit)).body).toMatchObject({ state: "done", version: 2 });
    const { id: _id, ...config } = (await stored(automationId)) ?? {};
    await house.rest(`/api/config/automation/config/${automationId}`, {
      ...config,
      description: "By hand",
    });
    await eventually("the other hand is noticed", async () => {
      const { versions } = await get<{ versions: VersionWithDiff[] }>(`/${ENTITY}/versions`);
      return versions[0]?.origin === "home_assistant" || undefined;
    });
    expect((await ask<Deployed>(`/${ENTITY}/undo`)).body).toMatchObject({ version: 4 });
    expect(await stored(automationId)).toMatchObject({
      description: "From a test",
      actions: [{ data: { brightness_pct: 60 } }],
    });
  });

  test("a test does it for real and brings everything back", async () => {
    await call("light.turn_on", { entity_id: LIGHT, brightness: 200 });
    const draft = await draftOf({ source: YAML.replace("Evening light", "Trial") });
    const { body: dry } = await ask<DryRun>(`/drafts/${draft.id}/dry-run`);
    expect(dry.steps).toMatchObject([{ action: "light.turn_on", entityIds: [LIGHT], missing: [] }]);
    const { body } = await ask<Tested>(`/drafts/${draft.id}/test`);
    expect(body).toMatchObject({ outcome: "finished", entities: [{ restored: true }] });
    const state = (await (await house.rest(`/api/states/${LIGHT}`)).json()) as {
      attributes: { brightness?: number };
    };
    expect(state.attributes.brightness).toBe(200);
  });

  test("a removed automation comes back under its own id", async () => {
    expect((await ask(`/${ENTITY}`, {}, "DELETE")).body).toMatchObject({ state: "done" });
    expect(await stored(automationId)).toBeUndefined();
    expect((await ask(`/${ENTITY}/undo`)).body).toMatchObject({ state: "done" });
    expect(await stored(automationId)).toMatchObject({ alias: "Evening light" });
  });

  test("restarting in the middle leaves one automation and one entry that it is done", async () => {
    const draft = await draftOf({ source: YAML.replace("Evening light", "After the restart") });
    const approved = approve(draft);
    const restarted = house.restart();
    await approved;
    await restarted;
    const isDone = ({ outcome, draftId }: AuditEntry) => outcome === "done" && draftId === draft.id;
    const done = await eventually(
      "it is carried out",
      async () => {
        const { entries } = await get<{ entries: AuditEntry[] }>("/audit");
        const found = entries.filter((one) => one.action === "create" && isDone(one));
        return found.length > 0 ? found : undefined;
      },
      100_000,
    );
    expect(done).toHaveLength(1);
    expect(await named("After the restart")).toHaveLength(1);
    expect(await stored(draft.automationId)).toMatchObject({ alias: "After the restart" });
  });
});
