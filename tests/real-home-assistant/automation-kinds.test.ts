import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Deployed, Draft, Health } from "#src/ai/automations/automations.ts";
import { eventually } from "#support/eventually.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { createWorkshop } from "./workshop.ts";

const LIGHT = "light.bed_light";
const CASES = [
  {
    kind: "script",
    entity: "script.lights_out",
    config: {
      alias: "Lights out",
      sequence: [{ action: "light.turn_off", target: { entity_id: LIGHT } }],
    },
    changed: {
      alias: "Lights out",
      sequence: [{ action: "light.turn_on", target: { entity_id: LIGHT } }],
    },
  },
  {
    kind: "scene",
    entity: "scene.movie",
    config: { name: "Movie", entities: { [LIGHT]: { state: "on", brightness: 40 } } },
    changed: { name: "Movie", entities: { [LIGHT]: { state: "on", brightness: 90 } } },
  },
];

describe.skipIf(missing !== undefined)("scripts and scenes in a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let homeiq: HomeIq;
  const { ask, approve } = createWorkshop(() => homeiq);

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    homeiq = await startHomeIq({ url: house.url, token: house.owner.token });
    await eventually("the automations are known", async () => {
      const { automations } = await homeiq.get<{ automations: Health[] }>("/api/v1/automations");
      return automations.length > 0 || undefined;
    });
  });
  afterAll(async () => {
    await homeiq?.[Symbol.asyncDispose]();
    await house?.[Symbol.asyncDispose]();
  });

  test.each(CASES)(
    "a $kind stands there with category and label, is edited, undone and removed",
    async ({ kind, entity, config, changed }) => {
      const { body: draft } = await ask<Draft>("/drafts", { kind, source: JSON.stringify(config) });
      expect(draft).toMatchObject({ kind, valid: true, problems: [] });
      const stored = async () => {
        const key = draft.automationId.slice(kind.length + 1);
        const answer = await house.rest(`/api/config/${kind}/config/${key}`);
        return answer.ok ? await answer.json() : undefined;
      };
      const marks = async () => {
        using client = await house.client();
        const { result } = await client.ask("config/entity_registry/get", { entity_id: entity });
        return result;
      };
      const marked = { labels: ["homeiq"], categories: { [kind]: expect.any(String) } };
      const { status, body } = await approve(draft);
      expect([status, body]).toMatchObject([200, { state: "done", entityId: entity, version: 1 }]);
      expect(await stored()).toMatchObject(config);
      expect(await marks()).toMatchObject(marked);

      const source = JSON.stringify(changed);
      const { body: edit } = await ask<Draft>("/drafts", { entityId: entity, source });
      expect((await approve(edit)).body).toMatchObject({ state: "done", version: 2 });
      expect(await stored()).toMatchObject(changed);
      expect(await marks(), "an edit keeps them").toMatchObject(marked);
      expect((await ask<Deployed>(`/${entity}/undo`)).body).toMatchObject({ version: 3 });
      expect(await stored()).toMatchObject(config);
      expect((await ask(`/${entity}`, {}, "DELETE")).body).toMatchObject({ state: "done" });
      expect(await stored()).toBeUndefined();
    },
  );
});
