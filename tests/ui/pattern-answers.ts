import { NOW } from "./energy-answers.ts";

// Answers of the server about habits, small and made up.

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const LIGHT = "light.kitchen_ceiling_light";
const SPEAKER = "media_player.living_room_speaker";

/** Cells of a week by "day hour". */
const heatOf = (cells: Readonly<Record<string, number>>) =>
  Array.from({ length: 168 }, (_, index) => cells[`${Math.floor(index / 24)} ${index % 24}`] ?? 0);

/** At about 22:40 in Vienna, one night each but every fifth. */
const SEEN = Array.from({ length: 30 }, (_, day) => day)
  .filter((day) => day % 5 !== 3)
  .map((day) => ({
    at: NOW - (30 - day) * DAY + 11 * HOUR + ((day * 7) % 25) * MINUTE,
    entityId: LIGHT,
    to: "off",
  }));

const lamp = {
  ...{ id: "p-lamp", kind: "time_of_day", entityIds: [LIGHT] },
  ...{ status: "active", text: "Kitchen ceiling light is turned off at about 22:40" },
  ...{ confidence: 0.8, confidenceLow: 0.63, confidenceHigh: 0.91, lift: 14.2, chance: 0.00002 },
  ...{ seenCount: SEEN.length, missedCount: 6, tries: 30, automatedBy: [] },
  ...{ firstFoundAt: NOW - 30 * DAY, lastFoundAt: NOW - 12 * HOUR },
  heat: heatOf({
    ...{ "0 22": 4, "1 22": 4, "2 22": 3, "3 22": 4, "4 22": 2, "4 23": 2, "5 23": 3 },
    ...{ "6 22": 1, "6 21": 1 },
  }),
};

const music = {
  ...{ id: "p-music", kind: "co_activation", entityIds: [SPEAKER, LIGHT] },
  ...{ status: "fading", text: "Living room speaker and Kitchen ceiling light go on together" },
  ...{ confidence: 0.62, confidenceLow: 0.4, confidenceHigh: 0.8, lift: 3.4, chance: 0.004 },
  ...{
    seenCount: 11,
    missedCount: 1,
    tries: 12,
    automatedBy: ["automation.evening_balcony_light"],
  },
  ...{ firstFoundAt: NOW - 60 * DAY, lastFoundAt: NOW - 9 * DAY },
  heat: heatOf({ "4 19": 4, "5 19": 5, "5 20": 1, "6 11": 1 }),
};

const freezer = {
  ...{ id: "p-freezer", kind: "anomaly", entityIds: ["sensor.cellar_freezer_power"] },
  ...{ status: "ended", text: "Freezer drew power for longer than ever on Tuesday" },
  ...{ confidence: 0.97, confidenceLow: 0.9, confidenceHigh: 0.99, lift: 1, chance: 0.001 },
  ...{ seenCount: 1, missedCount: 0, tries: 1, automatedBy: [] },
  ...{ firstFoundAt: NOW - 20 * DAY, lastFoundAt: NOW - 20 * DAY },
  heat: heatOf({ "1 3": 1 }),
};

const detectorsOf = (kinds: readonly string[]) =>
  kinds.map((kind, index) => ({
    ...{ detector: kind, runs: 31, found: index * 3, durationMs: 140 + index * 410 },
    ...{ capped: 0, failures: 0 },
    ...(kind === "seasonal" && {
      ...{ found: 0, failures: 2, lastError: "Less than a year is recorded" },
    }),
  }));

const stats = {
  running: false,
  byKind: [],
  lastRun: {
    ...{ startedAt: NOW - 8.5 * HOUR, durationMs: 2_400, from: NOW - 90 * DAY, to: NOW },
    ...{ changes: 184_211, acts: 3_120, entities: 212, found: 3 },
  },
  detectors: detectorsOf(["time_of_day", "co_activation", "sequence", "seasonal", "anomaly"]),
};

export const PATTERNS = {
  patterns: { patterns: [lamp, music, freezer] },
  "patterns/p-lamp": {
    ...lamp,
    facts: {},
    seen: SEEN.toReversed(),
    missed: ["2026-11-27", "2026-11-22", "2026-11-17", "2026-11-12", "2026-11-07", "2026-11-02"],
    past: Array.from({ length: 12 }, (_, night) => ({
      at: NOW - (12 - night) * DAY,
      confidence: 0.55 + night * 0.021,
    })),
  },
  "patterns/stats": stats,
} as const;

export const NO_PATTERNS = {
  patterns: { patterns: [] },
  "patterns/stats": { running: false, byKind: [], detectors: [] },
} as const;
