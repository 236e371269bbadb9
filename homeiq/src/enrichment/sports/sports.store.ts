import { desc } from "drizzle-orm";
import type { Db, Write } from "#store/database.ts";
import type { SportsEvent, Told } from "./events.ts";
import { sportsEvent, sportsTold } from "./sports.table.ts";

const MOST_EVENTS = 100; // older ones are in the history

export const readTold = (db: Db): Told =>
  Object.fromEntries(
    db
      .select()
      .from(sportsTold)
      .all()
      .map(({ game, body }) => [game, body]),
  );

/** The newest first. */
export const readEvents = (db: Db, limit: number): SportsEvent[] =>
  db
    .select({ body: sportsEvent.body })
    .from(sportsEvent)
    .orderBy(desc(sportsEvent.id))
    .limit(limit)
    .all()
    .map(({ body }) => body);

const UPSERT = `insert into sports_told (game, body) values (?, ?)
  on conflict (game) do update set body = excluded.body`;
const TRIM = `delete from sports_event where id <= (select max(id) from sports_event) - ${MOST_EVENTS}`;

/** From what is kept to what must be: games that are new or another, those that are forgotten, and the events. */
export function toWrites(kept: Told, told: Told, events: readonly SportsEvent[]): Write[] {
  const changed = Object.entries(told).filter(([game, next]) => next !== kept[game]);
  const gone = Object.keys(kept).filter((game) => !(game in told));
  return [
    { sql: UPSERT, rows: changed.map(([game, body]) => [game, JSON.stringify(body)]) },
    { sql: "delete from sports_told where game = ?", rows: gone.map((game) => [game]) },
    {
      sql: "insert into sports_event (at, body) values (?, ?)",
      rows: events.map((event) => [event.at, JSON.stringify(event)]),
    },
    { sql: TRIM, rows: events.length > 0 ? [[]] : [] },
  ].filter(({ rows }) => rows.length > 0);
}
