import { expect, test } from "vitest";
import { draftOfPattern, withName } from "#src/ai/suggestions/drafts/drafts.ts";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import type { Pattern } from "#src/analysis/patterns/patterns.ts";
import { replay } from "#src/analysis/replay/replay.ts";
import { printAutomation, printScene } from "#src/home/automation/automation.ts";
import { toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { automation, MONDAY, scripted } from "#support/past-world.ts";
import { ACTED, FORBIDDEN, habit, namesIn, ONLY_SAID, TEXTS } from "#support/sample-patterns.ts";
import { templatesHome } from "../analysis/templates-home.ts";

const home = templatesHome();
const draft = (pattern: Pattern | undefined, house = home) =>
  pattern &&
  draftOfPattern(pattern, {
    ...{ home: house, texts: TEXTS, names: namesIn(house), timeZone: "Europe/Berlin" },
  });
const printed = (name: string, house = home) => {
  const found = draft(ACTED[name], house);
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

test("what does less than the habit says what it does; what does all of it says just that", () => {
  const text = (name: string) => draft(ACTED[name])?.text;
  expect(text("a routine")).toMatch(
    / Home Assistant can turn Bedroom on, turn Coffee machine on and open Living room blind for you\.$/,
  );
  expect(text("in a row")).toMatch(/ Home Assistant can do it for you\.$/);
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

/** The same home with entities of certain integrations. */
const homeWith = (...more: readonly (readonly [entityId: string, platform: string])[]) => ({
  ...home,
  entities: new Map([
    ...home.entities,
    ...toSnapshot({
      entities: more.map(([entityId, platform]) => ({ entityId, platform, state: "off" })),
    }).entities,
  ]),
});

test("a house that knows holidays is asked whether it is a workday", () => {
  const sensor = homeWith(["binary_sensor.workday", "workday"]);
  expect(printed("by the clock on workdays", sensor).conditions).toMatchObject([
    { condition: "state", entity_id: "binary_sensor.workday", state: "on" },
    { condition: "numeric_state" },
  ]);
  const calendar = homeWith(["calendar.germany", "holiday"]);
  expect(printed("by the clock on workdays", calendar).conditions).toMatchObject([
    { condition: "time" },
    { condition: "state", entity_id: "calendar.germany", state: "off" },
    { condition: "numeric_state" },
  ]);
  expect(printed("a thermostat", calendar).conditions).toMatchObject([
    { condition: "or", conditions: [{ weekday: ["sat", "sun"] }, { state: "on" }] },
    { condition: "numeric_state" },
  ]);
});

test("a sensor that looks ahead is not asked of today", () => {
  const ahead = homeWith(["binary_sensor.workday_tomorrow", "workday"]);
  const [entity] = [...ahead.entities.values()].slice(-1);
  if (!entity) throw new Error("There is no sensor");
  const entities = new Map(ahead.entities);
  entities.set(entity.entityId, { ...entity, attributes: { days_offset: 1 } });
  const { conditions } = printed("by the clock on workdays", { ...ahead, entities });
  expect(conditions).toMatchObject([{ condition: "time" }, { condition: "numeric_state" }]);
});

test("holidays are a type of day only where something knows them", () => {
  const holidays = ONLY_SAID["holidays in a house that knows none"];
  const found = draft(holidays, homeWith(["binary_sensor.workday", "workday"]));
  expect(found?.make).toMatchObject({
    conditions: [
      { weekdays: ["mon", "tue", "wed", "thu", "fri"] },
      { entityIds: ["binary_sensor.workday"], states: ["off"] },
      { kind: "numeric_state" },
    ],
  });
});

test("what one does on weekends is done at that hour then", () => {
  expect(printed("a day type")).toMatchObject({
    alias: "Turn Hall on at 08:20 on weekends",
    triggers: [{ at: "08:20:00" }],
    conditions: [{ weekday: ["sat", "sun"] }, { condition: "numeric_state" }],
  });
});

test("what one person does is done while that person is home", () => {
  expect(printed("one person")).toMatchObject({
    alias: "Play something on Speaker at 07:00 when Ann is home",
    conditions: [{ condition: "state", entity_id: "person.ann", state: "home" }],
  });
});

test("what one person does at an hour waits for that person, not for anybody", () => {
  const mine = draft(habit("light.hall", "on", { person: "ann", on: "all" }));
  expect(mine?.make).toMatchObject({ conditions: [{ entityIds: ["person.ann"] }] });
  const gone = draft(habit("light.hall", "on", { person: "stranger", on: "all" }));
  expect(gone?.make).toMatchObject({ conditions: [{ entityIds: ["zone.home"] }] });
});

test("a season is asked by its months, on the other half of the globe by the others", () => {
  const months = (house = home) =>
    (printed("a season", house).conditions as { value_template?: string }[])[0]?.value_template;
  expect(months()).toBe("{{ now().month in [6, 7, 8] }}");
  const zone = home.entities.get("zone.home");
  if (!zone) throw new Error("There is no zone");
  const south = new Map(home.entities).set("zone.home", { ...zone, attributes: { latitude: -34 } });
  expect(months({ ...home, entities: south })).toBe("{{ now().month in [12, 1, 2] }}");
});

test("what is done while days are long holds until they are as short again", () => {
  expect(printed("long days").conditions).toMatchObject([
    { value_template: "{{ now().month in [4, 5, 6, 7, 8] }}" },
  ]);
});

test("a light that burns more often when days are short is asked whether it is dark", () => {
  expect(printed("short days").conditions).toMatchObject([
    { condition: "sun", after: "sunset", before: "sunrise" },
    { condition: "numeric_state" },
  ]);
});

test("several factors are all conditions, and who is there is asked once", () => {
  expect(printed("several factors")).toMatchObject({
    alias: "Turn Coffee machine on at 07:00 when the weather is rainy",
    conditions: [{ entity_id: "weather.home", state: "rainy" }, { condition: "numeric_state" }],
  });
  expect(printed("alone on a day off").conditions).toMatchObject([
    { weekday: ["sat", "sun"] },
    { condition: "state", entity_id: "zone.home", state: "1" },
  ]);
});

test("lights of a usual evening go on and off while nobody is home, none for a moment only", () => {
  const { triggers, conditions, actions, mode } = printed("evenings with light");
  expect(triggers).toMatchObject([
    { at: "20:00:00", id: "0" },
    { at: "21:00:00", id: "1" },
    { at: "22:10:00", id: "2" },
    { at: "23:45:00", id: "3" },
  ]);
  expect(conditions).toMatchObject([
    { condition: "state", entity_id: "zone.home", state: "0", for: "00:30:00" },
    { condition: "time", weekday: ["mon", "tue", "wed", "thu", "fri"] },
  ]);
  expect(actions).toMatchObject([
    { delay: { minutes: expect.stringContaining("% 21") } },
    { condition: "numeric_state", entity_id: "zone.home", below: 1 },
    { choose: expect.any(Array) },
  ]);
  expect(JSON.stringify(actions).match(/"light\.turn_o(n|ff)"/g)).toEqual([
    '"light.turn_on"',
    '"light.turn_on"',
    '"light.turn_off"',
    '"light.turn_off"',
  ]);
  expect(mode).toBe("parallel");
});

test("lights of a usual evening can be played back: only while the house is empty, a little later on another day", () => {
  const evening = (start: number, people: string) => {
    const past = scripted({
      start,
      initial: { "zone.home": people, "light.living_room_lamp": "off", "light.hall": "off" },
    });
    const plan = automation(printed("evenings with light") as Readonly<Record<string, unknown>>);
    const { runs, cannot } = replay([plan], past);
    expect(cannot).toEqual([]);
    return runs.flatMap(({ calls = [] }) => calls.map(({ at }) => (at - start) / 60_000));
  };
  expect(evening(MONDAY, "1")).toEqual([]);
  const usual = [20 * 60, 21 * 60, 22 * 60 + 10];
  const [monday, tuesday] = [MONDAY, MONDAY + 86_400_000].map((day) => evening(day, "0"));
  for (const [n, minute] of usual.entries()) {
    expect(monday?.[n]).toBeGreaterThanOrEqual(minute);
    expect(monday?.[n]).toBeLessThanOrEqual(minute + 20);
  }
  expect(tuesday).not.toEqual(monday);
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
