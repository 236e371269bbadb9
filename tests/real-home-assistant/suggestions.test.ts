import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { draftOfPattern, withName } from "#src/ai/suggestions/drafts/drafts.ts";
import { aroundOf, findUnused } from "#src/ai/suggestions/features/features.ts";
import { fromFeatures } from "#src/ai/suggestions/from-features.ts";
import { draftOf } from "#src/analysis/synergies/draft.ts";
import { knowExisting } from "#src/analysis/templates/templates.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { FEATURES_UNTIL, featureHome, openFeaturePast } from "#support/feature-house.ts";
import { ACTED, namesIn, TEXTS } from "#support/sample-patterns.ts";
import { homeWithout } from "../unit/analysis/synergies/facts-home.ts";
import { FACTS } from "../unit/analysis/synergies/made-facts.ts";
import { templatesHome } from "../unit/analysis/templates-home.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";
import { expectAccepted } from "./verdicts/accepted.ts";
import { type Judge, openJudge } from "./verdicts/judge.ts";

const home = templatesHome();
const automations = Object.entries(ACTED).flatMap(([name, pattern]) => {
  const drafting = { home, texts: TEXTS, names: namesIn(home), timeZone: "Europe/Berlin" };
  const draft = draftOfPattern(pattern, drafting);
  const make = draft && withName(draft);
  return make?.kind === "automation" ? [[name, printAutomation(make)] as const] : [];
});

/** What is drafted of each feature that was never used. */
async function drafted() {
  await using past = await openFeaturePast();
  const house = featureHome();
  const around = aroundOf(house);
  const linted = { now: FEATURES_UNTIL, home: house, automations: [], scripts: [], scenes: [] };
  const asked = { past: past.past, home: house, house: linted, around, hidden: new Set<string>() };
  const when = { to: FEATURES_UNTIL, timeZone: "UTC" };
  const unused = findUnused({ ...asked, ...when });
  const already = knowExisting(house, {});
  const found = fromFeatures({
    ...{ unused, home: house, around, texts: TEXTS, already },
    ...when,
  });
  return found.flatMap(({ kind, entityIds, make }) =>
    make?.kind === "automation"
      ? [[`${kind} ${entityIds[0]}`, printAutomation(make)] as const]
      : [],
  );
}
const synergies = Object.entries(FACTS).flatMap(([name, facts]) => {
  const make = draftOf(facts, homeWithout(), { alias: "Both", message: "Look" });
  return make ? [[`synergy: ${name}`, printAutomation(make)] as const] : [];
});
const features = missing === undefined ? await drafted() : [];

describe.skipIf(missing !== undefined)(
  "habits, synergies and features, held against a real Home Assistant",
  () => {
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

    test("most of the features are automations", () => {
      expect(features.length).toBeGreaterThan(9);
    });

    test("every synergy is an automation", () => {
      expect(synergies).toHaveLength(Object.keys(FACTS).length);
    });

    test.each([...automations, ...synergies, ...features])(
      "it accepts every part of what becomes of %s",
      async (_, made) => {
        await expectAccepted(judge, made);
      },
    );
  },
);
