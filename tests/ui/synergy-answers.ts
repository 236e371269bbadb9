import { NOW } from "./energy-answers.ts";

// Answers of the server about what goes together, small and made up.

const DAY = 24 * 3_600_000;
const WASHER = "switch.washing_machine";
const LIGHT = "light.kitchen_ceiling_light";
const SPEAKER = "media_player.living_room_speaker";

const score = {
  ...{ value: 0.4, sure: 0.63, n: 24, of: 30, worth: 0.63 },
  by: { kind: "acts", perWeek: 3.2, half: 2 },
};
const common = {
  ...{ status: "active", score, firstFoundAt: NOW - 20 * DAY, lastFoundAt: NOW },
};
const evening = {
  ...common,
  ...{ id: "y-evening", type: "device_pair", entityIds: [SPEAKER, LIGHT] },
  title: "Music and kitchen light",
  text: "When the speaker starts in the evening, the kitchen light is dimmed within two minutes.",
  nodes: [
    { kind: "entity", id: SPEAKER },
    { kind: "entity", id: LIGHT },
    { kind: "outside", id: "night" },
  ],
  edges: [
    { from: SPEAKER, to: LIGHT, joins: "sets_off" },
    { from: "night", to: LIGHT, joins: "when" },
  ],
  benefits: [
    {
      ...{ kind: "acts", days: 60, daysWithSome: 24 },
      perWeek: { value: 3.2, low: 2.1, high: 4.5 },
    },
  ],
};
const washing = {
  ...common,
  ...{ id: "y-washing", type: "energy", entityIds: [WASHER] },
  title: "Washing machine and price",
  text: "The washing machine mostly starts when electricity is dear.",
  nodes: [
    { kind: "entity", id: WASHER },
    { kind: "outside", id: "price" },
  ],
  edges: [{ from: "price", to: WASHER, joins: "when" }],
  benefits: [
    {
      ...{ kind: "cost", days: 34, daysWithSome: 12 },
      perWeek: { value: 0.28, low: 0.21, high: 0.37 },
    },
  ],
};
const lock = {
  ...common,
  ...{ id: "y-lock", type: "security", entityIds: [LIGHT], benefits: [] },
  title: "Kitchen light and nobody home",
  text: "The kitchen light stays on when the last one leaves.",
  nodes: [
    { kind: "entity", id: LIGHT },
    { kind: "outside", id: "people" },
  ],
  edges: [{ from: "people", to: LIGHT, joins: "with" }],
};

export const SYNERGIES = {
  synergies: { synergies: [evening, washing, lock] },
  "synergies/stats": {
    ...{ running: false, active: 3, gone: 1, byType: [] },
    lastRun: {
      ...{ startedAt: NOW - 8 * 3_600_000, durationMs: 820, from: NOW - 60 * DAY, to: NOW },
      ...{ found: 3, automated: 2 },
      missing: [
        { type: "event", needs: "team" },
        { type: "calendar", needs: "calendar" },
      ],
    },
  },
  "synergies/y-evening": {
    ...evening,
    facts: {},
    measured: {
      ...{ n: 24, of: 30, from: NOW - 60 * DAY, to: NOW },
      seen: [
        { at: NOW - DAY, entityId: SPEAKER },
        { at: NOW - 2 * DAY, entityId: SPEAKER },
      ],
    },
  },
};

export const NO_SYNERGIES = {
  synergies: { synergies: [] },
  "synergies/stats": { running: false, active: 0, gone: 0, byType: [] },
};
