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
    const { title, text } = createTexts({ language, timeZone: "UTC" }).saySynergy(
      synergyOf(facts),
      names,
    );
    expect(title).not.toBe("");
    expect(`${title} ${text}`).not.toMatch(/[{}]|synergy\.|benefit\.|undefined|NaN| {2}/);
    expect(text).toMatch(/^[A-Z<].*\. Measured over 28 days, that is .* a week\.$/);
  }
});

test("what was measured is in the sentence, with its range", () => {
  const texts = createTexts({ language: "en", timeZone: "UTC" });
  const facts = FACTS["lock at night"] as SynergyFacts;
  expect(texts.saySynergy(synergyOf(facts), names)).toEqual({
    title: "<front> at night",
    text: "<front> was unlocked in 4 of 9 nights, for 9 minutes. Measured over 28 days, that is 5 acts by hand (between 3.1 and 7.3) a week.",
  });
});
