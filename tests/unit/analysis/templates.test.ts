import { expect, test } from "vitest";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import { lint, toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import {
  type AutomationTemplate,
  BENEFITS,
  CATEGORIES,
  type Filled,
  type Match,
  matchTemplates,
  needsOf,
  TEMPLATES,
} from "#src/analysis/templates/templates.ts";
import { parseAutomation, printAutomation } from "#src/home/automation/automation.ts";
import { drafted, TEXTS } from "#support/template-drafts.ts";
import { templatesHome } from "./templates-home.ts";

const home = templatesHome();
const matches = matchTemplates(home, {}, { most: 1000, mostOfOne: 100 });
const byId: [string, AutomationTemplate][] = TEMPLATES.map((one) => [one.id, one]);

function matchOf(id: string): Match {
  const match = matches.find(({ template }) => template.id === id);
  if (!match) throw new Error(`${id} finds no place in the made house`);
  return match;
}

test("there are at least sixty, each once", () => {
  const ids = TEMPLATES.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThanOrEqual(60);
});

test.each(byId)(
  "%s finds its place in a house that has everything, and is right there",
  async (id) => {
    const automation = drafted(matchOf(id));
    const { problems } = await check(printAutomation(automation), home);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  },
);

test.each(byId)("%s is the same automation after it was written and read again", (id) => {
  const automation = drafted(matchOf(id));
  const printed = printAutomation(automation);
  const { value } = parseAutomation(printed);
  expect(value).toEqual(automation);
  if (value?.kind !== "automation") throw new Error("it was read as something else");
  expect(printAutomation(value)).toEqual(printed);
});

test.each(byId)("%s is still right with every number at its least and at its most", async (id) => {
  const match = matchOf(id);
  for (const end of ["min", "max"] as const) {
    const ends: Filled = Object.fromEntries(
      Object.entries(match.slots).flatMap(([name, slot]) =>
        slot[end] === undefined ? [] : [[name, slot[end]]],
      ),
    );
    const { problems } = await check(printAutomation(drafted(match, ends)), home);
    expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  }
});

/** They wait within a run, because only the run knows how it was before; a restart in between leaves it so. */
const WAITS = ["lint.lost_on_restart", "lint.single_with_wait"];
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  night_light: WAITS,
  window_open_heating_off: WAITS,
  laundry_done: WAITS,
  dryer_done: WAITS,
  dishwasher_done: WAITS,
  laundry_left_in: WAITS,
  oven_left_on: ["lint.for_lost_on_restart"], // two hours are long, and an oven that is forgotten is on for longer
  // That heating waits for windows is an automation of its own.
  heating_down_when_away: ["lint.heating_with_open_window"],
  heating_down_at_night: ["lint.heating_with_open_window"],
  heating_down_on_vacation: ["lint.heating_with_open_window"],
};

test.each(byId)("the linter has nothing to say of %s but what is known of it", (id) => {
  const config = printAutomation(drafted(matchOf(id)));
  const automations = [{ entityId: "automation.new", config }];
  const found = lint(toLintedHouse({ home, now: 0, automations })).map(({ code }) => code);
  expect(found.filter((code) => !KNOWN[id]?.includes(code))).toEqual([]);
});

test.each(byId)(
  "%s says in plain words what it is, what it needs and what it saves",
  (id, template) => {
    const { category, saves, slots } = template;
    expect(CATEGORIES).toContain(category);
    expect(saves.length).toBeGreaterThan(0);
    expect(BENEFITS).toEqual(expect.arrayContaining([...saves]));
    expect(needsOf(template).length).toBeGreaterThan(0);
    const keys = [
      ...["title", "text"].map((what) => `template.${id}.${what}`),
      `template.category.${category}`,
      ...saves.map((benefit) => `template.saves.${benefit}`),
      ...Object.entries(slots).map(([name, slot]) => {
        if (slot.kind === "entity") return `template.kind.${slot.of.label}`;
        if (slot.kind === "text") return `template.${id}.${name}`;
        return `template.slot.${slot.kind === "notify" ? "notify" : slot.label}`;
      }),
    ];
    expect(keys.filter((key) => !TEXTS.has(key))).toEqual([]);
  },
);

test("no text stands in the catalogue for a template that is not there", () => {
  const labels = TEMPLATES.flatMap(({ id, category, saves, slots }) => [
    ...["title", "text", "message"].map((what) => `${id}.${what}`),
    `category.${category}`,
    ...saves.map((benefit) => `saves.${benefit}`),
    ...Object.values(slots).flatMap((slot) => {
      if (slot.kind === "entity") return [`kind.${slot.of.label}`];
      return "label" in slot ? [`slot.${slot.label}`] : [];
    }),
  ]);
  const used = new Set([...labels, "slot.notify", "slot.message"].map((key) => `template.${key}`));
  expect([...TEXTS.keys()].filter((key) => !used.has(key))).toEqual([]);
});

test.each(byId)("what %s wants beside something is filled after it", (_, { slots }) => {
  const names = Object.keys(slots);
  expect(Object.values(slots)[0]?.kind).toBe("entity");
  for (const [index, slot] of Object.values(slots).entries()) {
    const before = names.slice(0, index);
    if (slot.kind === "entity" && slot.near) expect(before).toContain(slot.near.slot);
    if (slot.kind === "option") expect(before).toContain(slot.of);
    if (slot.kind === "number" && slot.in !== undefined) expect(before).toContain(slot.in);
  }
});

test("what a person fills in wrongly is refused, and it says which slot", () => {
  const match = matchOf("leak_alarm");
  const wrong: readonly [Filled, string, string][] = [
    [{ leak: [] }, "leak", "missing"],
    [{ leak: "binary_sensor.bathroom_leak" }, "leak", "of_wrong_type"],
    [{ leak: ["not an entity"] }, "leak", "of_wrong_type"],
    [{ notify: [] }, "notify", "of_wrong_type"],
    [{ message: 5 }, "message", "of_wrong_type"],
  ];
  for (const [more, slot, why] of wrong) {
    expect(() => drafted(match, more)).toThrow(
      expect.objectContaining({
        code: "templates.slot_wrong",
        facts: { template: "leak_alarm", slot, wrong: why },
      }),
    );
  }
});

test("a number, a length of time and a time of day stay within their limits", () => {
  const tooLong = () => drafted(matchOf("motion_light"), { wait: 61 * 60_000 });
  const noTime = () => drafted(matchOf("lock_at_night"), { night: 24 * 3_600_000 });
  const tooMuch = () => drafted(matchOf("tv_dims_lights"), { percent: 101 });
  for (const build of [tooLong, noTime, tooMuch]) {
    expect(build).toThrow(expect.objectContaining({ code: "templates.slot_wrong" }));
  }
});
