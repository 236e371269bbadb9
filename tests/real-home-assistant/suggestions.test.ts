import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftOfPattern, withName } from "#src/ai/suggestions/drafts/drafts.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { ACTED, namesIn, TEXTS } from "#support/sample-patterns.ts";
import { templatesHome } from "../unit/analysis/templates-home.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { type Judge, openJudge } from "./verdicts/judge.ts";

const PARTS = ["triggers", "conditions", "actions"] as const;
const home = templatesHome();
const automations = Object.entries(ACTED).flatMap(([name, pattern]) => {
  const drafting = { home, texts: TEXTS, names: namesIn(home), timeZone: "Europe/Berlin" };
  const draft = draftOfPattern(pattern, drafting);
  const make = draft && withName(draft);
  return make?.kind === "automation" ? [[name, printAutomation(make)] as const] : [];
});

describe.skipIf(missing !== undefined)("habits, held against a real Home Assistant", () => {
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

  test("most of the samples are automations", () => {
    expect(automations.length).toBe(Object.keys(ACTED).length - 1); // one is a scene
  });

  test.each(automations)("it accepts every part of what becomes of a habit %s", async (_, made) => {
    const verdicts = await Promise.all(
      PARTS.map(async (part) => ({ part, ...(await judge(part, made[part])) })),
    );
    expect(verdicts).toEqual(PARTS.map((part) => ({ part, valid: true, error: null })));
  });
});
