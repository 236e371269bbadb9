import { expect, test } from "vitest";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import { draftOf } from "#src/analysis/synergies/draft.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { homeWithout } from "./facts-home.ts";
import { FACTS } from "./made-facts.ts";

test.each(Object.entries(FACTS))("%s: the draft is right for the home", async (_, facts) => {
  const home = homeWithout();
  const draft = draftOf(facts, home, { alias: "Both", message: "Look" });
  if (!draft) throw new Error("There is no draft");
  const { problems } = await check(printAutomation(draft), home);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
});

test("where a forecast can be asked for, it is asked each half hour, and people are told once", () => {
  const facts = FACTS["before rain"];
  const draft = facts && draftOf(facts, homeWithout(), { alias: "Both", message: "Look" });
  expect(draft && printAutomation(draft)).toMatchObject({
    triggers: [
      { trigger: "state", entity_id: "weather.home", id: "rains" },
      { trigger: "time_pattern", minutes: "/30" },
    ],
    conditions: [{ condition: "state", entity_id: "binary_sensor.window", state: "on" }],
    actions: [
      {
        ...{ action: "weather.get_forecasts", response_variable: "forecast" },
        data: { type: "hourly" },
      },
      {
        condition: "or",
        conditions: [
          { condition: "trigger", id: "rains" },
          { condition: "template", value_template: expect.stringContaining("forecast[:2]") },
        ],
      },
      { action: "persistent_notification.create" },
      { delay: expect.anything() },
    ],
    max_exceeded: "silent",
  });
});

test.each([
  ["pair", "light.hall"],
  ["chain", "fan.hall"],
  ["scene", "light.desk"],
  ["comfort", "fan.hall"],
])("%s: without what it acts on there is no draft", (name, gone) => {
  const facts = FACTS[name];
  expect(facts && draftOf(facts, homeWithout(gone), { alias: "Both" })).toBeUndefined();
});

test("what was seen at some hours only happens at those, and late enough", () => {
  const facts = FACTS.pair;
  const draft = facts && draftOf(facts, homeWithout(), { alias: "Both" });
  expect(draft && printAutomation(draft)).toMatchObject({
    conditions: [{ after: "18:00:00", before: "02:00:00" }],
    actions: [{ delay: expect.anything() }, { action: "light.turn_on" }],
  });
});
