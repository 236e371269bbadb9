import { z } from "zod";

// The part of ESPN's public scoreboard that we use. It has no documentation; fields come and go by sport.

const text = z.string().nullish();
const id = z.union([z.string(), z.number().transform(String)]);

const Team = z.object({
  id: id.nullish(),
  displayName: text,
  name: text,
  abbreviation: text,
});

const Competitor = z.object({
  id: id.nullish(),
  homeAway: text,
  order: z.number().nullish(),
  /** Text on a scoreboard, an object in a schedule. */
  score: z.union([z.string(), z.number(), z.object({ value: z.number().nullish() })]).nullish(),
  team: Team.nullish(),
  athlete: z.object({ displayName: text, shortName: text }).nullish(),
  curatedRank: z.object({ current: z.number().nullish() }).nullish(),
});

const Status = z.object({
  displayClock: text,
  type: z.object({
    name: text,
    state: text,
    shortDetail: text,
    detail: text,
    completed: z.boolean().nullish(),
  }),
});

export const Event = z.object({
  id,
  date: z.string(),
  status: Status.nullish(),
  competitions: z.array(
    z.object({
      id: id.nullish(),
      date: text,
      status: Status.nullish(),
      competitors: z.array(Competitor).nullish(),
    }),
  ),
});
export type Event = z.output<typeof Event>;
export type Competition = Event["competitions"][number];
export type Competitor = z.output<typeof Competitor>;
export type Status = z.output<typeof Status>;

/** A scoreboard lists `leagues`, a team's schedule has its `team`. */
export const Scoreboard = z.object({
  leagues: z.array(z.object({ slug: text, abbreviation: text })).nullish(),
  team: z.object({ id: id.nullish() }).nullish(),
  events: z.array(z.unknown()),
});
