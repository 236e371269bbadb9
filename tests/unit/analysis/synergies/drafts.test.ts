import { expect, test } from "vitest";
import { check } from "#src/analysis/automation-check/automation-check.ts";
import { draftOf } from "#src/analysis/synergies/draft.ts";
import { printAutomation } from "#src/home/automation/automation.ts";
import { toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { FACTS } from "./made-facts.ts";

const measures = (deviceClass: string, unit: string) => ({
  device_class: deviceClass,
  unit_of_measurement: unit,
});
const THINGS: Readonly<Record<string, readonly [state: string, attributes?: object]>> = {
  "binary_sensor.motion": ["off", { device_class: "motion" }],
  "binary_sensor.window": ["off", { device_class: "window" }],
  "calendar.vacation": ["off"],
  "climate.hall": [
    "heat",
    { hvac_modes: ["off", "heat"], supported_features: 385, min_temp: 5, max_temp: 28 },
  ],
  "cover.blind": ["open", { device_class: "blind", supported_features: 15 }],
  "fan.hall": ["off", { supported_features: 48 }],
  "light.hall": ["off", { supported_color_modes: ["onoff"] }],
  "light.desk": ["off", { supported_color_modes: ["onoff"] }],
  "lock.front": ["unlocked"],
  "person.ann": ["home"],
  "sensor.humidity": ["50", measures("humidity", "%")],
  "sensor.inside": ["22", measures("temperature", "°C")],
  "sensor.outside": ["18", measures("temperature", "°C")],
  "sensor.team": ["PRE"],
  "sensor.boiler_power": ["0", measures("power", "W")],
  "switch.boiler": ["off"],
  "weather.home": ["sunny", { temperature: 18, supported_features: 3 }],
  "zone.home": ["1"],
};
const SERVICES = {
  ...Object.fromEntries(
    ["light", "fan", "switch"].map((domain) => [domain, { turn_on: {}, turn_off: {} }]),
  ),
  climate: { set_hvac_mode: { fields: { hvac_mode: {} } }, turn_off: {} },
  cover: { open_cover: {}, close_cover: {} },
  lock: { lock: {} },
  weather: {
    get_forecasts: {
      fields: { type: { required: true } },
      ...{ target: { entity: [{ domain: ["weather"] }] }, response: { optional: false } },
    },
  },
  persistent_notification: { create: { fields: { message: {} } } },
};
const homeWithout = (gone?: string) =>
  toSnapshot({
    entities: Object.entries(THINGS)
      .filter(([entityId]) => entityId !== gone)
      .map(([entityId, [state, attributes = {}]]) => ({
        ...{ entityId, state, attributes: attributes as Readonly<Record<string, unknown>> },
      })),
    services: SERVICES,
  });

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
