import { describe, expect, test } from "vitest";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import { type Match, matchTemplates, toChoose } from "#src/analysis/templates/templates.ts";
import { printAutomation, referencesOf } from "#src/home/automation/automation.ts";
import { type HomeEntity, type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { compileTemplate } from "#src/home/template/template.ts";
import { fakeHouse } from "#support/fake-house.ts";
import { drafted } from "#support/template-drafts.ts";
import { templatesHome } from "./templates-home.ts";

const WHOLE = { most: 1000, mostOfOne: 100 };
const keysOf = (matches: readonly Match[]) => matches.map(({ key }) => key);
const idsOf = (matches: readonly Match[]) => new Set(matches.map(({ template }) => template.id));

describe.each(["studio", "flat", "house", "villa"] as const)("in the simulated %s", (preset) => {
  const house = fakeHouse(preset);
  const matches = matchTemplates(house.home, house);
  const everything = matchTemplates(house.home, house, WHOLE);

  test("some templates fit, none more often than makes sense, and each match is there once", () => {
    expect(matches.length).toBeGreaterThanOrEqual(15);
    expect(matches.length).toBeLessThanOrEqual(80);
    const counts = Map.groupBy(matches, ({ template }) => template.id);
    expect(Math.max(...[...counts.values()].map((some) => some.length))).toBeLessThanOrEqual(12);
    expect(new Set(keysOf(everything)).size).toBe(everything.length);
  });

  test("none names an entity that does not exist, or one that is switched off", () => {
    for (const match of everything) {
      const namesIn = (text: string) => compileTemplate(text).entityIds;
      const entities = referencesOf(drafted(match), { namesIn }).filter(
        ({ kind }) => kind === "entity",
      );
      const missing = entities.filter(({ id }) => house.home.entities.get(id)?.state === undefined);
      expect(missing.map(({ id }) => `${match.key}: ${id}`)).toEqual([]);
    }
  });

  test("every one of them is right for this house", async () => {
    for (const match of everything) {
      const { problems } = await check(printAutomation(drafted(match)), house.home);
      const errors = problems.filter(({ severity }) => severity === "error");
      expect(errors.map(({ message }) => `${match.key}: ${message}`)).toEqual([]);
    }
  });

  test("what an automation of this house does already is not proposed again", () => {
    const anew = matchTemplates(house.home, {}, WHOLE);
    expect(keysOf(anew)).toEqual(expect.arrayContaining(keysOf(everything)));
    expect(anew.length).toBeGreaterThanOrEqual(everything.length);
  });

  test("the same house has the same matches in the same order", () => {
    expect(keysOf(matchTemplates(house.home, house))).toEqual(keysOf(matches));
  });
});

/** Rooms of a preset with a motion sensor and a light, by area. */
const roomsWithMotion = ({ entities }: HomeSnapshot): string[] => {
  const areas = (test: (entity: HomeEntity) => boolean) =>
    new Set([...entities.values()].filter(test).flatMap(({ areaId }) => areaId ?? []));
  const lit = areas(({ domain }) => domain === "light");
  return [...areas(({ attributes }) => attributes.device_class === "motion")].filter((area) =>
    lit.has(area),
  );
};

test("motion lights are matched per room: one for each room that has both, with only its own lights", () => {
  const { home } = fakeHouse("villa");
  const matches = matchTemplates(home, {}, WHOLE).filter(({ template }) =>
    ["motion_light", "night_light"].some((id) => template.id.startsWith(id)),
  );
  expect(matches.map(({ areaId }) => areaId).toSorted()).toEqual(roomsWithMotion(home).toSorted());
  for (const { areaId, slots } of matches) {
    const ids = [slots.motion?.value, slots.lights?.value].flat().map(String);
    expect(ids.length).toBeGreaterThanOrEqual(2);
    expect(new Set(ids.map((id) => home.entities.get(id)?.areaId))).toEqual(new Set([areaId]));
  }
});

test("a bedroom gets a night light, and a room that measures its light one for the dark", () => {
  const keys = keysOf(matchTemplates(templatesHome(), {}, WHOLE)).filter((key) =>
    /motion_light|night_light/.test(key),
  );
  expect(keys.toSorted()).toEqual([
    "motion_light hall",
    "motion_light_outdoors garden",
    "motion_light_when_dark landing",
    "night_light bedroom",
  ]);
});

test("the hallway of the flat has its motion light already: no other is proposed, the kitchen's is", () => {
  const house = fakeHouse("flat");
  const motion = (matches: readonly Match[]) =>
    keysOf(matches).filter((key) => key.startsWith("motion_light"));
  expect(motion(matchTemplates(house.home, house))).toEqual(["motion_light_when_dark kitchen"]);
  expect(motion(matchTemplates(house.home))).toHaveLength(2);
});

test("the villa's heating is off while windows are open already, the flat's is not yet", () => {
  const ids = (preset: "flat" | "villa") => {
    const house = fakeHouse(preset);
    return idsOf(matchTemplates(house.home, house, WHOLE));
  };
  expect(ids("flat")).toContain("window_open_heating_off");
  expect(ids("villa")).not.toContain("window_open_heating_off");
});

test("what a person must choose is said, with what can be chosen, and is not guessed", () => {
  const match = matchTemplates(templatesHome(), {}, WHOLE).find(
    ({ template }) => template.id === "start_when_power_is_cheap",
  );
  expect(match && toChoose(match)).toEqual(["appliance", "cheaper"]);
  expect(match?.slots.appliance).toMatchObject({ ask: true, choices: expect.any(Array) });
  expect(match?.slots.appliance?.value).toBeUndefined();
  const { choices = [] } = match?.slots.appliance ?? {};
  expect(choices).toContain("switch.lamp_plug");
  expect(choices).not.toContain("switch.iron");
});

test("everybody is told what is urgent; of the rest it is asked who", () => {
  const matches = matchTemplates(templatesHome(), {}, WHOLE);
  const notifyOf = (id: string) => matches.find(({ template }) => template.id === id)?.slots.notify;
  const both = [{ action: "notify.mobile_app_ann" }, { action: "notify.mobile_app_ben" }];
  expect(notifyOf("leak_alarm")).toMatchObject({ ask: false, value: both });
  expect(notifyOf("mail_has_come")).toMatchObject({ ask: true, value: both });
});

test("without a phone Home Assistant's bell is used", () => {
  const { entities, areas } = templatesHome();
  const home = toSnapshot({ entities: [...entities.values()], areas: [...areas.values()] });
  const match = matchTemplates(home, {}, WHOLE).find(
    ({ template }) => template.id === "leak_alarm",
  );
  expect(match?.slots.notify).toMatchObject({
    value: [{ action: "persistent_notification.create" }],
    ask: false,
  });
});

test("numbers are said in the unit of what measures them", () => {
  const matches = matchTemplates(templatesHome(), {}, WHOLE);
  const slotOf = (id: string, slot: string) =>
    matches.find(({ template }) => template.id === id)?.slots[slot];
  expect(slotOf("dryer_done", "running")).toMatchObject({ value: 0.06, unit: "kW" });
  expect(slotOf("much_power_is_used", "more")).toMatchObject({ value: 6, unit: "kW" });
  expect(slotOf("awning_in_from_the_wind", "stronger")).toMatchObject({ value: 8.33, unit: "m/s" });
  expect(slotOf("power_is_cheap", "cheaper")).toMatchObject({ value: 0.15, unit: "EUR/kWh" });
});

test("in a house of Fahrenheit the heating goes to degrees Fahrenheit, within what it can", () => {
  const heater = {
    ...{ entityId: "climate.hall", state: "heat", areaId: "hall" },
    attributes: { hvac_modes: ["off", "heat"], min_temp: 65, max_temp: 85, supported_features: 1 },
  };
  const person = { entityId: "person.ann", state: "home" };
  const home = toSnapshot({ temperatureUnit: "°F", entities: [heater, person] });
  const [match] = matchTemplates(home).filter(
    ({ template }) => template.id === "heating_down_when_away",
  );
  expect(match?.slots.home).toMatchObject({ value: 70, unit: "°F", min: 65, max: 85 });
  expect(match?.slots.away).toMatchObject({ value: 65, unit: "°F" });
});

test("what is switched off, left over or a group of others is not used", () => {
  const light = (entityId: string, more: object) => ({
    ...{ entityId, state: "off", areaId: "hall", attributes: {} },
    ...more,
  });
  const home = toSnapshot({
    areas: [{ id: "hall", name: "Hall" }],
    entities: [
      light("light.one", {}),
      light("light.gone", { state: "unavailable", attributes: { restored: true } }),
      light("light.disabled", { disabledBy: "user" }),
      light("light.led_of_the_router", { category: "config" }),
      light("light.all", { attributes: { entity_id: ["light.one"] } }),
      light("binary_sensor.motion", { attributes: { device_class: "motion" } }),
    ],
  });
  const [match] = matchTemplates(home);
  expect(match?.key).toBe("motion_light hall");
  expect(match?.slots.lights?.value).toEqual(["light.one"]);
});

test("a home without anything has no matches", () => {
  expect(matchTemplates(toSnapshot({ entities: [] }))).toEqual([]);
});
