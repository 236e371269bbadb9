import { describe, expect, test } from "vitest";
import type { Game } from "#src/enrichment/provider.ts";
import {
  AFTERNOON,
  facts,
  found,
  type GivenStates,
  HOUR,
  hour,
  MINUTE,
  weather,
} from "#support/agent-facts.ts";

describe("rain", () => {
  const open: GivenStates = {
    "binary_sensor.bath": ["on", { device_class: "window" }],
    "cover.skylight": ["open", { device_class: "window" }],
    "cover.blind": ["open", { device_class: "blind" }],
  };

  test("within two hours, with windows open: those with a motor can be closed", () => {
    const known = facts(open, { weather: weather([hour(1, { precipitationMm: 1.4 })]) });
    const [rain, ...more] = found("rain_windows_open", known);
    expect(more).toEqual([]);
    expect(rain).toMatchObject({
      entityIds: ["binary_sensor.bath", "cover.skylight"],
      title: "Rain is coming, and something is open",
      text: "Rain from 17:00. Open: bath and skylight.",
      offer: { actions: [{ service: "cover.close_cover", entityIds: ["cover.skylight"] }] },
    });
    expect(rain?.evidence[0]?.text).toBe("Forecast for 17:00: 1.4 mm");
  });

  test.each<[string, ReturnType<typeof hour>[], GivenStates]>([
    ["it rains later today", [hour(5, { precipitationMm: 3 })], open],
    [
      "a drop, or a small chance",
      [hour(1, { precipitationMm: 0.1 }), hour(1, { precipitationPercent: 40 })],
      open,
    ],
    ["much, but unlikely", [hour(1, { precipitationMm: 2, precipitationPercent: 20 })], open],
    [
      "everything is closed",
      [hour(1, { precipitationMm: 3 })],
      { "cover.skylight": ["closed", { device_class: "window" }] },
    ],
  ])("nothing is said when %s", (_, hours, given) => {
    expect(found("rain_windows_open", facts(given, { weather: weather(hours) }))).toEqual([]);
  });

  test("without a forecast nothing is said", () => {
    expect(found("rain_windows_open", facts(open))).toEqual([]);
  });

  test("it is the same occurrence while it rains", () => {
    const at = (now: number) =>
      found("rain_windows_open", {
        ...facts(open, { now, weather: weather([], { at: now, condition: "rainy" }) }),
      })[0];
    expect(at(AFTERNOON)?.title).toBe("It rains, and something is open");
    expect(at(AFTERNOON)?.key).toBe(at(AFTERNOON + 10 * MINUTE)?.key);
  });
});

describe("frost", () => {
  const cold = weather([hour(2, { temperatureC: 3 }), hour(12, { temperatureC: -4 })]);
  const given: GivenStates = {
    "binary_sensor.bath": ["on", { device_class: "window" }],
    "climate.bath": ["off", { hvac_modes: ["off", "heat"] }],
    "cover.shutter": ["open", { device_class: "shutter" }],
    "cover.awning": ["open", { device_class: "awning" }],
  };

  test("in the afternoon before, with what is open or off", () => {
    const [night] = found("freezing_night", facts(given, { weather: cold }));
    expect(night?.title).toBe("It will freeze tonight: -4 °C");
    expect(night?.text).toBe(
      "Still open: bath. The heating is off: bath. Closed covers keep warmth in: shutter.",
    );
    expect(night?.offer?.actions).toEqual([
      { service: "cover.close_cover", entityIds: ["cover.shutter"] },
    ]);
  });

  test("not in the morning, not above zero, not where all is closed", () => {
    const morning = AFTERNOON - 8 * HOUR;
    expect(found("freezing_night", facts(given, { now: morning, weather: cold }))).toEqual([]);
    const mild = weather([hour(12, { temperatureC: 1 })]);
    expect(found("freezing_night", facts(given, { weather: mild }))).toEqual([]);
    expect(found("freezing_night", facts({}, { weather: cold }))).toEqual([]);
  });
});

describe("the outside", () => {
  const side = (id: string) => ({ id, name: id });
  const game = (more: Partial<Game> = {}): Game => ({
    ...{ id: "g1", league: "bundesliga", start: AFTERNOON + 40 * MINUTE, status: "scheduled" },
    ...{ home: side("Union"), away: side("Hertha"), followed: ["away"], ...more },
  });

  test("a game of a followed team within the hour; the one screen that is off can be turned on", () => {
    const tv: GivenStates = {
      "media_player.tv": ["off", { device_class: "tv" }],
      "person.anna": "home",
    };
    const known = facts(tv, { sports: { games: [game()] } });
    expect(found("game_starts", known)[0]).toMatchObject({
      title: "Hertha plays at 16:40",
      text: "Union against Hertha starts in 40 minutes.",
      offer: { actions: [{ service: "media_player.turn_on", entityIds: ["media_player.tv"] }] },
    });
  });

  test.each([
    ["is in two hours", { start: AFTERNOON + 2 * HOUR }],
    ["has begun", { start: AFTERNOON - MINUTE, status: "playing" as const }],
    ["is called off", { status: "postponed" as const }],
    ["is nobody's here", { followed: [] }],
  ])("not when the game %s", (_, more) => {
    expect(found("game_starts", facts({}, { sports: { games: [game(more)] } }))).toEqual([]);
  });

  const price = {
    currency: "EUR",
    isFinal: true,
    slots: [hour(0, { price: 0.4 }), hour(1, { price: 0.1 })],
  };
  const run = {
    by: "price" as const,
    entityId: "sensor.dishwasher",
    start: AFTERNOON + HOUR,
    kwh: 1.1,
    runs: 9,
  };

  test("a run that costs clearly less later, with what it saves and of how many runs", () => {
    const bestRuns = [{ ...run, cost: 0.12, costNow: 0.44 }];
    expect(found("cheap_hours", facts({}, { price, bestRuns }))[0]).toMatchObject({
      title: "dishwasher: start it at 17:00",
      text: "A usual run costs €0.12 then instead of €0.44 now.",
      benefit: { unit: "EUR", n: 9, value: expect.closeTo(0.32, 6) },
    });
  });

  test("not for a few cents, and not without prices", () => {
    const little = [{ ...run, cost: 0.4, costNow: 0.44 }];
    expect(found("cheap_hours", facts({}, { price, bestRuns: little }))).toEqual([]);
    const much = [{ ...run, cost: 0.1, costNow: 0.44 }];
    expect(found("cheap_hours", facts({}, { bestRuns: much }))).toEqual([]);
  });

  const carbon = {
    ...{ gramsPerKwh: 400, at: AFTERNOON },
    slots: [hour(0, { gramsPerKwh: 400 }), hour(1, { gramsPerKwh: 150 })],
  };
  const clean = { ...run, by: "carbon" as const, cost: 165, costNow: 440 };

  test("without a price a run that makes clearly less CO2 later, and it is said that it is that", () => {
    const [told] = found("cheap_hours", facts({}, { carbon, bestRuns: [clean] }));
    expect(told).toMatchObject({
      title: "dishwasher: start it at 17:00, when electricity is cleaner",
      text: "A usual run makes 165 g of CO2 then instead of 440 g now.",
      benefit: { unit: "g CO2", n: 9, value: 275 },
    });
    expect(told?.evidence[0]?.text).toContain("no price is known");
  });

  test("not for a few grams; and where there is a price, CO2 does not decide", () => {
    const little = [{ ...clean, cost: 380 }];
    expect(found("cheap_hours", facts({}, { carbon, bestRuns: little }))).toEqual([]);
    expect(found("cheap_hours", facts({}, { price, bestRuns: [clean] }))).toEqual([]);
  });

  test("power that costs nothing", () => {
    const later = { ...price, slots: [...price.slots, hour(3, { price: -0.02 })] };
    expect(found("cheap_hours", facts({}, { price: later }))).toEqual([]);
    const soon = { ...price, slots: [hour(0, { price: 0.4 }), hour(1, { price: -0.02 })] };
    expect(found("cheap_hours", facts({}, { price: soon }))[0]?.title).toBe(
      "Electricity costs nothing from 17:00",
    );
  });
});
