import { z } from "zod";
import type { Game, Provider, Side, SportsFacts } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";

// Attributes of the sensors of https://github.com/vasqued2/ha-teamtracker; any may be null.

const text = z.union([z.string(), z.number().transform(String)]).nullish();

const Attributes = z.object({
  league: text,
  league_path: text,
  date: z.string(),
  event_id: text,
  clock: text,
  team_id: text,
  team_abbr: text,
  team_name: text,
  team_long_name: text,
  team_homeaway: text,
  team_score: text,
  opponent_id: text,
  opponent_abbr: text,
  opponent_name: text,
  opponent_long_name: text,
  opponent_score: text,
});
type Attributes = z.output<typeof Attributes>;

const STATUSES: Readonly<Record<string, Game["status"]>> = {
  PRE: "scheduled",
  IN: "playing",
  POST: "over",
};

/** The games that Team Tracker's sensors show; one without a game (`BYE`, `NOT_FOUND`) has none. */
export function readTeamTracker(states: Iterable<EntityState>): SportsFacts {
  const games = new Map<string, Game>();
  for (const { entityId, state, attributes } of states) {
    const status = STATUSES[state];
    const parsed = Attributes.safeParse(attributes);
    const start = parsed.success ? Date.parse(parsed.data.date) : Number.NaN;
    if (!status || !parsed.success || Number.isNaN(start)) continue;
    const wire = parsed.data;
    const hasScore = status !== "scheduled";
    const [own, other] = [toSide(wire, "team", hasScore), toSide(wire, "opponent", hasScore)];
    const isAway = wire.team_homeaway === "away";
    const id = wire.event_id ?? `${entityId} ${start}`;
    const before = games.get(id)?.followed ?? []; // two sensors may follow the two sides of one game
    games.set(
      id,
      dropAbsent({
        id,
        league: wire.league ?? wire.league_path ?? "",
        start,
        status: /postponed/i.test(wire.clock ?? "") ? "postponed" : status,
        home: isAway ? other : own,
        away: isAway ? own : other,
        clock: wire.clock ?? undefined,
        followed: [...new Set([...before, isAway ? ("away" as const) : ("home" as const)])],
      }),
    );
  }
  return { games: [...games.values()] };
}

function toSide(wire: Attributes, whose: "team" | "opponent", hasScore: boolean): Side {
  const score = hasScore ? wire[`${whose}_score`] : undefined;
  const value = score ? Number(score) : Number.NaN;
  return dropAbsent({
    id: wire[`${whose}_id`] ?? "",
    name: wire[`${whose}_long_name`] ?? wire[`${whose}_name`] ?? "TBD",
    short: wire[`${whose}_abbr`] ?? undefined,
    score: Number.isFinite(value) ? value : undefined,
  });
}

interface Deps {
  readonly states: () => ReadonlyMap<string, EntityState>;
  /** From the registry: the integration that an entity comes from. */
  readonly platformOf: (entityId: string) => string | undefined;
}

/** Its sensors, as the registry knows them. */
export const findTrackers = ({ states, platformOf }: Deps): EntityState[] =>
  [...states().values()].filter(
    ({ entityId }) => entityId.startsWith("sensor.") && platformOf(entityId) === "teamtracker",
  );

/**
 * Team Tracker's sensors, when the household has them.
 *
 * Throws `unconfigured` without a sensor, and `unavailable` while all are, as after a start of Home Assistant.
 */
export function createTeamTracker(deps: Deps): Provider<SportsFacts> {
  return {
    name: "team-tracker",
    topic: "sports",
    maxAgeMs: MINUTE_MS,

    async fetch() {
      const own = findTrackers(deps);
      if (own.length === 0) {
        throw new AppError("unconfigured", "team_tracker.none", "Team Tracker has no sensor here");
      }
      if (own.every(({ state }) => SILENT.has(state))) {
        throw new AppError("unavailable", "team_tracker.silent", "Team Tracker says nothing yet");
      }
      return readTeamTracker(own);
    },
  };
}

const SILENT = new Set(["unavailable", "unknown"]);
