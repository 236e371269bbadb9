// Answers of the server about games and appointments, small and made up.

const HOUR = 3_600_000;

const playedAt = (now: number) => ({
  ...{ id: "0", league: "Bundesliga", start: now - 20 * HOUR, status: "over" },
  home: { id: "a", name: "Rapid Wien", score: 2 },
  away: { id: "c", name: "Austria Wien", score: 1 },
});

export const gameEventsAt = (now: number) => [
  { kind: "game_over", at: now - 18 * HOUR, game: playedAt(now) },
  { kind: "score_changed", side: "home", at: now - 18.5 * HOUR, game: playedAt(now) },
];

export const occupancyAt = (now: number, slots: readonly object[]) => ({
  hints: [
    {
      ...{ meaning: "guests", keyword: "visit", confidence: 0.75 },
      ...{ start: now + 24 * HOUR, end: now + 27 * HOUR },
      event: {
        ...{ calendar: "calendar.family", summary: "Visit of Ada", isAllDay: false },
        ...{ start: now + 24 * HOUR, end: now + 27 * HOUR },
      },
    },
  ],
  hours: slots.map((slot, hour) => ({ ...slot, home: hour >= 13 && hour < 17 ? 0.1 : 0.9 })),
  knownHours: 900,
  accuracy: { verdict: "measured", hours: 500, right: 0.91, rightByGuessing: 0.7, brier: 0.07 },
});
