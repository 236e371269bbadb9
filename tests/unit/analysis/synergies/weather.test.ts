import { expect, test } from "vitest";
import { toActions } from "#src/home/snapshot/snapshot.ts";
import { days, find, homeOf, hourly, known, ofType, steps, weekly } from "./made-home.ts";

const WINDOW = {
  "binary_sensor.window": { area: "kitchen", attributes: { device_class: "window" } },
};
const SKY = { "weather.home": { state: "sunny", attributes: { temperature: 20 } } };
const RAIN = {
  home: homeOf({ ...WINDOW, ...SKY }),
  past: {
    steps: new Map([
      // Four showers of two hours; the window is open in two of them for an hour.
      [
        "weather.home",
        steps(
          "sunny",
          ...[1, 8, 15, 22].flatMap(
            (day) =>
              [
                [day, 12, "rainy"],
                [day, 14, "sunny"],
              ] as const,
          ),
        ),
      ],
      [
        "binary_sensor.window",
        steps(
          "off",
          ...[1, 15].flatMap(
            (day) =>
              [
                [day, 11, "on"],
                [day, 13, "off"],
              ] as const,
          ),
        ),
      ],
    ]),
  },
};

test("windows that stood open in the rain are told with the rain that got in", () => {
  const [open] = ofType(RAIN, "weather");
  expect(open).toMatchObject({
    facts: { what: "open_in_rain", weatherId: "weather.home", watched: ["binary_sensor.window"] },
    measured: { n: 2, of: 4 },
  });
  expect(open && weekly(open)).toEqual({ hours: 0.5 });
  const dry = { ...RAIN, home: homeOf(WINDOW) };
  expect(find(dry).synergies).toEqual([]);
  expect(find(dry).missing).toContainEqual({ type: "weather", needs: "rain" });
});

test("the forecast is used where an entity of the home tells the next hours, and only there", () => {
  const home = (features: number) => ({
    ...homeOf({
      ...WINDOW,
      "weather.home": { attributes: { temperature: 20, supported_features: features } },
    }),
    actions: toActions({ weather: { get_forecasts: {} } }),
  });
  const factsOf = (asked: typeof RAIN) => ofType(asked, "weather")[0]?.facts;
  expect(factsOf({ ...RAIN, home: home(3) })).toMatchObject({ forecastId: "weather.home" });
  expect(factsOf({ ...RAIN, home: home(1) })).not.toHaveProperty("forecastId"); // by days only
  expect(factsOf(RAIN)).not.toHaveProperty("forecastId");
  // What was spared is of the past either way.
  const [ahead] = ofType({ ...RAIN, home: home(3) }, "weather");
  expect(ahead && weekly(ahead)).toEqual({ hours: 0.5 });
});

test("an awning that an automation takes in when it rains is left out, also where the forecast could be asked", () => {
  const awning = { device_class: "awning", supported_features: 15 };
  const home = {
    ...homeOf({
      "cover.awning": { state: "open", attributes: awning },
      "weather.home": { attributes: { temperature: 20, supported_features: 3 } },
    }),
    actions: toActions({ weather: { get_forecasts: {} }, cover: { close_cover: {} } }),
  };
  const sky = new Map(RAIN.past.steps).set("cover.awning", steps("open"));
  const asked = { home, past: { steps: sky } };
  expect(ofType(asked, "weather")[0]?.facts).toMatchObject({
    ...{ what: "open_in_rain", forecastId: "weather.home" },
    action: { entityId: "cover.awning", to: "closed" },
  });
  const automation = {
    triggers: [{ trigger: "state", entity_id: "weather.home", to: "rainy" }],
    actions: [{ action: "cover.close_cover", target: { entity_id: "cover.awning" } }],
  };
  expect(ofType({ ...asked, automations: [automation] }, "weather")).toEqual([]);
});

test("windows of which an automation tells are left out", () => {
  const automation = {
    triggers: [{ trigger: "state", entity_id: "weather.home", to: "rainy" }],
    actions: [{ action: "notify.notify", data: { message: "Rain" } }],
    conditions: [{ condition: "state", entity_id: "binary_sensor.window", state: "on" }],
  };
  expect(ofType({ ...RAIN, automations: [automation] }, "weather")).toEqual([]);
});

test("a heater that was on while a window of its room was open is told, and one of another room is not", () => {
  const heater = (area: string) => ({
    ...WINDOW,
    "climate.kitchen": {
      ...{ area, state: "heat" },
      attributes: {
        hvac_modes: ["off", "heat"],
        supported_features: 385,
        min_temp: 5,
        max_temp: 28,
      },
    },
  });
  const opened = [0, 7, 14, 21].flatMap(
    (day) =>
      [
        [day, 8, "on"],
        [day, 9, "off"],
      ] as const,
  );
  const past = {
    steps: new Map([
      ["climate.kitchen", steps("heat")],
      ["binary_sensor.window", steps("off", ...opened)],
    ]),
  };
  const [out] = ofType({ home: homeOf(heater("kitchen")), past }, "weather");
  expect(out).toMatchObject({
    facts: { what: "heating_out", action: { entityId: "climate.kitchen", to: "off" } },
    measured: { n: 4, of: 4 },
  });
  expect(out && weekly(out)).toEqual({ hours: 1 });
  expect(ofType({ home: homeOf(heater("hall")), past }, "weather")).toEqual([]);
});

test("a room that was too warm in the sun with its blind open could be shaded", () => {
  const room = {
    "sensor.kitchen_temperature": {
      area: "kitchen",
      attributes: { device_class: "temperature", unit_of_measurement: "°C" },
    },
    "cover.kitchen": {
      area: "kitchen",
      state: "open",
      attributes: { device_class: "blind", supported_features: 15 },
    },
  };
  const past = {
    hours: new Map([
      ["sensor.kitchen_temperature", hourly(29, 22, { on: days(0, 6), from: 12, until: 16 })],
    ]),
    steps: new Map([
      ["weather.home", steps("sunny")],
      ["cover.kitchen", steps("open", [5, 0, "closed"])],
    ]),
  };
  const [shade] = ofType({ home: homeOf({ ...room, ...SKY }), past }, "weather");
  expect(shade).toMatchObject({
    facts: {
      ...{ what: "shade", when: { above: 26, unit: "°C" } },
      action: { entityId: "cover.kitchen", to: "closed" },
    },
    measured: { n: 5, of: 28 },
  });
  expect(shade && weekly(shade)).toEqual({ hours: 5 });
  expect(ofType({ home: homeOf(room), past }, "weather")).toEqual([]);
});

test("a room that was too warm with its windows shut, while it was cooler outside, could be aired", () => {
  const thermometer = { device_class: "temperature", unit_of_measurement: "°C" };
  const home = (area: string) =>
    homeOf({
      "sensor.kitchen_temperature": { area: "kitchen", attributes: thermometer },
      "sensor.outdoor_temperature": { area: "terrace", attributes: thermometer },
      "binary_sensor.window": { area, attributes: { device_class: "window" } },
    });
  // Warm on seven evenings; the window is open on the last two of them.
  const past = {
    hours: new Map([
      ["sensor.kitchen_temperature", hourly(28, 22, { on: days(0, 6), from: 18, until: 22 })],
      ["sensor.outdoor_temperature", hourly(20, 27, { on: days(0, 27), from: 20, until: 24 })],
    ]),
    steps: new Map([["binary_sensor.window", steps("off", [5, 12, "on"], [7, 0, "off"])]]),
  };
  const [aired] = ofType({ home: home("kitchen"), past }, "weather");
  expect(aired).toMatchObject({
    facts: { what: "air_out", when: { above: 26 }, weatherId: "sensor.outdoor_temperature" },
    measured: { n: 5, of: 28 },
  });
  expect(aired && weekly(aired)).toEqual({ hours: 2.5 });
  expect(ofType({ home: home("hall"), past }, "weather")).toEqual([]);
});

test("what people do in some weather needs an entity that tells of it", () => {
  const habit = known(
    {
      kind: "contextual",
      ...{ entityId: "fan.kitchen", to: "on", entityIds: ["fan.kitchen"] },
      context: { of: "weather", signalId: "homeiq.outdoor_temperature", when: { above: 27 } },
    },
    { seenDays: days(0, 13) },
  );
  const fan = { "fan.kitchen": { area: "kitchen", attributes: { supported_features: 48 } } };
  const [found] = ofType({ home: homeOf({ ...fan, ...SKY }), patterns: [habit] }, "weather");
  expect(found).toMatchObject({
    facts: { what: "habit", weatherId: "weather.home", when: { above: 27, unit: "°C" } },
  });
  expect(found && weekly(found)).toEqual({ acts: 3.5 });
  expect(ofType({ home: homeOf(fan), patterns: [habit] }, "weather")).toEqual([]);
});
