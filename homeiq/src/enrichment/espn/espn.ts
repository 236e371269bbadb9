import type { Game, Provider, Side, SportsFacts } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import {
  type Competition,
  type Competitor,
  Event,
  Scoreboard,
  type Status,
} from "./espn.schema.ts";

/**
 * The games of a scoreboard or of a team's schedule. `league` where the reply does not name it.
 *
 * A game that cannot be read is left out, as sports differ; throws `internal` when none of several can.
 */
export function readEspn(reply: Reply, league = ""): SportsFacts {
  const board = readJson(reply, Scoreboard);
  const slug = board.leagues?.[0]?.slug ?? league;
  const games: Game[] = [];
  let unread = 0;
  for (const one of board.events) {
    const event = Event.safeParse(one);
    const found = event.success ? toGames(event.data, slug) : [];
    if (found.length === 0) unread += 1;
    games.push(...found);
  }
  if (unread > 0 && games.length === 0) {
    throw new AppError("internal", "http.unexpected_shape", "None of the games can be read", {
      facts: { at: "events", games: unread },
    });
  }
  return { games };
}

/** A doubleheader is two events, a tournament's day one event of several competitions. */
function toGames(event: Event, league: string): Game[] {
  return event.competitions.flatMap((competition, index) => {
    const start = Date.parse(competition.date ?? event.date);
    const sides = toSides(competition);
    const status = competition.status ?? event.status;
    if (Number.isNaN(start) || !sides || !status) return [];
    const state = statusOf(status);
    return [
      dropAbsent({
        id: competition.id ?? (index === 0 ? event.id : `${event.id}-${index}`),
        league,
        start,
        status: state,
        ...withScores(sides, state),
        clock: status.type.shortDetail ?? status.displayClock ?? undefined,
      }),
    ];
  });
}

function toSides({ competitors }: Competition): { home: Side; away: Side } | undefined {
  const [first, second] = competitors ?? [];
  if (!first || !second || competitors?.length !== 2) return undefined; // a race has no sides
  const home = [first, second].find(({ homeAway }) => homeAway === "home") ?? first;
  return { home: toSide(home), away: toSide(home === first ? second : first) };
}

function toSide({ id, team, athlete, score, curatedRank }: Competitor): Side {
  const points = typeof score === "object" ? score?.value : score;
  const value =
    points === null || points === undefined || points === "" ? Number.NaN : Number(points);
  const rank = curatedRank?.current ?? 0;
  return dropAbsent({
    id: team?.id ?? id ?? "",
    name: team?.displayName ?? team?.name ?? athlete?.displayName ?? "TBD",
    short: team?.abbreviation ?? athlete?.shortName ?? undefined,
    score: Number.isFinite(value) ? value : undefined,
    rank: rank >= 1 && rank <= 25 ? rank : undefined, // 99 stands for "not ranked"
  });
}

/** Before it starts the vendor says 0:0, which nobody has scored. */
function withScores({ home, away }: { home: Side; away: Side }, status: Game["status"]) {
  if (status === "playing" || status === "over") return { home, away };
  const { score: _, ...bareHome } = home;
  const { score: __, ...bareAway } = away;
  return { home: bareHome, away: bareAway };
}

/** A delay before the start leaves it scheduled, one within leaves it in play. */
function statusOf({ type }: Status): Game["status"] {
  const name = type.name ?? "";
  if (/CANCEL|FORFEIT|ABANDON/.test(name)) return "canceled";
  if (/POSTPONE|SUSPEND/.test(name)) return "postponed";
  if (type.state === "post" || type.completed) return "over";
  return type.state === "in" ? "playing" : "scheduled";
}

interface Deps {
  /** `football/nfl`, `soccer/usa.1`: the sport and the league's slug. */
  readonly leagues: readonly string[];
  /** Ids or abbreviations; without any, all games of the leagues. */
  readonly teams: readonly string[];
  readonly clock: Clock;
  readonly baseUrl?: string;
}

const BACK_MS = DAY_MS; // a game that began last evening may go on
const AHEAD_MS = 7 * DAY_MS;

/** ESPN's scoreboards of the leagues that the household follows. Needs no key. */
export function createEspn({
  leagues,
  teams,
  clock,
  baseUrl = "https://site.api.espn.com/",
}: Deps): Provider<SportsFacts> {
  const followed = new Set(teams.map((team) => team.trim().toLowerCase()));
  return {
    name: "espn",
    topic: "sports",
    maxAgeMs: MINUTE_MS,

    async fetch(signal) {
      if (leagues.length === 0) {
        throw new AppError("unconfigured", "espn.no_league", "No league is followed");
      }
      const now = clock.now();
      const dates = `${toDate(now - BACK_MS)}-${toDate(now + AHEAD_MS)}`;
      const answers = leagues.map(async (league) => {
        const url = new URL(`apis/site/v2/sports/${league}/scoreboard`, baseUrl);
        url.searchParams.set("dates", dates);
        url.searchParams.set("limit", "300");
        return readEspn(await askServer(url, { signal }), league.split("/").at(-1));
      });
      const games = (await Promise.all(answers)).flatMap((facts) => facts.games);
      if (followed.size === 0) return { games };
      return { games: games.flatMap((game) => ofFollowed(game, followed)) };
    },
  };
}

const toDate = (at: number) => new Date(at).toISOString().slice(0, 10).replaceAll("-", "");

/** With the sides that are followed; nothing when it is neither of them. */
function ofFollowed(game: Game, followed: ReadonlySet<string>): Game[] {
  const sides = (["home", "away"] as const).filter((side) => {
    const { id, short, name } = game[side];
    return [id, short ?? "", name].some((one) => followed.has(one.toLowerCase()));
  });
  return sides.length === 0 ? [] : [{ ...game, followed: sides }];
}
