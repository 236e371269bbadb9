import { expect, test } from "vitest";
import { distinct } from "#src/ai/suggestions/choose.ts";
import { lookThrough } from "#src/ai/suggestions/look-through.ts";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import type { Pattern } from "#src/analysis/patterns/patterns.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { ACTED, known } from "#support/sample-patterns.ts";
import { templatesHome } from "../analysis/templates-home.ts";

const home = templatesHome();
const plan = ACTED["evenings with light"] as Extract<Pattern, { kind: "presence_plan" }>;
const plans = [
  known({ ...plan, key: "presence_plan|workdays" }),
  known({ ...plan, key: "presence_plan|free", on: "free" }),
];
const AT = Date.UTC(2026, 8, 1);

async function look(automations: readonly object[] = [], patterns = plans) {
  const standing = automations.map((config, n) => ({ entityId: `automation.a${n}`, config }));
  const run = { startedAt: AT, durationMs: 1, tracesFrom: 0, from: AT - 30 * 86_400_000, to: AT };
  const { candidates, errors } = await lookThrough(
    {
      patterns: {
        list: () => patterns,
        lastRun: () => ({ ...run, changes: 1, acts: 1, entities: 1, found: 2 }),
      },
      synergies: { list: () => [] },
      past: { entities: () => [], visit() {}, visitAll() {} },
    },
    {
      ...{ home, standing: { automations: standing, scripts: [], scenes: [] } },
      ...{ people: new Map(), hidden: new Set(), language: "en", timeZone: "Europe/Berlin" },
      ...{ currency: "EUR", now: AT },
    },
  );
  expect(errors).toEqual([]);
  return candidates;
}
const planned = async (...asked: Parameters<typeof look>) =>
  (await look(...asked)).filter(({ kind }) => kind === "presence_plan");

const evening = (condition: object) => ({
  triggers: [{ trigger: "sun", event: "sunset" }],
  conditions: [condition],
  actions: [{ action: "light.turn_on", target: { entity_id: "light.living_room_lamp" } }],
});

test("evenings of workdays and of free days are two suggestions that can be accepted", async () => {
  const found = await planned();
  expect(found.map(({ title }) => title)).toEqual([
    "Let the home look lived in while you are away on workdays",
    "Let the home look lived in while you are away on weekends and holidays",
  ]);
  const score = { total: 0.2, factors: [] };
  expect(distinct(found.map((candidate) => ({ candidate, score }))).length).toBe(2);
  for (const { make } of found) {
    if (make?.kind !== "automation") throw new Error("There is no automation");
    const { problems } = await check(printAutomation(make), home);
    expect(problems.filter(({ severity }) => severity !== "hint")).toEqual([]);
  }
});

test("how often lights are on says nothing of how often nobody is home", async () => {
  const [first] = await planned([evening({ condition: "sun", after: "sunset" })]);
  expect(first?.factors).toMatchObject([
    { name: "usefulness", value: 0.4, why: expect.stringContaining("nobody is home") },
    { name: "confidence" },
    { name: "novelty", value: 1 },
    { name: "effort" },
  ]);
});

test("a house that turns lights on while nobody is home needs no second one", async () => {
  const away = [
    { condition: "state", entity_id: "zone.home", state: "0" },
    { condition: "numeric_state", entity_id: "zone.home", below: 1 },
    { condition: "state", entity_id: "person.ann", state: "not_home" },
    { condition: "state", entity_id: "input_boolean.vacation_mode", state: "on" },
  ];
  for (const condition of away) expect(await planned([evening(condition)])).toEqual([]);
  const home = { condition: "state", entity_id: "person.ann", state: "home" };
  expect((await planned([evening(home)])).length).toBe(2);
});

test("the idea of lights at any hours gives way to those of a usual evening", async () => {
  const ideas = async (patterns = plans) =>
    (await look([], patterns)).map(({ templateId }) => templateId);
  expect(await ideas([])).toContain("lights_while_on_vacation");
  expect(await ideas()).not.toContain("lights_while_on_vacation");
});
