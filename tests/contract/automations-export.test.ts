import { afterAll, beforeAll, expect, test } from "vitest";
import type { Draft, Exported } from "#src/ai/automations/automations.ts";
import { parseBlueprint, readYaml, substitute } from "#src/home/automation/automation.ts";
import { CEILING_LIGHT, openWorkshop, type Workshop } from "#support/automations/workshop.ts";

const ENTITY = "automation.night_light";
const YAML = `# for the children
alias: Night light
triggers:
  - trigger: time
    at: "22:00:00"
actions:
  - action: light.turn_on
    target:
      entity_id: ${CEILING_LIGHT} # the big one
    data:
      brightness_pct: 20
  - delay: "00:05:00"
`;

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
  const { body } = await workshop.ask<Draft>("/drafts", { source: YAML });
  expect((await workshop.approve(body)).status).toBe(200);
});
afterAll(() => workshop[Symbol.asyncDispose]());

const exported = (query: string) => workshop.get<Exported>(`/${ENTITY}/export?${query}`);

test("what a person wrote is exported as it was written, with its comments", async () => {
  expect(await exported("as=yaml")).toEqual({ fileName: "night_light.yaml", yaml: YAML });
});

test("what Home Assistant had before us is exported as text that reads as the same", async () => {
  const entity = "automation.hallway_light_at_the_door";
  const { yaml } = await workshop.get<Exported>(`/${entity}/export`);
  const { config } = await workshop.get<{ config: unknown }>(`/${entity}`);
  expect(readYaml(yaml)).toMatchObject({ problems: [], value: config });
});

test("a blueprint asks for the chosen places, and with its defaults is the automation again", async () => {
  const places = [
    "triggers.0.at",
    "actions.0.target.entity_id",
    "actions.0.data.brightness_pct",
    "actions.1.delay",
  ];
  const { yaml, fileName } = await exported(`as=blueprint&inputs=${places.join(",")}`);
  expect(fileName).toBe("night_light-blueprint.yaml");
  const { value: blueprint, problems } = parseBlueprint(readYaml(yaml).value);
  expect(problems).toEqual([]);
  if (!blueprint) throw new Error("no blueprint");
  expect(
    [...blueprint.inputs.values()].map(({ selector }) => Object.keys(selector ?? {})[0]),
  ).toEqual(["time", "entity", "number", "duration"]);
  const { value } = substitute(blueprint, {});
  const written = readYaml(YAML).value as Record<string, unknown>;
  expect(value).toMatchObject({ triggers: written.triggers, actions: written.actions });
});

test("a place that is not there is named", async () => {
  const answer = await workshop.ask(
    `/${ENTITY}/export?as=blueprint&inputs=actions.7.delay`,
    {},
    "GET",
  );
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ error: { code: "automations.no_place" } });
});

const answerFor = (entity: string, query: string) =>
  workshop.ask<Exported>(`/${entity}/export?${query}`, {}, "GET");

test("a script becomes a blueprint of scripts, with what it asks for", async () => {
  const script = {
    alias: "Lights out",
    fields: { lamp: { required: true } },
    sequence: [{ action: "light.turn_off", target: { entity_id: CEILING_LIGHT } }],
  };
  const draft = await workshop.draft(script, { kind: "script" });
  expect((await workshop.approve(draft)).body).toMatchObject({ entityId: "script.lights_out" });
  const inputs = "as=blueprint&inputs=sequence.0.target.entity_id";
  const { body } = await answerFor("script.lights_out", inputs);
  const { value, problems } = parseBlueprint(readYaml(body.yaml).value);
  expect(problems).toEqual([]);
  expect(value).toMatchObject({ domain: "script", name: "Lights out" });
  if (!value) throw new Error("no blueprint");
  expect(substitute(value, {}).value).toMatchObject({
    fields: script.fields,
    sequence: script.sequence,
  });
});

test("what is made of a blueprint is no blueprint again, and can be had without it", async () => {
  const input = { motion: "binary_sensor.a", light: CEILING_LIGHT };
  workshop.house.addEntity({ entityId: "binary_sensor.a", state: "off", attributes: {} });
  const use = { path: "homeassistant/motion_light.yaml", input };
  const draft = await workshop.draft({ alias: "By motion", use_blueprint: use });
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
  const entity = "automation.by_motion";
  expect(await answerFor(entity, "as=blueprint&inputs=use_blueprint.path")).toMatchObject({
    status: 409,
    body: { error: { code: "automations.is_of_blueprint" } },
  });
  const { body } = await answerFor(entity, "as=body");
  expect(readYaml(body.yaml).value).toMatchObject({
    alias: "By motion",
    triggers: [{ trigger: "state", entity_id: "binary_sensor.a" }],
  });
  expect(body.yaml).not.toContain("use_blueprint");
});

test("of a scene there is no blueprint in Home Assistant", async () => {
  const scene = { name: "Movie", entities: { [CEILING_LIGHT]: "off" } };
  const draft = await workshop.draft(scene, { kind: "scene" });
  expect((await workshop.approve(draft)).body).toMatchObject({ state: "done" });
  expect(await answerFor("scene.movie", "as=blueprint&inputs=entities")).toMatchObject({
    status: 409,
    body: { error: { code: "automations.no_scene_blueprint" } },
  });
});
