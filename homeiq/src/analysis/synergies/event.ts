import { atLeast, discoveriesOf } from "#analysis/patterns/patterns.ts";
import { kinds } from "#analysis/templates/templates.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { type Candidate, type FoundOfType, measuredAt, type Question } from "./candidate.ts";
import { callFor } from "./home-look.ts";
import { daysOf, type Past, stretchesOf } from "./past.ts";
import { inside, lengthOf } from "./stretches.ts";
import type { Deed, EventFacts } from "./synergy.ts";

/** Of the Team Tracker's sensors, while a game is on: https://github.com/vasqued2/ha-teamtracker */
const PLAYING = "IN";
const LEAST = { games: 3, times: 3, lift: 2, share: 0.5 };
const FALSE_DISCOVERIES = 0.05;
const BEFORE_MS = HOUR_MS;
const AFTER_MS = 30 * MINUTE_MS;
const GAME_MS = 3 * HOUR_MS;
const ON = new Set(["on", "playing"]);

interface Trial {
  readonly team: HomeEntity;
  readonly what: EventFacts["what"];
  readonly action: Deed;
  readonly games: readonly number[];
  readonly times: readonly number[];
  readonly chance: number;
  readonly lift: number;
}

/** What people do for the games of their team, more than at those hours else. */
export function findEvents(question: Question): FoundOfType {
  const { past, around } = question;
  const teams = around.look.find(kinds.TEAM).filter(({ entityId }) => past.steps.has(entityId));
  if (teams.length === 0) return { found: [], needs: ["team"] };
  const things = [...around.look.find(kinds.LIGHT), ...around.look.find(kinds.PLAYER)].filter(
    ({ entityId }) => past.steps.has(entityId),
  );
  const trials = teams.flatMap((team) => {
    const games = stretchesOf(past, team.entityId, (state) => state === PLAYING)
      .map(({ from }) => from)
      .filter((at) => at > past.from + BEFORE_MS);
    if (games.length < LEAST.games) return [];
    return things.flatMap((thing) => trialsOf(thing, { team, games, question }));
  });
  const believed = discoveriesOf(
    trials.map(({ chance }) => chance),
    FALSE_DISCOVERIES,
  );
  const kept = trials.filter(
    ({ times, lift, games }, index) =>
      believed.has(index) &&
      lift >= LEAST.lift &&
      times.length >= Math.max(LEAST.times, LEAST.share * games.length),
  );
  // Who turns it on for the game has it on during the game.
  const habits = new Set(
    kept.flatMap(({ what, action }) => (what === "game_habit" ? [action.entityId] : [])),
  );
  const told = kept.filter(
    ({ what, action }) => what === "game_habit" || !habits.has(action.entityId),
  );
  return { found: told.map((trial) => toCandidate(trial, question)) };
}

interface Games {
  readonly team: HomeEntity;
  readonly games: readonly number[];
  readonly question: Question;
}

function trialsOf({ entityId }: HomeEntity, { team, games, question }: Games): Trial[] {
  const { past, around } = question;
  const to = (past.steps.get(entityId) ?? []).some(({ state }) => state === "playing")
    ? "playing"
    : "on";
  const action = { entityId, to };
  if (!callFor(action, around.home)) return [];
  const turnedOn = (past.steps.get(entityId) ?? [])
    .filter(({ state, byPeople }) => byPeople && ON.has(state))
    .map(({ at }) => ({ from: at, until: at + 1 }));
  const isOn = stretchesOf(past, entityId, (state) => ON.has(state));
  const tests = {
    game_habit: (at: number) =>
      inside(turnedOn, { from: at - BEFORE_MS, until: at + AFTER_MS }).length > 0,
    game_watched: (at: number) =>
      lengthOf(inside(isOn, { from: at, until: at + GAME_MS })) >= LEAST.share * GAME_MS,
  };
  return (Object.keys(tests) as (keyof typeof tests)[]).map((what) => {
    const chances = games.map((at) => usually(tests[what], { at, games, question }));
    const times = games.filter(tests[what]);
    const expected = chances.reduce((sum, one) => sum + one, 0);
    return {
      ...{ team, what, action, games, times },
      chance: atLeast(times.length, chances),
      lift: times.length / expected,
    };
  });
}

/** How likely it is so at that time of a day without a game: one more day each way is taken to be seen. */
function usually(
  isSo: (at: number) => boolean,
  { at, games, question }: { at: number; games: readonly number[]; question: Question },
): number {
  const { past, local } = question;
  const { day, msOfDay } = local.wallTime(at);
  const gameDays = new Set(games.map((one) => local.wallTime(one).day));
  let days = 0;
  let so = 0;
  for (const other of daysIn(past, question)) {
    const moment =
      gameDays.has(other) || other === day ? undefined : local.momentsOf(other, msOfDay)[0];
    if (moment === undefined) continue;
    days += 1;
    if (isSo(moment)) so += 1;
  }
  return (so + 0.5) / (days + 1);
}

function daysIn({ from, to }: Past, { local }: Question): number[] {
  const first = local.wallTime(from).day + 1;
  const last = local.wallTime(to).day - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, n) => first + n);
}

function toCandidate(trial: Trial, { past, local }: Question): Candidate {
  const { team, what, action, games, times, chance, lift } = trial;
  const { entityId } = action;
  const name = team.attributes.team_name;
  const acts = new Map<number, number>();
  for (const at of times) {
    const { day } = local.wallTime(at);
    acts.set(day, (acts.get(day) ?? 0) + 1);
  }
  return {
    facts: {
      ...{ type: "event", what, teamId: team.entityId, action, games: games.length, chance, lift },
      team: typeof name === "string" ? name : team.name,
    },
    about: [what, team.entityId, entityId],
    entityIds: [entityId, team.entityId],
    edges: [
      { from: "game", to: team.entityId, joins: "when" },
      { from: team.entityId, to: entityId, joins: "sets_off" },
    ],
    measured: measuredAt(times, { span: past, entityId, of: games.length }),
    // That it was on says nothing of who turned it on.
    spared: what === "game_habit" ? [{ kind: "acts", days: daysOf(past), amounts: acts }] : [],
  };
}
