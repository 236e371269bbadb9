import type { Game, SportsFacts } from "#enrichment/provider.ts";
import { HOUR_MS } from "#foundation/time.ts";

export const SPORTS_EVENTS = ["starts_soon", "game_starts", "score_changed", "game_over"] as const;

/** Something that happened in a game, or will soon. */
export interface SportsEvent {
  readonly kind: (typeof SPORTS_EVENTS)[number];
  readonly at: number;
  readonly game: Game;
  /** Of `score_changed`: who scored; absent when a score was taken back. */
  readonly side?: "home" | "away";
}

/** What was told of each game; plain data, kept over restarts. */
export type Told = Readonly<Record<string, ToldGame>>;

/** What was told of one game. */
export interface ToldGame {
  readonly start: number;
  readonly status: Game["status"];
  readonly home?: number;
  readonly away?: number;
  readonly isSoonTold?: boolean;
  readonly isStartTold?: boolean;
  readonly isOverTold?: boolean;
  readonly seenAt: number;
}

const FORGET_AFTER_MS = 48 * HOUR_MS; // longer than any game and its corrections

interface Look {
  readonly told: Told;
  readonly facts: SportsFacts;
  readonly now: number;
  /** How long before a start it is told; 0 for never. */
  readonly soonMs: number;
}

/**
 * What is new since what was told, each thing once, however often the vendor goes back and forth and also after a
 * restart. Of a game that is seen for the first time, what was before is not told.
 */
export function findEvents({ told, facts, now, soonMs }: Look): {
  readonly events: readonly SportsEvent[];
  readonly told: Told;
} {
  const events: SportsEvent[] = [];
  const next: Record<string, ToldGame> = {};
  for (const [id, before] of Object.entries(told)) {
    if (now - before.seenAt < FORGET_AFTER_MS) next[id] = before;
  }
  for (const game of facts.games) {
    const key = keyOf(game);
    const before = next[key] ?? told[key];
    events.push(...eventsOf(game, { before, now, soonMs }));
    next[key] = remember(game, { before, now, soonMs });
  }
  return { events, told: next };
}

/** The same game has the same one, whichever provider tells of it. */
const keyOf = ({ league, id }: Game) => `${league.toLowerCase()} ${id}`;

interface Memory {
  readonly before: ToldGame | undefined;
  readonly now: number;
  readonly soonMs: number;
}

function eventsOf(game: Game, { before, now, soonMs }: Memory): SportsEvent[] {
  const tell = (kind: SportsEvent["kind"], side?: SportsEvent["side"]): SportsEvent => ({
    kind,
    at: now,
    game,
    ...(side ? { side } : {}),
  });
  const events: SportsEvent[] = [];
  if (isSoon(game, now, soonMs) && !isSoonTold(game, before)) events.push(tell("starts_soon"));
  const hasBegun = game.status === "playing" || game.status === "over";
  if (!before || !hasBegun) return events;
  const isOverAtOnce = game.status === "over" && before.status !== "playing";
  if (!before.isStartTold && !isOverAtOnce) events.push(tell("game_starts"));
  for (const side of before.isOverTold ? [] : (["home", "away"] as const)) {
    const [was, is] = [before[side] ?? 0, game[side].score];
    if (is === undefined || is === was) continue;
    events.push(is > was ? tell("score_changed", side) : tell("score_changed"));
  }
  if (game.status === "over" && !before.isOverTold) events.push(tell("game_over"));
  return events;
}

function remember(game: Game, { before, now, soonMs }: Memory): ToldGame {
  const hasBegun = game.status === "playing" || game.status === "over";
  const home = game.home.score ?? before?.home;
  const away = game.away.score ?? before?.away;
  return {
    start: game.start,
    status: game.status,
    ...(home === undefined ? {} : { home }),
    ...(away === undefined ? {} : { away }),
    isSoonTold: isSoonTold(game, before) || isSoon(game, now, soonMs),
    isStartTold: (before?.isStartTold ?? false) || hasBegun,
    isOverTold: (before?.isOverTold ?? false) || game.status === "over",
    seenAt: now,
  };
}

const isSoon = ({ status, start }: Game, now: number, soonMs: number) =>
  status === "scheduled" && start > now && start - now <= soonMs;

/** A game that was put off to another time is announced again. */
const isSoonTold = (game: Game, before: ToldGame | undefined): boolean =>
  before !== undefined &&
  (before.isSoonTold === true || before.isStartTold === true) &&
  Math.abs(before.start - game.start) < HOUR_MS;
