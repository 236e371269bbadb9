import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import { createEspn, readEspn } from "#src/enrichment/espn/espn.ts";
import type { Game } from "#src/enrichment/provider.ts";
import { findEvents, mergeGames, type Told } from "#src/enrichment/sports/sports.ts";
import { createTeamTracker, readTeamTracker } from "#src/enrichment/team-tracker/team-tracker.ts";
import { AppError } from "#src/foundation/errors.ts";
import type { EntityState } from "#src/home/states/states.ts";
import { createFakeClock } from "#support/clock.ts";
import { noBodies, realBodies, reply, wrongReplies } from "#support/provider-bodies.ts";

const MINUTE = 60_000;
const START = Date.UTC(2026, 8, 13, 17);

const competitor = (homeAway: string, abbreviation: string | null, score: unknown = "0") => ({
  id: abbreviation,
  homeAway,
  score,
  curatedRank: { current: homeAway === "home" ? 5 : 99 },
  team: abbreviation ? { id: `7${abbreviation}`, abbreviation, displayName: abbreviation } : {},
});

const event = (name: string, state: string, scores: readonly unknown[] = ["3", "7"]) => ({
  id: "401",
  date: "2026-09-13T17:00Z",
  status: { displayClock: "4:12", type: { name, state, shortDetail: "4:12 - 3rd" } },
  competitions: [
    { competitors: [competitor("away", "AAA", scores[1]), competitor("home", "HHH", scores[0])] },
  ],
});
const board = (...events: unknown[]) => reply({ leagues: [{ slug: "nfl" }], events });

describe("ESPN", () => {
  test("says the sides, the score, the rank and the clock", () => {
    expect(readEspn(board(event("STATUS_IN_PROGRESS", "in"))).games).toEqual([
      {
        id: "401",
        league: "nfl",
        start: START,
        status: "playing",
        home: { id: "7HHH", name: "HHH", short: "HHH", score: 3, rank: 5 },
        away: { id: "7AAA", name: "AAA", short: "AAA", score: 7 },
        clock: "4:12 - 3rd",
      },
    ]);
  });

  test.each([
    ["STATUS_SCHEDULED", "pre", "scheduled"],
    ["STATUS_DELAYED", "pre", "scheduled"],
    ["STATUS_RAIN_DELAY", "in", "playing"],
    ["STATUS_HALFTIME", "in", "playing"],
    ["STATUS_FINAL", "post", "over"],
    ["STATUS_POSTPONED", "post", "postponed"],
    ["STATUS_CANCELED", "post", "canceled"],
  ])("%s is understood", (name, state, status) => {
    const [game] = readEspn(board(event(name, state))).games;
    expect(game?.status).toBe(status);
    expect(game?.home.score !== undefined).toBe(status === "playing" || status === "over");
  });

  test("a side that is not decided yet, and a score as an object, are understood", () => {
    const undecided = event("STATUS_FINAL", "post", [{ value: 21 }, null]);
    undecided.competitions[0]?.competitors.splice(0, 1, competitor("away", null, null));
    const [game] = readEspn(board(undecided)).games;
    expect(game?.away).toEqual({ id: "", name: "TBD" });
    expect(game?.home.score).toBe(21);
  });

  test("a game of another kind hides no other; when none can be read that is said", () => {
    const race = { id: "1", date: "2026-09-13T17:00Z", competitions: [{ competitors: [] }] };
    expect(readEspn(board(race, 7, event("STATUS_FINAL", "post"))).games).toHaveLength(1);
    expect(() => readEspn(board(race))).toThrow(AppError);
    expect(readEspn(board()).games).toEqual([]);
  });

  test.each(wrongReplies)("%s is no scoreboard", (_, body, kind) => {
    expect(() => readEspn(body)).toThrow(expect.objectContaining({ name: "AppError", kind }));
  });

  test("only the teams that the household follows are kept", async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.end(board(event("STATUS_FINAL", "post")).text);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as { port: number };
    const ask = (teams: readonly string[]) =>
      createEspn({
        leagues: ["football/nfl"],
        teams,
        clock: createFakeClock(START),
        baseUrl: `http://127.0.0.1:${port}/`,
      }).fetch(AbortSignal.timeout(2_000));
    expect((await ask(["hhh"])).games).toMatchObject([{ followed: ["home"] }]);
    expect((await ask(["7AAA"])).games).toHaveLength(1);
    expect((await ask(["BUF"])).games).toHaveLength(0);
    expect(asked[0]).toBe(
      "/apis/site/v2/sports/football/nfl/scoreboard?dates=20260912-20260920&limit=300",
    );
    server.close();
  });
});

describe("Team Tracker", () => {
  const sensor = (state: string, attributes: Record<string, unknown>): EntityState => ({
    entityId: "sensor.team_tracker",
    state,
    attributes,
    lastChangedAt: 0,
    lastUpdatedAt: 0,
    context: { id: "1" },
  });
  const attributes = {
    league: "NFL",
    date: "2026-09-13T17:00Z",
    event_id: "401",
    clock: "4:12 - 3rd",
    team_id: "7",
    team_abbr: "AAA",
    team_long_name: "Aaa Aces",
    team_homeaway: "away",
    team_score: "7",
    opponent_id: "8",
    opponent_abbr: "HHH",
    opponent_name: "Hares",
    opponent_score: 3,
  };

  test("shows the game of its team, at home or away", () => {
    expect(readTeamTracker([sensor("IN", attributes)]).games).toEqual([
      {
        id: "401",
        league: "NFL",
        start: START,
        status: "playing",
        home: { id: "8", name: "Hares", short: "HHH", score: 3 },
        away: { id: "7", name: "Aaa Aces", short: "AAA", score: 7 },
        clock: "4:12 - 3rd",
        followed: ["away"],
      },
    ]);
    const other = { ...attributes, team_homeaway: "home", team_abbr: "HHH", opponent_abbr: "AAA" };
    const both = readTeamTracker([sensor("IN", attributes), sensor("IN", other)]);
    expect(both.games).toMatchObject([{ followed: ["away", "home"] }]);
  });

  test("that is not there yet after a start of Home Assistant is no household without games", async () => {
    const states = () => new Map([["sensor.team_tracker", sensor("unavailable", {})]]);
    const tracker = createTeamTracker({ states, platformOf: () => "teamtracker" });
    await expect(tracker.fetch(AbortSignal.timeout(100))).rejects.toMatchObject({
      ...{ kind: "unavailable", code: "team_tracker.silent" },
    });
  });

  test("without a game, or with attributes that are null, it shows none", () => {
    const nothing = Object.fromEntries(Object.keys(attributes).map((name) => [name, null]));
    const states = [sensor("NOT_FOUND", {}), sensor("BYE", attributes), sensor("IN", nothing)];
    expect(readTeamTracker(states).games).toEqual([]);
  });

  test("that the household does not have is theirs to add", async () => {
    const none = createTeamTracker({ states: () => new Map(), platformOf: () => undefined });
    await expect(none.fetch(AbortSignal.timeout(100))).rejects.toMatchObject({
      kind: "unconfigured",
    });
  });
});

describe("what happens in a game is told once", () => {
  const game = (
    status: Game["status"],
    home?: number,
    away?: number,
    more: Partial<Game> = {},
  ) => ({
    id: "1",
    league: "nfl",
    start: START,
    status,
    home: { id: "H", name: "H", ...(home === undefined ? {} : { score: home }) },
    away: { id: "A", name: "A", ...(away === undefined ? {} : { score: away }) },
    ...more,
  });

  /** Looks at one scoreboard after the other, with a restart between any two. */
  function follow(steps: readonly (readonly [minutes: number, ...games: Game[]])[]): string[] {
    let told: Told = {};
    return steps.flatMap(([minutes, ...games]) => {
      const now = START + minutes * MINUTE;
      const look = findEvents({ told, facts: { games }, now, soonMs: 30 * MINUTE });
      told = JSON.parse(JSON.stringify(look.told));
      return look.events.map(({ kind, side, game: { id } }) =>
        [id, kind, side].filter(Boolean).join(" "),
      );
    });
  }

  test("from before the start to the end", () => {
    expect(
      follow([
        [-60, game("scheduled")],
        [-29, game("scheduled")],
        [-5, game("scheduled")],
        [1, game("playing", 0, 0)],
        [2, game("playing", 0, 0)],
        [9, game("playing", 7, 0)],
        [9, game("playing", 7, 0)],
        [20, game("playing", 7, 3)],
        [99, game("over", 7, 3)],
        [120, game("over", 7, 3)],
      ]),
    ).toEqual([
      "1 starts_soon",
      "1 game_starts",
      "1 score_changed home",
      "1 score_changed away",
      "1 game_over",
    ]);
  });

  test("a score that is taken back is told without a scorer, and a vendor that wavers restarts nothing", () => {
    expect(
      follow([
        [-40, game("scheduled")],
        [5, game("playing", 6, 0)],
        [6, game("playing", 0, 0)],
        [7, game("scheduled")],
        [8, game("playing", 0, 0)],
        [90, game("over", 0, 0)],
        [91, game("playing", 0, 0)],
        [92, game("over", 0, 0)],
      ]),
    ).toEqual(["1 game_starts", "1 score_changed home", "1 score_changed", "1 game_over"]);
  });

  test("two games of the same teams on one day are two, and a game first seen in play is not news", () => {
    const second = { id: "2", start: START + 240 * MINUTE };
    expect(
      follow([
        [-60, game("scheduled"), game("scheduled", undefined, undefined, second)],
        [5, game("playing", 0, 0), game("scheduled", undefined, undefined, second)],
        [200, game("over", 0, 0), game("scheduled", undefined, undefined, second)],
        [220, game("over", 0, 0), game("scheduled", undefined, undefined, second)],
        [245, game("playing", 0, 0, second)],
      ]),
    ).toEqual(["1 game_starts", "1 game_over", "2 starts_soon", "2 game_starts"]);
    expect(
      follow([
        [30, game("playing", 7, 7)],
        [31, game("playing", 7, 7)],
      ]),
    ).toEqual([]);
  });

  test("a game that was put off is announced again at its new time, and its end is told after a long silence", () => {
    const later = { start: START + 24 * 60 * MINUTE };
    expect(
      follow([
        [-20, game("scheduled")],
        [-10, game("postponed")],
        [24 * 60 - 20, game("scheduled", undefined, undefined, later)],
        [24 * 60 + 200, game("over", 1, 0, later)],
      ]),
    ).toEqual(["1 starts_soon", "1 starts_soon", "1 score_changed home", "1 game_over"]);
  });

  test("a game that two providers know is listed once", () => {
    const other = game("playing", 1, 0, { id: "x", league: "NFL" });
    expect(mergeGames([{ games: [other] }, { games: [game("playing")] }]).games).toEqual([other]);
    const tracked = game("playing", 0, 0, { followed: ["away"] });
    expect(mergeGames([{ games: [other] }, { games: [tracked] }]).games).toEqual([
      { ...other, followed: ["away"] },
    ]);
  });
});

test("real scoreboards are read, each game of them", (context) => {
  const bodies = realBodies("espn");
  if (bodies.length === 0) return context.skip(noBodies);
  for (const { name, bytes } of bodies) {
    const text = bytes.toString();
    const { games } = readEspn(reply(text));
    expect(games, name).toHaveLength(JSON.parse(text).events.length);
    expect(games.every((one) => one.home.name !== "TBD" && one.league !== "")).toBe(true);
  }
});
