import { NOW } from "./energy-answers.ts";

// Answers of the server about suggestions, small and made up.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIGHT = "light.kitchen_ceiling_light";
const AUTOMATION = "automation.evening_balcony_light";

/** At about 22:40 in Vienna, one night each but every fifth. */
const chart = Array.from({ length: 28 }, (_, day) => {
  const minute = 22 * 60 + 28 + ((day * 7) % 25);
  const midnight = Date.UTC(2026, 9, 30 + day, 0) - HOUR;
  return { at: midnight + minute * MINUTE, minute, is: day % 5 === 3 ? "missed" : "seen" };
});

const factors = [
  { name: "usefulness", value: 0.8, why: "You do it by hand 6 times a week." },
  { name: "confidence", value: 0.79, why: "It came on 22 of 28 evenings." },
  { name: "novelty", value: 1, why: "Nothing like it was suggested before." },
  { name: "effort", value: 0.65, why: "It spares about 6 switchings a week." },
];

const reading = {
  kind: "automation",
  alias: "Kitchen light off at night",
  mode: "single",
  triggers: [{ kind: "time", at: [{ ms: 22.66 * HOUR }], weekdays: [] }],
  conditions: [],
  actions: [],
};

const common = {
  ...{ source: "pattern", action: "create", status: "open", kind: "time_of_day" },
  ...{ explanation: [], automationIds: [], patternIds: [], chart: [], choices: [] },
  entityIds: [LIGHT],
  score: { total: 0.41, factors },
  history: [{ at: NOW - 2 * DAY, status: "open" }],
  ...{ firstFoundAt: NOW - 2 * DAY, updatedAt: NOW - 2 * DAY },
};

const tested = {
  ...{ state: "done", testedAt: NOW - HOUR, from: NOW - 30 * DAY, to: NOW },
  ...{ runs: 14, matched: 11, annoying: 2, idle: 0, unasked: 1, missed: 3 },
};

export const NIGHT = {
  ...common,
  id: "s-night",
  title: "Turn the kitchen light off at 22:40",
  text: "You turn the kitchen ceiling light off by hand on most evenings, at about 22:40.",
  explanation: [
    "It was seen on 22 of 28 evenings.",
    "On 6 evenings it stayed on longer, most of them Saturdays.",
  ],
  patternIds: ["p-lamp"],
  chart,
  backTest: tested,
  draft: {
    kind: "automation",
    yaml: "alias: Kitchen light off at night\ntriggers:\n  - trigger: time\n    at: '22:40:00'\n",
    problems: [],
    reading: { ...reading, triggers: [] },
  },
};

export const WASHING = {
  ...common,
  ...{ id: "s-washing", source: "energy", kind: "energy" },
  title: "Start the washing machine when electricity is cheap",
  text: "It usually starts at 18:00, when a kilowatt-hour costs most. At 13:00 it would cost half.",
  whyNow: "Tomorrow between 12:00 and 15:00 it is cheapest this week.",
  caution: "It starts a machine while nobody may be home.",
  entityIds: ["switch.washing_machine"],
  synergyId: "y-washing",
  saving: { value: 1.2, low: 0.9, high: 1.6, unit: "EUR", days: 34 },
  backTest: { state: "pending" },
  score: { total: 0.22, factors },
};

export const LEAK = {
  ...common,
  ...{ id: "s-leak", source: "template", kind: "safety", templateId: "leak_alarm" },
  title: "Tell everybody when water leaks",
  text: "You have a leak sensor under the sink, and nothing tells you when it gets wet.",
  entityIds: ["binary_sensor.kitchen_leak"],
  draft: { kind: "automation", problems: [] },
  choices: [
    {
      ...{ slot: "sensor", kind: "entity", label: "Which sensor", many: false, ask: true },
      options: [
        { value: "binary_sensor.kitchen_leak", text: "Kitchen leak" },
        { value: "binary_sensor.bath_leak", text: "Bath leak" },
      ],
    },
    {
      ...{ slot: "wait", kind: "period", label: "Wait for", many: false, ask: false },
      ...{ value: 2 * MINUTE, min: 0, max: 30 * MINUTE },
    },
    {
      ...{ slot: "told", kind: "notify", label: "Who is told", many: true, ask: false },
      value: [{ action: "notify.mobile_app_ada" }],
      options: [
        { value: [{ action: "notify.mobile_app_ada" }], text: "Ada's phone" },
        { value: [{ action: "notify.mobile_app_ben" }], text: "Ben's phone" },
      ],
    },
  ],
};

const KEPT = {
  ...common,
  ...{ id: "s-kept", status: "probation", automationId: AUTOMATION, source: "scene" },
  title: "Evening light as a scene",
  text: "You set these four lamps to the same values on most evenings.",
  history: [
    { at: NOW - 9 * DAY, status: "open" },
    { at: NOW - 8 * DAY, status: "accepted", by: "Ada" },
    { at: NOW - 8 * DAY, status: "deployed", by: "Ada" },
  ],
};

const DUPLICATE = {
  ...common,
  ...{ id: "s-duplicate", source: "automation", action: "delete", kind: "lint.duplicate" },
  title: "Remove the automation that does the same twice",
  text: "“Evening balcony light” does what another one does already.",
  automationIds: [AUTOMATION],
};

const lastRefresh = {
  ...{ at: NOW - 8 * HOUR, found: 9, opened: 1, expired: 0, open: 4, waiting: 3 },
};

const outcome = {
  ...{ shown: 14, accepted: 9, dismissed: 3, deployed: 9, kept: 4, due: 5, undone: 1 },
  ...{ overrides: 2, runs: 80, acceptance: { value: 0.75, low: 0.47, high: 0.91 } },
};
const none = {
  ...{ shown: 0, accepted: 0, dismissed: 0, deployed: 0, kept: 0, due: 0, undone: 0 },
  ...{ overrides: 0, runs: 0 },
};

const ALL = [NIGHT, WASHING, LEAK, DUPLICATE, KEPT];
const draft = {
  ...{ id: "d-1", kind: "automation", alias: "Kitchen light off at night", status: "draft" },
  ...{ source: NIGHT.draft.yaml, hash: "h-1", valid: true, problems: [] },
  ...{ createdAt: NOW, updatedAt: NOW },
  diff: [{ kind: "added", text: NIGHT.draft.yaml }],
};

/** As the server answers: those of the states that are asked for. */
const answerOf = (url: URL) => {
  const statuses = url.searchParams.get("status")?.split(",") ?? ["open"];
  return { suggestions: ALL.filter(({ status }) => statuses.includes(status)), lastRefresh };
};

export const SUGGESTIONS = {
  suggestions: answerOf,
  "suggestions/outcomes": {
    all: outcome,
    bySource: [
      { ...outcome, source: "pattern" },
      { ...none, source: "template", shown: 3 },
    ],
    byKind: [],
  },
  ...Object.fromEntries(ALL.map((one) => [`suggestions/${one.id}`, one])),
  ...Object.fromEntries(
    ALL.flatMap((one) =>
      ["accept", "snooze", "dismiss", "reopen", "undo"].map((what) => [
        `suggestions/${one.id}/${what}`,
        what === "accept" && one.action === "create"
          ? { ...one, status: "accepted", draftId: draft.id }
          : one,
      ]),
    ),
  ),
  "automations/drafts/d-1": draft,
  "automations/drafts/d-1/approve": { state: "done", entityId: AUTOMATION },
  "suggestions/refresh": { ...lastRefresh, opened: 2, open: 6 },
};

export const NO_SUGGESTIONS = {
  suggestions: { suggestions: [] },
  "suggestions/outcomes": { all: none, bySource: [], byKind: [] },
};
