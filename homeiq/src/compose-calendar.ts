import {
  createOccupancy,
  type Occupancy,
  type PersonTrack,
  readRules,
  toPresenceHours,
} from "#enrichment/calendar/calendar.ts";
import type { CalendarFacts, Slot } from "#enrichment/provider.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History } from "#ingest/history/history.ts";
import type { Store } from "#store/database.ts";

interface Parts {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: string | undefined;
  readonly facts: () => CalendarFacts | undefined;
  readonly timeZone: () => string | undefined;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly history: Pick<History, "series" | "entities">;
}

/** What calendars say of who is at home, compared with where the persons of the home were. */
export function composeOccupancy({ rules, states, history, ...parts }: Parts): Occupancy {
  async function tracks({ start, end }: Slot): Promise<PersonTrack[]> {
    const persons = [...states.keys()].filter(
      (entityId) => entityId.startsWith("person.") && history.entities.find(entityId),
    );
    if (persons.length === 0) return [];
    const found = await history.series({ entityIds: persons, from: start, to: end });
    return found.map(({ before, at, state, states: names }) => [
      ...(before ? [before] : []),
      ...Array.from(at, (moment, n) => ({ at: moment, state: names[state[n] ?? -1] ?? "" })),
    ]);
  }

  return createOccupancy({
    ...parts,
    rules: readRules(rules ?? ""),
    nameOf: (calendar) => String(states.get(calendar)?.attributes.friendly_name ?? calendar),
    presence: async (slot) => toPresenceHours(await tracks(slot), slot),
  });
}
