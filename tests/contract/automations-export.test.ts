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
