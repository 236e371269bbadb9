import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type {
  AutomationDetail,
  Draft,
  Health,
  Tested,
  VersionWithDiff,
} from "#src/ai/automations/automations.ts";
import { eventually } from "#support/eventually.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { createWorkshop } from "./workshop.ts";

const LIGHT = "light.bed_light";
const PATH = "homeassistant/motion_light.yaml";
/** Beside `automation: !include automations.yaml`, as people split their files. */
const MORE = `
script by_hand:
  split_off:
    alias: Split off
    sequence: [{action: light.turn_off, target: {entity_id: ${LIGHT}}}]
automation by_hand:
  - alias: Without an id
    triggers: [{trigger: time, at: "22:00:00"}]
    actions: [{action: light.turn_on, target: {entity_id: ${LIGHT}}}]
  - id: packaged
    alias: With an id
    triggers: [{trigger: time, at: "22:00:00"}]
    actions: [{action: light.turn_on, target: {entity_id: ${LIGHT}}}]
`;
/** Added once the house runs: only then its first start has put the blueprints there. */
const OF_A_BLUEPRINT = `  - id: of_a_blueprint
    alias: Of a blueprint
    use_blueprint:
      path: ${PATH}
      input: {motion_entity: binary_sensor.movement_backyard, light_target: {entity_id: ${LIGHT}}}
`;
const NOT_OURS = [
  "automation.without_an_id",
  "automation.with_an_id",
  "automation.of_a_blueprint",
  "script.split_off",
];

describe.skipIf(missing !== undefined)(
  "what is written elsewhere, and what is of a blueprint",
  () => {
    let house: RealHomeAssistant;
    let homeiq: HomeIq;
    const { get, ask, approve } = createWorkshop(() => homeiq);

    beforeAll(async () => {
      house = await startRealHomeAssistant({ more: MORE });
      appendFileSync(join(house.folder, "configuration.yaml"), OF_A_BLUEPRINT);
      await house.rest("/api/services/automation/reload", {});
      homeiq = await startHomeIq({ url: house.url, token: house.owner.token });
      await eventually("all are known", async () => {
        const { automations } = await get<{ automations: Health[] }>("");
        const { automations: scripts } = await get<{ automations: Health[] }>("?kind=script");
        const known = [...automations, ...scripts].map(({ entityId }) => entityId);
        return NOT_OURS.every((id) => known.includes(id)) || undefined;
      });
    });
    afterAll(async () => {
      await homeiq?.[Symbol.asyncDispose]();
      await house?.[Symbol.asyncDispose]();
    });

    test.each(NOT_OURS)(
      "%s is read, tried, and changed only as a text to paste",
      async (entity) => {
        const detail = await get<AutomationDetail & { reading: { kind: string } }>(`/${entity}`);
        expect(detail).toMatchObject({ editable: false });
        expect(detail.reading.kind).toBe(entity.split(".")[0]);
        expect(
          (await get<{ versions: VersionWithDiff[] }>(`/${entity}/versions`)).versions,
        ).toEqual(expect.any(Array));
        const { body: dry } = await ask<{ entityIds: string[] }>(`/${entity}/dry-run`);
        expect(dry.entityIds).toContain(LIGHT);
        const { status, body: draft } = await ask<Draft>("/drafts", { entityId: entity });
        expect([status, draft]).toMatchObject([201, { elsewhere: true, valid: true }]);
        expect(await approve(draft)).toMatchObject({
          status: 409,
          body: { error: { code: "automations.read_only" } },
        });
        expect((await ask(`/${entity}`, {}, "DELETE")).status).toBe(409);
      },
    );

    test("one of a blueprint is deployed, read as what it becomes, given another input, and undone", async () => {
      const input = {
        motion_entity: "binary_sensor.movement_backyard",
        light_target: { entity_id: LIGHT },
      };
      const config = { alias: "By motion", use_blueprint: { path: PATH, input } };
      const { body: draft } = await ask<Draft>("/drafts", { source: JSON.stringify(config) });
      expect(draft).toMatchObject({ valid: true });
      const { body: done } = await approve(draft);
      expect(done).toMatchObject({ state: "done", entityId: "automation.by_motion" });

      const { blueprint } = await get<{ blueprint: { yaml: string; inputs: object[] } }>(
        "/automation.by_motion/blueprint",
      );
      expect(blueprint.yaml).toContain("binary_sensor.movement_backyard");
      expect(blueprint.inputs).toMatchObject([
        { key: "motion_entity", selector: { entity: {} } },
        { key: "light_target", selector: { target: {} } },
        { key: "no_motion_wait", default: 120 },
      ]);
      const { body: edit } = await ask<Draft>("/drafts", { entityId: "automation.by_motion" });
      const { body: changed } = await ask<Draft>(`/drafts/${edit.id}/inputs`, {
        inputs: { no_motion_wait: 10 },
      });
      expect(changed).toMatchObject({ valid: true });
      expect((await approve(changed)).body).toMatchObject({ state: "done", version: 2 });
      const stored = async () =>
        (await house.rest(`/api/config/automation/config/${draft.automationId}`)).json();
      expect(await stored()).toMatchObject({ use_blueprint: { input: { no_motion_wait: 10 } } });
      expect((await ask("/automation.by_motion/undo")).body).toMatchObject({ state: "done" });
      expect(await stored()).toMatchObject(config);

      const { body: wrong } = await ask<Draft>("/drafts", {
        source: JSON.stringify({ ...config, use_blueprint: { path: PATH, input: {} } }),
      });
      expect(wrong).toMatchObject({
        valid: false,
        problems: [{ code: "schema.missing_input" }, {}],
      });
      const { body: strange } = await ask<Draft>("/drafts", {
        source: JSON.stringify({ ...config, use_blueprint: { path: "no/such.yaml", input } }),
      });
      expect(strange.problems.map(({ code }) => code)).toContain("references.blueprint");
    });

    test("a scene is tried and everything brought back; a script gets what it asks for", async () => {
      const stateOf = async (entity: string) =>
        ((await (await house.rest(`/api/states/${entity}`)).json()) as { state: string }).state;
      const before = await stateOf(LIGHT);
      const other = before === "on" ? "off" : "on";
      const scene = { name: "Other way round", entities: { [LIGHT]: { state: other } } };
      const { body: draft } = await ask<Draft>("/drafts", {
        kind: "scene",
        source: JSON.stringify(scene),
      });
      const { body: dry } = await ask<{ scene: object[] }>(`/drafts/${draft.id}/dry-run`);
      expect(dry.scene).toMatchObject([
        { entityId: LIGHT, changes: [{ name: "state", from: before, to: other }] },
      ]);
      const { body: tested } = await ask<Tested>(`/drafts/${draft.id}/test`);
      expect(tested).toMatchObject({
        outcome: "finished",
        entities: [{ entityId: LIGHT, before, during: other, after: before, restored: true }],
      });
      expect(await stateOf(LIGHT)).toBe(before);

      const script = {
        alias: "Of a choice",
        fields: { lamp: { required: true }, how: { default: other } },
        variables: { wanted: "{{ how }}" },
        sequence: [{ action: "light.turn_{{ wanted }}", target: { entity_id: "{{ lamp }}" } }],
      };
      const { body: asking } = await ask<Draft>("/drafts", {
        kind: "script",
        source: JSON.stringify(script),
      });
      expect((await ask(`/drafts/${asking.id}/test`, { confirmed: true })).status).toBe(400);
      const { body: ran } = await ask<Tested>(`/drafts/${asking.id}/test`, {
        confirmed: true,
        fields: { lamp: LIGHT },
      });
      expect(ran).toMatchObject({ outcome: "finished" });
    });
  },
);
