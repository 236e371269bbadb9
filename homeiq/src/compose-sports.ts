import type { OutsideTopic, SportsFacts } from "#enrichment/provider.ts";
import type { BrokerLink } from "#enrichment/publish/publish.ts";
import {
  OWN_DOMAIN,
  type Readings,
  SPORTS_EVENT,
  toEntityId,
  toTeamSeries,
} from "#enrichment/readings/readings.ts";
import type { Latest } from "#enrichment/refresh/refresh.ts";
import {
  describeTeams,
  mergeGames,
  type SportsEvent,
  toEventAttributes,
  watchGames,
} from "#enrichment/sports/sports.ts";
import { readTeamTracker } from "#enrichment/team-tracker/team-tracker.ts";
import { type Clock, onEachMinute } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Store } from "#store/database.ts";

const LOST_AFTER_MS = 30 * MINUTE_MS; // a vendor that fails once does not end a game
const SHOWN_EVENTS = 20;

interface Parts {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly changed: Topic<OutsideTopic>;
  /** What the provider said last; `undefined` while none is used. */
  readonly latest: () => Latest<SportsFacts> | undefined;
  /** Team Tracker's sensors, also where another provider is used. */
  readonly trackers: () => Iterable<EntityState>;
  readonly readings: Readings;
  readonly broker: Pick<BrokerLink, "tell">;
  readonly nameOwn: (entityId: string, name: string) => void;
}

/** Games from one scoreboard to the next: into the history, and as events to Home Assistant. */
export function composeSports(parts: Parts) {
  const { clock, readings, broker } = parts;

  /** Each at a moment of its own, so that two of one scoreboard are two changes. */
  function tell(events: readonly SportsEvent[]): void {
    for (const [index, event] of events.entries()) {
      const attributes = { event_type: event.kind, ...toEventAttributes(event) };
      const state = new Date(event.at + index).toISOString();
      readings.say([{ series: SPORTS_EVENT, state, attributes }], OWN_DOMAIN);
      broker.tell(SPORTS_EVENT, attributes);
    }
  }

  const watch = watchGames({ ...parts, tell });

  function look(): void {
    const found = parts.latest();
    if (!found) return;
    const said = found.ageMs > LOST_AFTER_MS ? [] : [found.facts];
    const facts = mergeGames([...said, readTeamTracker(parts.trackers())]);
    const texts = describeTeams(facts, clock.now()).map(({ key, team, ...rest }) => ({
      ...{ series: toTeamSeries(key), name: team, ...rest },
    }));
    for (const { series, name } of texts) parts.nameOwn(toEntityId(series), name);
    readings.say(texts, found.name);
    const known = new Set([SPORTS_EVENT, ...texts.map(({ series }) => series)].map(toEntityId));
    readings.lose("sports", found.name, known);
    void watch.look(facts); // never rejects
  }

  const end = parts.changed.subscribe((topic) => topic === "sports" && look());
  const cancel = onEachMinute(clock, look);
  look();

  return {
    events: () => watch.events(SHOWN_EVENTS),
    [Symbol.asyncDispose]() {
      end();
      cancel();
      return watch[Symbol.asyncDispose]();
    },
  };
}
