// Games that the household follows: what happens in them, and how each of its teams fares.

export {
  findEvents,
  SPORTS_EVENTS,
  type SportsEvent,
  type Told,
} from "./events.ts";
export { type GameWatch, watchGames } from "./game-watch.ts";
export { mergeGames } from "./merge.ts";
export { describeTeams, type TeamState, toEventAttributes } from "./team-states.ts";
