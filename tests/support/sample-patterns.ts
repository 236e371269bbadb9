import { createTexts, type Names } from "#src/ai/texts/texts.ts";
import type { KnownPattern, Pattern } from "#src/analysis/patterns/patterns.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { HomeSnapshot } from "#src/home/snapshot/snapshot.ts";

const STARTS_AT = Date.UTC(2026, 7, 1);
const MORNING = 165; // minutes since 04:00: 06:45
const EVENING = 960; // 20:00

const evidence = (...entityIds: readonly string[]) => ({
  ...{ key: entityIds.join("|"), entityIds, confidence: 0.9, lift: 6, chance: 1e-9 },
  seen: Array.from({ length: 25 }, (_, n) => ({
    at: STARTS_AT + n * DAY_MS + 5 * HOUR_MS,
    entityId: entityIds[0] ?? "",
    to: "on",
  })),
  missed: [20_700, 20_701],
});
const atAnyHour = (entityId: string, to: string) =>
  Array.from({ length: 25 }, (_, n) => ({
    ...{ entityId, to, at: STARTS_AT + n * DAY_MS + ((n * 7) % 24) * HOUR_MS },
  }));
const act = (entityId: string, to: string) => ({ ...evidence(entityId), entityId, to });

/** A habit by the clock. */
export const habit = (
  entityId: string,
  to: string,
  more: Partial<Extract<Pattern, { kind: "time_of_day" }>> = {},
): Pattern => ({
  ...{ kind: "time_of_day", on: "workdays", first: false, minute: MORNING, scatter: 6, within: 30 },
  ...act(entityId, to),
  ...more,
});

const contextual = (
  entityId: string,
  to: string,
  context: Extract<Pattern, { kind: "contextual" }>["context"],
): Pattern => ({ kind: "contextual", ...act(entityId, to), context });

const delay = { delaySeconds: 10, scatterSeconds: 3 };
const step = (entityId: string, to: string, isTrace = false, delaySeconds = 20) => ({
  ...{ entityId, to, isTrace, delaySeconds, scatterSeconds: 4 },
});

/** Those that become an automation or a scene, in the house that has one of everything. */
export const ACTED: Readonly<Record<string, Pattern>> = {
  "by the clock on workdays": habit("light.hall", "on"),
  "by the clock after midnight": habit("light.hall", "off", { minute: 1_240, on: 4 }),
  "a blind every day": habit("cover.living_room_blind", "open", { on: "all" }),
  "a thermostat": habit("climate.living_room", "heat", { on: "free" }),
  "a lock at night": habit("lock.front_door", "locked", { minute: 1_110, on: "all" }),
  "a vacuum": habit("vacuum.robot", "cleaning", { on: 5 }),
  "before sunset": contextual("light.living_room_lamp", "on", {
    ...{ of: "sun", event: "sunset", on: "all", offsetMinutes: -22, scatterMinutes: 8 },
  }),
  "at dusk on workdays": contextual("light.garden", "on", {
    ...{ of: "sun", event: "dusk", on: "workdays", offsetMinutes: 2, scatterMinutes: 6 },
  }),
  "in a certain weather": contextual("cover.awning", "closed", {
    ...{ of: "weather", signalId: "weather.home", when: { is: "rainy" } },
  }),
  "when it gets cold": contextual("climate.bathroom", "heat", {
    ...{ of: "weather", signalId: "homeiq.outdoor_temperature", when: { below: 6.04 } },
  }),
  "when one comes home": contextual("light.hall", "on", {
    ...{ of: "presence", event: "arriving", signalId: "person.ann", delayMinutes: 3 },
  }),
  "when one leaves": contextual("light.hall", "off", {
    ...{ of: "presence", event: "leaving", signalId: "person.ann", delayMinutes: -2 },
  }),
  "when the first comes": contextual("light.hall", "on", {
    ...{ of: "presence", event: "first_home", delayMinutes: 1 },
  }),
  "when the last leaves": contextual("switch.lamp_plug", "off", {
    ...{ of: "presence", event: "all_away", delayMinutes: 0 },
  }),
  "after motion": {
    ...{ kind: "co_activation", ...act("light.landing", "on"), withinMinutes: 2, ...delay },
    trigger: { entityId: "binary_sensor.landing_motion", to: "on", isTrace: true },
    hours: { start: 900, end: 1_500 },
  },
  "after a button": {
    ...{ kind: "co_activation", ...act("light.fairy_lights", "on"), withinMinutes: 2, ...delay },
    trigger: { entityId: "event.living_room_button", to: "pressed", isTrace: false },
  },
  "in a row": {
    kind: "sequence",
    ...evidence("binary_sensor.front_door", "light.hall", "light.living_room_lamp"),
    steps: [
      step("binary_sensor.front_door", "on", true),
      step("light.hall", "on"),
      step("light.living_room_lamp", "on", false, 150),
    ],
  },
  "together in a room": {
    kind: "room_based",
    ...evidence("light.living_room_lamp", "light.fairy_lights"),
    ...{ areaId: "living_room", withinMinutes: 5 },
    members: [
      { entityId: "light.living_room_lamp", to: "on", share: 1 },
      { entityId: "light.fairy_lights", to: "on", share: 0.9 },
      { entityId: "cover.living_room_blind", to: "closed", share: 0.7 },
    ],
  },
  "a routine": {
    kind: "routine",
    ...evidence("light.bedroom", "switch.coffee_machine", "cover.living_room_blind"),
    ...{ on: "workdays", part: "morning", minute: MORNING, scatter: 8, lengthMinutes: 20 },
    members: [
      { entityId: "light.bedroom", to: "on", share: 1, afterMinutes: 0 },
      { entityId: "switch.coffee_machine", to: "on", share: 0.8, afterMinutes: 7 },
      { entityId: "cover.living_room_blind", to: "open", share: 0.7, afterMinutes: 9 },
      { entityId: "light.bedroom", to: "off", share: 0.9, afterMinutes: 15 },
    ],
  },
  "left on when away": {
    ...{ kind: "left_on", ...act("switch.iron", "on"), while: "away" },
    ...{ otherwise: "shorter", minutes: 140 },
  },
  "left on at night": {
    ...{ kind: "left_on", ...act("light.living_room_lamp", "on"), while: "asleep" },
    ...{ otherwise: "turned_off", minutes: 200 },
  },
  "a usual duration": {
    ...{ kind: "duration", ...act("light.storage", "on"), minutes: 6, scatter: 2 },
  },
  "a day type": {
    ...{ kind: "day_type", ...act("light.hall", "on"), differs: "first", on: "weekend" },
    ...{ than: "workday", value: 260, otherValue: 165 },
  },
  "by the week": {
    ...{ kind: "frequency", ...act("vacuum.robot", "cleaning"), perDay: 0.3, perWeek: 2 },
    what: { is: "weekly", weekdays: [0, 3] },
  },
  "a season": {
    ...{ kind: "seasonal", ...act("cover.awning", "open"), perDay: 0.8, perDayOtherwise: 0.1 },
    when: { tentative: false, season: "summer" },
  },
  "short days": {
    ...{ kind: "seasonal", ...act("light.hall", "on"), perDay: 4, perDayOtherwise: 2 },
    when: { tentative: true, days: "short", sunMinutes: 560 },
  },
  "long days": {
    ...{ kind: "seasonal", ...act("cover.living_room_blind", "closed"), perDay: 1 },
    ...{ perDayOtherwise: 0.2, when: { tentative: true, days: "long", sunMinutes: 860 } },
  },
  "several factors": {
    ...{ kind: "multi_factor", ...act("switch.coffee_machine", "on"), share: 0.9 },
    factors: [
      { of: "day_period", is: "morning" },
      { of: "weather", is: "rainy" },
    ],
    shareWithout: 0.3,
  },
  "alone on a day off": {
    ...{ kind: "multi_factor", ...act("media_player.speaker", "playing"), share: 0.8 },
    factors: [
      { of: "day_type", is: "free" },
      { of: "presence", is: "alone" },
    ],
    shareWithout: 0.3,
  },
  "one person": {
    ...{ kind: "person", ...act("media_player.speaker", "playing"), person: "ann" },
    ...{ share: 0.95, usualShare: 0.5 },
  },
  "evenings with light": {
    kind: "presence_plan",
    ...evidence("light.living_room_lamp", "light.hall"),
    ...{ on: "workdays", day: 20_690 },
    steps: [
      { entityId: "light.hall", to: "on", minute: EVENING - 60 },
      { entityId: "light.hall", to: "off", minute: EVENING - 50 },
      { entityId: "light.living_room_lamp", to: "on", minute: EVENING },
      { entityId: "light.hall", to: "on", minute: EVENING + 62 },
      { entityId: "light.living_room_lamp", to: "off", minute: EVENING + 130 },
    ],
  },
};

/** Those that say no moment at which something could be done. */
export const ONLY_SAID: Readonly<Record<string, Pattern>> = {
  "more often": {
    ...{ kind: "frequency", ...act("light.hall", "on"), perDay: 3, perWeek: 21 },
    what: { is: "more", days: 14, perDayBefore: 1 },
  },
  "one person at any hour": {
    ...{ kind: "person", ...act("media_player.speaker", "playing"), person: "ann" },
    ...{ share: 0.95, usualShare: 0.5, seen: atAnyHour("media_player.speaker", "playing") },
  },
  "somebody of whom no person is known": {
    ...{ kind: "person", ...act("media_player.speaker", "playing"), person: "stranger" },
    ...{ share: 0.95, usualShare: 0.5 },
  },
  "holidays in a house that knows none": {
    ...{ kind: "day_type", ...act("light.hall", "on"), differs: "count", on: "holiday" },
    ...{ than: "workday", value: 2, otherValue: 0.2 },
  },
  "when it is cold, of which nobody says how cold": {
    ...{ kind: "multi_factor", ...act("switch.coffee_machine", "on"), share: 0.9 },
    factors: [
      { of: "day_type", is: "free" },
      { of: "temperature", is: "cold" },
    ],
    shareWithout: 0.3,
  },
  "an unusual hour": {
    ...{ kind: "anomaly", ...act("light.hall", "on"), at: STARTS_AT },
    what: { is: "time", minute: 1_300 },
  },
  "an unusual length": {
    ...{ kind: "anomaly", ...act("light.hall", "on"), at: STARTS_AT },
    what: { is: "duration", minutes: 300, usualMinutes: 20 },
  },
  "nothing as usual": {
    ...{ kind: "anomaly", ...act("light.hall", "on"), at: STARTS_AT },
    what: { is: "absence", lastAt: STARTS_AT },
  },
};

/** What no house does by itself, however often its people do. */
export const FORBIDDEN: Readonly<Record<string, Pattern>> = {
  "a lock that is opened": habit("lock.front_door", "unlocked"),
  "a garage that is opened": habit("cover.garage_door", "open"),
  "water that is let run": habit("valve.main_water", "open"),
  "an alarm that is disarmed": habit("alarm_control_panel.house", "disarmed"),
};

export const known = (pattern: Pattern, more: Partial<KnownPattern> = {}): KnownPattern => ({
  ...{ id: pattern.key, pattern, status: "active", seenCount: 25, missedCount: 2, tries: 27 },
  ...{ confidenceLow: 0.78, confidenceHigh: 0.97, firstFoundAt: STARTS_AT },
  ...{ lastFoundAt: STARTS_AT + 30 * DAY_MS, past: [] },
  ...more,
});

export const TEXTS = createTexts({ language: "en-GB", timeZone: "Europe/Berlin" });

export const namesIn = ({ entities, areas }: HomeSnapshot): Names => ({
  entity: (id) => entities.get(id)?.name ?? id,
  deviceClass(id) {
    const { device_class: deviceClass } = entities.get(id)?.attributes ?? {};
    return typeof deviceClass === "string" ? deviceClass : undefined;
  },
  area: (id) => areas.get(id)?.name ?? id,
  person: (id) => (/ann/.test(id) ? "Ann" : undefined),
});
