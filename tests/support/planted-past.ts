import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLocalDays } from "#src/analysis/local-days/local-days.ts";
import { type Clock, systemClock } from "#src/foundation/clock.ts";
import { HOUR_MS } from "#src/foundation/time.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import { openHistory } from "./history.ts";

/** Where the simulated houses are. */
const ZONE = "Europe/Berlin";
const AT_ONCE = 10_000;

/** What an entity became so many days ago, at an hour of the wall's clock: 18.5 is half past six in the evening. */
export type Became = readonly [daysAgo: number, hour: number, state: string];

interface Planted {
  readonly unit?: string;
  /** Who did it; absent: the thing says so itself. */
  readonly person?: string;
}

/** A past that is written down before HomeIQ starts for the first time. */
export function createPlantedPast({ clock = systemClock }: { readonly clock?: Clock } = {}) {
  const local = createLocalDays(ZONE);
  const today = local.wallTime(clock.now()).day;
  const changes: PastChange[] = [];
  const momentOf = (daysAgo: number, hour: number) => {
    const days = Math.floor(hour / 24);
    const ms = Math.round((hour - days * 24) * HOUR_MS);
    const [at] = local.momentsOf(today - daysAgo + days, ms);
    if (at === undefined) throw new Error(`there is no ${hour} o'clock on that day`);
    return at;
  };
  return {
    momentOf,
    /** In any order. */
    plant(entityId: string, { unit, person }: Planted, ...became: readonly Became[]): void {
      const cause = person
        ? ({ kind: "person_dashboard", confidence: 0.95, by: person } as const)
        : ({ kind: "integration", confidence: 0.95 } as const);
      for (const [daysAgo, hour, state] of became) {
        changes.push({
          ...{ entityId, at: momentOf(daysAgo, hour), state, cause, source: "recorder" },
          ...(unit === undefined ? {} : { unit }),
        });
      }
    },
    /** A folder with this past, for `startHomeIq`. */
    async write(): Promise<string> {
      const folder = mkdtempSync(join(tmpdir(), "homeiq-planted-"));
      const { history, store } = await openHistory({ clock, folder });
      changes.sort((one, other) => one.at - other.at);
      for (let place = 0; place < changes.length; place += AT_ONCE) {
        await history.addPast(changes.slice(place, place + AT_ONCE));
      }
      await history[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      return folder;
    },
  };
}
