import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Game } from "#src/enrichment/provider.ts";
import { describeTeams, type GameWatch, watchGames } from "#src/enrichment/sports/sports.ts";
import { createLog } from "#src/foundation/log.ts";
import { HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { openStore, type Store } from "#src/store/database.ts";
import { createFakeClock } from "#support/clock.ts";

const START = Date.UTC(2026, 8, 13, 17);
const log = createLog("silent");

let folder: string;
let store: Store;
let clock: ReturnType<typeof createFakeClock>;
let watch: GameWatch;
let told: string[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-games-"));
  store = openStore(join(folder, "homeiq.db"));
  clock = createFakeClock(START - HOUR_MS);
  told = [];
  watch = open();
});
afterEach(async () => {
  await watch[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

const open = (writer: Pick<Store["writer"], "write"> = store.writer) =>
  watchGames({
    ...{ store: { db: store.db, writer: { ...store.writer, ...writer } }, clock, log },
    tell: (events) =>
      void told.push(
        ...events.map(({ kind, side, game }) => [game.id, kind, side].filter(Boolean).join(" ")),
      ),
  });

const game = (
  status: Game["status"],
  scores: readonly [number, number] | undefined = undefined,
  more: Partial<Game> = {},
): Game => ({
  ...{ id: "1", league: "nfl", start: START, status },
  home: { id: "H", name: "Hares", ...(scores ? { score: scores[0] } : {}) },
  away: { id: "A", name: "Aces", ...(scores ? { score: scores[1] } : {}) },
  ...more,
});

/** The scoreboard so many minutes after the start of the game, seen after a restart. */
async function see(minutes: number, ...games: Game[]): Promise<string[]> {
  clock.advance(START + minutes * MINUTE_MS - clock.now());
  await watch[Symbol.asyncDispose]();
  watch = open();
  told = [];
  await watch.look({ games });
  await watch.look({ games });
  return told;
}

test("with a restart between any two scoreboards everything is told once", async () => {
  expect(await see(-50, game("scheduled"))).toEqual([]);
  expect(await see(-20, game("scheduled"))).toEqual(["1 starts_soon"]);
  expect(await see(-10, game("scheduled"))).toEqual([]);
  expect(await see(2, game("playing", [0, 0]))).toEqual(["1 game_starts"]);
  expect(await see(9, game("playing", [7, 0]))).toEqual(["1 score_changed home"]);
  expect(await see(10, game("playing", [7, 0]))).toEqual([]);
  expect(await see(99, game("over", [7, 0]))).toEqual(["1 game_over"]);
  expect(await see(130, game("over", [7, 0]))).toEqual([]);
  expect(watch.events(10).map(({ kind }) => kind)).toEqual([
    ...["game_over", "score_changed", "game_starts", "starts_soon"],
  ]);
});

test("a score that is corrected downwards is told without a scorer", async () => {
  await see(-50, game("scheduled"));
  await see(5, game("playing", [0, 1]));
  expect(await see(6, game("playing", [0, 0]))).toEqual(["1 score_changed"]);
  expect(watch.events(1)[0]).not.toHaveProperty("side");
});

test("a game that is put off neither starts nor ends, and starts once at its new time", async () => {
  const later = { start: START + 26 * HOUR_MS };
  await see(-50, game("scheduled"));
  expect(await see(10, game("postponed"))).toEqual([]);
  expect(await see(60, game("scheduled", undefined, later))).toEqual([]);
  expect(await see(26 * 60 + 1, game("playing", [0, 0], later))).toEqual(["1 game_starts"]);
  expect(await see(26 * 60 + 2, game("playing", [0, 0], later))).toEqual([]);
});

test("two games of the same teams on one day are told apart", async () => {
  const second = { id: "2", start: START + 5 * HOUR_MS };
  await see(-50, game("scheduled"), game("scheduled", undefined, second));
  await see(1, game("playing", [0, 0]), game("scheduled", undefined, second));
  expect(await see(150, game("over", [0, 0]), game("scheduled", undefined, second))).toEqual([
    "1 game_over",
  ]);
  expect(await see(301, game("over", [0, 0]), game("playing", [0, 0], second))).toEqual([
    "2 game_starts",
  ]);
  expect(await see(302, game("over", [0, 0]), game("playing", [1, 0], second))).toEqual([
    "2 score_changed home",
  ]);
});

test("what cannot be kept is not told yet, and told once when it can", async () => {
  await see(-50, game("scheduled"));
  let isFull = true;
  const write: Store["writer"]["write"] = (statements) =>
    isFull ? Promise.reject(new Error("disk full")) : store.writer.write(statements);
  watch = open({ write });
  clock.advance(51 * MINUTE_MS);
  await watch.look({ games: [game("playing", [0, 0])] });
  expect(told).toEqual([]);
  isFull = false;
  await watch.look({ games: [game("playing", [0, 0])] });
  await watch.look({ games: [game("playing", [0, 0])] });
  expect(told).toEqual(["1 game_starts"]);
});

test("a team is described by the game that is on, else by the nearest one", () => {
  const followed = { followed: ["home"] } as const;
  const first = game("over", [3, 0], followed);
  const second = { id: "2", start: START + 5 * HOUR_MS, ...followed };
  const at = (hours: number, ...games: Game[]) =>
    describeTeams({ games }, START + hours * HOUR_MS).map(({ state }) => state);
  expect(at(2, first, game("scheduled", undefined, second))).toEqual(["over"]);
  expect(at(4, first, game("scheduled", undefined, second))).toEqual(["pre"]);
  expect(at(5.5, first, game("playing", [0, 0], second))).toEqual(["live"]);
  expect(describeTeams({ games: [first] }, START)).toEqual([
    {
      ...{ key: "hares", team: "Hares", state: "over" },
      attributes: {
        ...{ score: 3, opponent: "Aces", opponent_score: 0, league: "nfl" },
        ...{ start: "2026-09-13T17:00:00.000Z", is_home: true },
      },
    },
  ]);
  expect(describeTeams({ games: [game("playing", [0, 0])] }, START)).toEqual([]);
  const named = game("playing", [0, 0], {
    home: { id: "5", name: "FC Bayern München" },
    ...followed,
  });
  expect(describeTeams({ games: [named] }, START)).toMatchObject([
    { key: "fc_bayern_munchen", team: "FC Bayern München" },
  ]);
});
