import type { Game, SportsFacts } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { SportsEvent } from "./events.ts";

/** How a team of the household fares: in the game that is on, else in the one that is nearest in time. */
export interface TeamState {
  /** Part of an entity id: `kansas_city_chiefs`. */
  readonly key: string;
  readonly team: string;
  readonly state: "pre" | "live" | "over" | "postponed" | "canceled";
  readonly attributes: Readonly<Record<string, unknown>>;
}

const STATES: Readonly<Record<Game["status"], TeamState["state"]>> = {
  scheduled: "pre",
  playing: "live",
  over: "over",
  postponed: "postponed",
  canceled: "canceled",
};

/** One for each team that is followed by its name; a league that is followed as a whole has none. */
export function describeTeams({ games }: SportsFacts, now: number): readonly TeamState[] {
  const ofTeams = Map.groupBy(
    games.flatMap((game) => (game.followed ?? []).map((side) => ({ game, side }))),
    ({ game, side }) => toKey(game[side].name) || toKey(game[side].id),
  );
  return [...ofTeams].flatMap(([key, played]) => {
    const [nearest] = played.sort(
      (one, other) =>
        Number(other.game.status === "playing") - Number(one.game.status === "playing") ||
        Math.abs(one.game.start - now) - Math.abs(other.game.start - now),
    );
    return nearest && key !== "" ? [toTeamState(key, nearest.game, nearest.side)] : [];
  });
}

function toTeamState(key: string, game: Game, side: "home" | "away"): TeamState {
  const [own, opponent] = side === "home" ? [game.home, game.away] : [game.away, game.home];
  return {
    ...{ key, team: own.name, state: STATES[game.status] },
    attributes: dropAbsent({
      ...{ score: own.score, opponent: opponent.name, opponent_score: opponent.score },
      ...{ league: game.league, start: new Date(game.start).toISOString() },
      is_home: side === "home",
    }),
  };
}

/** What an event says beside its kind, for automations. */
export function toEventAttributes({ game, side }: SportsEvent): Record<string, unknown> {
  const { home, away, followed = [] } = game;
  return dropAbsent({
    ...{ home: home.name, away: away.name, home_score: home.score, away_score: away.score },
    ...{ league: game.league, start: new Date(game.start).toISOString() },
    teams: followed.length > 0 ? followed.map((one) => game[one].name) : undefined,
    scored_by: side ? game[side].name : undefined,
  });
}

/** Small letters, digits and low lines, as in an entity id. */
const toKey = (name: string) =>
  name
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll("ß", "ss")
    .replaceAll("ø", "o")
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_|_$/g, "");
