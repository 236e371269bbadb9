import { NOW } from "./energy-answers.ts";

// Answers of the server about what it does by itself, small and made up.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WINDOW = "binary_sensor.bedroom_window";
const LIGHT = "light.kitchen_ceiling_light";

const settings = {
  ...{ enabled: true, messages: true, quietHours: { from: "22:00", to: "07:00" } },
  defaultLevel: "ask",
  levels: { domains: [{ domain: "light", level: "notify_after" }], areas: [] },
  limits: { messagesPerHour: 3, messagesPerDay: 10, actionsPerHour: 4 },
  ...{ undoMinutes: 15, rulesOff: ["game_starts"] },
};

const status = {
  settings,
  open: 1,
  outcomes: {
    ...{ proposed: 12, accepted: 6, declined: 2, acceptanceRate: 0.75, done: 4, undone: 1 },
  },
  recipients: [
    { entityId: "person.ada", name: "Ada", phones: 1, isChosen: true },
    { entityId: "person.ben", name: "Ben", phones: 0, isChosen: true },
  ],
  demoted: [{ domain: "media_player", until: NOW + 20 * DAY }],
  silenced: [{ id: "x-1", kind: "battery_low", title: "Door sensor: 12 %", until: NOW + 2 * DAY }],
};

const action = {
  ...{ id: "a-1", proposalId: "q-light", service: "light.turn_off", entityIds: [LIGHT] },
  ...{ at: NOW - 20 * MINUTE, outcome: "done", undoUntil: NOW - 5 * MINUTE, undo: "possible" },
};

const rain = {
  ...{ id: "q-rain", kind: "rain_windows_open", at: NOW - 5 * MINUTE, expiresAt: NOW + HOUR },
  title: "Rain in 20 minutes, and the bedroom window is open",
  text: "The forecast says 2.4 mm between 12:00 and 13:00.",
  entityIds: [WINDOW],
  evidence: [
    { text: "Bedroom window is open", entityId: WINDOW, at: NOW - 3 * HOUR },
    { text: "Rain from 11:50, 2.4 mm" },
  ],
  offer: {
    label: "Close the skylight",
    actions: [{ service: "cover.close_cover", entityIds: ["cover.skylight"] }],
  },
  status: "open",
  decision: {
    outcome: "ask",
    rule: "level",
    text: "It asks, because nothing else is said about covers.",
  },
  actions: [],
};
const left = {
  ...rain,
  ...{ id: "q-light", kind: "left_on_nobody_home", at: NOW - 30 * MINUTE, status: "done" },
  ...{ title: "The kitchen light is on", text: "Nobody is home.", entityIds: [LIGHT] },
  actions: [action],
};

const by = { name: "HomeIQ" };
const entry = (id: number, more: object) => ({
  ...{ id, at: NOW - (10 - id) * 7 * MINUTE, by, entityIds: [LIGHT] },
  ...more,
});
const first = [
  entry(9, {
    ...{ event: "action", outcome: "done", text: "Kitchen ceiling light was turned off" },
    ...{ actionId: "a-1", proposalId: "q-light", rule: "level" },
  }),
  entry(8, {
    ...{ event: "answer", outcome: "do", text: "Ada said yes", by: { id: "1", name: "Ada" } },
    proposalId: "q-light",
  }),
  entry(7, {
    ...{ event: "decision", outcome: "refused", text: "The front door was not unlocked" },
    rule: "never_allowed",
  }),
  entry(6, { event: "message", outcome: "told", text: "Ada was asked about the kitchen light" }),
];
const second = [entry(3, { event: "task", outcome: "nothing", text: "Look around at night" })];

/** As the server answers: by pages, and by what is asked for. */
const log = (url: URL) => {
  const event = url.searchParams.get("event");
  const entries = url.searchParams.has("before") ? second : first;
  const isLast = url.searchParams.has("before") || event !== null;
  const shown = entries.filter((one) => event === null || Object(one).event === event);
  return { entries: shown, ...(isLast ? {} : { next: 6 }) };
};

const tasks = [
  {
    ...{ id: "t-1", name: "Morning", template: "morning_briefing", cron: "0 7 * * 1-5" },
    sections: ["weather_today", "calendar_today", "cheap_hours"],
    ...{ cooldownMinutes: 60, enabled: true, onlyIfSomething: false },
    nextRunAt: NOW + 3 * DAY - 4.5 * HOUR,
    lastRun: {
      ...{ id: 3, taskId: "t-1", at: NOW - 4.5 * HOUR, outcome: "told" },
      ...{ title: "Good morning", text: "4 °C and rain.\nDentist at 12:30." },
    },
  },
  {
    ...{ id: "t-2", name: "Odd", template: "custom", cron: "*/30 8-18 * * *" },
    ...{ sections: ["open_now"], cooldownMinutes: 0, enabled: false, onlyIfSomething: true },
  },
];

export const AGENT = {
  agent: status,
  "agent/proposals": { proposals: [rain, left] },
  "agent/log": log,
  "agent/tasks": { tasks },
};

export const NO_AGENT = {
  agent: {
    ...status,
    settings: { ...settings, messages: false, levels: { domains: [], areas: [] } },
    ...{ open: 0, recipients: [], demoted: [], silenced: [] },
    outcomes: { proposed: 0, accepted: 0, declined: 0, done: 0, undone: 0 },
  },
  "agent/proposals": { proposals: [] },
  "agent/log": { entries: [] },
  "agent/tasks": { tasks: [] },
};
