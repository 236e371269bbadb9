import { expect, test } from "vitest";
import { draftOfPattern, withName } from "#src/ai/suggestions/drafts/drafts.ts";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import type { Pattern } from "#src/analysis/patterns/patterns.ts";
import { printAutomation, printScene } from "#src/home/automation/automation.ts";
import { ACTED, FORBIDDEN, habit, namesIn, ONLY_SAID, TEXTS } from "#support/sample-patterns.ts";
import { templatesHome } from "../analysis/templates-home.ts";

const home = templatesHome();
const draft = (pattern: Pattern | undefined, house = home) =>
  pattern && draftOfPattern(pattern, { home: house, texts: TEXTS, names: namesIn(house) });
const printed = (name: string) => {
  const found = draft(ACTED[name]);
  if (!found) throw new Error(`There is no draft of ${name}`);
  const make = withName(found);
  return make.kind === "automation" ? printAutomation(make) : printScene(make);
};

test.each(Object.keys(ACTED))("the draft of a habit %s has no problem", async (name) => {
  const kind = "triggers" in printed(name) ? "automation" : "scene";
  const { problems } = await check(printed(name), home, { kind });
  expect(problems.filter(({ severity }) => severity !== "hint")).toEqual([]);
  expect(draft(ACTED[name])?.title).not.toMatch(/[{}]|suggestion\./);
});

test.each(Object.entries({ ...ONLY_SAID, ...FORBIDDEN }))("%s becomes no automation", (_, one) => {
  expect(draft(one)).toBeUndefined();
});

test("a habit of workdays begins at its time on those days, while somebody is home", () => {
  expect(printed("by the clock on workdays")).toMatchObject({
    alias: "Turn Hall on at 06:45 on workdays",
    triggers: [{ trigger: "time", at: "06:45:00" }],
    conditions: [
      { condition: "time", weekday: ["mon", "tue", "wed", "thu", "fri"] },
      { condition: "numeric_state", entity_id: "zone.home", above: 0 },
    ],
    actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
  });
});

test("what is done after midnight belongs to the evening before: Friday's is on the calendar's Saturday", () => {
  expect(printed("by the clock after midnight")).toMatchObject({
    triggers: [{ at: "00:40:00" }],
    conditions: [{ weekday: ["sat"] }],
  });
});

test("a house that does not know who is home is not asked", () => {
  const nobody = templatesHome(/^person\./);
  expect(draft(ACTED["a blind every day"], nobody)?.make).toMatchObject({ conditions: [] });
  expect(draft(ACTED["left on when away"], nobody)).toBeUndefined();
});

test("a habit by the sun keeps its distance to it, to five minutes", () => {
  expect(printed("before sunset").triggers).toEqual([
    { trigger: "sun", event: "sunset", offset: "-00:20:00" },
  ]);
  expect(printed("at dusk on workdays").triggers).toMatchObject([
    { trigger: "numeric_state", entity_id: "sun.sun", attribute: "elevation", below: -6 },
  ]);
});

test("what follows motion does so in its hours", () => {
  expect(printed("after motion")).toMatchObject({
    triggers: [{ trigger: "state", entity_id: "binary_sensor.landing_motion", to: "on" }],
    conditions: [{ condition: "time", after: "19:00:00", before: "05:00:00" }],
  });
});

test("a sequence keeps only the waits that one would notice", () => {
  expect(printed("in a row").actions).toMatchObject([
    { action: "light.turn_on" },
    { delay: "00:02:30" },
    { action: "light.turn_on" },
  ]);
});

test("a routine does not undo itself after a fixed time", () => {
  const { actions } = printed("a routine") as { actions: readonly { action?: string }[] };
  const called = actions.flatMap(({ action }) => action ?? []);
  expect(called).toEqual(["light.turn_on", "switch.turn_on", "cover.open_cover"]);
});

test("what is set together in a room is a scene", () => {
  expect(printed("together in a room")).toMatchObject({
    name: "A scene for Living room",
    entities: { "cover.living_room_blind": "closed" },
  });
});

test("what was left on goes off only when nobody is home", () => {
  expect(printed("left on when away")).toMatchObject({
    conditions: expect.arrayContaining([
      { condition: "numeric_state", entity_id: "zone.home", below: 1 },
      { condition: "state", entity_id: "switch.iron", state: "on" },
    ]),
    actions: [{ action: "switch.turn_off" }],
  });
});

test("what moves or heats says so", () => {
  expect(draft(ACTED["a blind every day"])?.cautions).toEqual(["caution.moves"]);
  expect(draft(ACTED["a thermostat"])?.cautions).toEqual(["caution.heats"]);
  expect(draft(habit("switch.iron", "on"))?.cautions).toEqual(["caution.heats"]);
  expect(draft(habit("switch.iron", "off"))?.cautions).toEqual([]);
  expect(draft(habit("cover.garage_door", "closed"))?.cautions).toEqual(["caution.closes"]);
});

test("what the house does not have, or cannot do, is not proposed", () => {
  expect(draft(habit("light.gone", "on"))).toBeUndefined();
  expect(draft(habit("climate.living_room", "cool"))).toBeUndefined();
});
