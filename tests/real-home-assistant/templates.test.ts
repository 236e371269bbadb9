import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Match, matchTemplates, TEMPLATES } from "#src/analysis/templates/templates.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { drafted } from "#support/template-drafts.ts";
import { templatesHome } from "../unit/analysis/templates-home.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { expectAccepted } from "./verdicts/accepted.ts";
import { type Judge, openJudge } from "./verdicts/judge.ts";

const matches = matchTemplates(templatesHome(), {}, { most: 1000, mostOfOne: 100 });
const found = new Map<string, Match>(matches.map((match) => [match.template.id, match]));

describe.skipIf(missing !== undefined)("templates, held against a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let judge: Judge;

  beforeAll(async () => {
    house = await startRealHomeAssistant();
    judge = await openJudge(house.url, house.owner.token);
  });

  afterAll(async () => {
    judge?.[Symbol.dispose]();
    await house?.[Symbol.asyncDispose]();
  });

  test.each(TEMPLATES.map(({ id }) => id))("it accepts every part of %s", async (id) => {
    const match = found.get(id);
    if (!match) throw new Error(`${id} finds no place in the made house`);
    const printed = printAutomation(drafted(match));
    await expectAccepted(judge, printed);
  });

  test("what is wrong with one is refused, so that the verdicts above mean something", async () => {
    const { valid } = await judge("triggers", [{ trigger: "state", to: "on" }]);
    expect(valid).toBe(false);
  });
});
