import type { SportsFacts } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Store } from "#store/database.ts";
import { findEvents, type SportsEvent, type Told, type ToldGame } from "./events.ts";
import { readEvents, readTold, toWrites } from "./sports.store.ts";

/** Follows games from one scoreboard to the next, over restarts too. */
export interface GameWatch extends AsyncDisposable {
  /** Resolves when all that is new in it was kept and told. Never rejects. */
  look(facts: SportsFacts): Promise<void>;
  /** What happened last, the newest first. */
  events(limit: number): readonly SportsEvent[];
}

const SOON_MS = 30 * MINUTE_MS; // time enough to sit down
const SEEN_EVERY_MS = HOUR_MS; // that a game was seen again is no news to the disk

interface Deps {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly tell: (events: readonly SportsEvent[]) => void;
}

/** What is told was kept before, so that a crash may lose an event and never tells one twice. */
export function watchGames({ store, clock, log, tell }: Deps): GameWatch {
  let kept = readTold(store.db);
  let looking: Promise<void> = Promise.resolve();

  async function lookOnce(facts: SportsFacts): Promise<void> {
    const found = findEvents({ told: kept, facts, now: clock.now(), soonMs: SOON_MS });
    const told = withoutSights(kept, found.told);
    const writes = toWrites(kept, told, found.events);
    if (writes.length === 0) return;
    await store.writer.write(writes);
    kept = told;
    if (found.events.length > 0) tell(found.events);
  }

  return {
    look(facts) {
      looking = looking
        .then(() => lookOnce(facts))
        // What could not be kept is found again by the next look.
        .catch((error: unknown) => log.error({ err: error }, "Games could not be kept"));
      return looking;
    },
    events: (limit) => readEvents(store.db, limit),
    [Symbol.asyncDispose]: () => looking,
  };
}

/** A game of which nothing is new but that it was seen again is left as it is kept. */
function withoutSights(kept: Told, told: Told): Told {
  const same = (one: ToldGame, other: ToldGame) =>
    other.seenAt - one.seenAt < SEEN_EVERY_MS &&
    JSON.stringify({ ...one, seenAt: 0 }) === JSON.stringify({ ...other, seenAt: 0 });
  return Object.fromEntries(
    Object.entries(told).map(([game, next]) => {
      const before = kept[game];
      return [game, before && same(before, next) ? before : next];
    }),
  );
}
