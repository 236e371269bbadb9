import { expect, test } from "vitest";
import { createTexts } from "#src/ai/texts/texts.ts";
import type { Synergy, SynergyFacts } from "#src/analysis/synergies/synergies.ts";
import { FACTS } from "../analysis/synergies/made-facts.ts";

const names = {
  entity: (id: string) => `<${id.split(".")[1]}>`,
  deviceClass: (id: string) => (id.startsWith("binary_sensor.motion") ? "motion" : undefined),
  area: (id: string) => id,
  person: () => "Ann",
};
const perWeek = { value: 5.04, low: 3.1, high: 7.25 };
const synergyOf = (facts: SynergyFacts): Synergy => ({
  ...{ id: "1", entityIds: ["light.hall"], areaId: "hall", nodes: [], edges: [], facts },
  measured: { n: 4, of: 9, from: 0, to: 1, seen: [] },
  benefits: [{ kind: "acts", perWeek, days: 28, daysWithSome: 20 }],
  score: { value: 0, sure: 0, n: 4, of: 9, worth: 0 },
});

test.each(Object.entries(FACTS))("%s is said whole, in every language", (_, facts) => {
  for (const language of ["en", "de", "xx"]) {
    const texts = createTexts({ language, timeZone: "UTC" });
    const { title, text, explanation } = texts.saySynergy(synergyOf(facts), names, "EUR");
    expect(title).not.toBe("");
    expect(text).toMatch(/^[A-Z<].*\.$/);
    expect([title, text, ...explanation].join(" ")).not.toMatch(
      /[{}]|synergy\.|benefit\.|undefined|NaN| {2}/,
    );
  }
});

test("how often it was seen and what it would spare are in the explanation, with the range", () => {
  const texts = createTexts({ language: "en", timeZone: "UTC" });
  const facts = FACTS["lock at night"] as SynergyFacts;
  const { title, explanation } = texts.saySynergy(synergyOf(facts), names, "EUR");
  expect(title).toContain("<front>");
  expect(explanation).toHaveLength(2);
  expect(explanation[0]).toMatch(/4.*9/);
  expect(explanation[1]).toMatch(/5\.04.*3\.1.*7\.25/);
});
