import type { Patterns } from "#analysis/patterns/patterns.ts";
import { synergyJobs } from "#analysis/synergies/synergies.job.ts";
import { createSynergies, type Standing } from "#analysis/synergies/synergies.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic } from "#foundation/topic.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { History } from "#ingest/history/history.ts";
import type { Store } from "#store/database.ts";
import type { composeEnergy } from "./compose-energy.ts";

interface Parts {
  readonly store: Pick<Store, "db" | "files">;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Pick<Registry, "config">;
  readonly history: Pick<History, "summary">;
  readonly patterns: Pick<Patterns, "lastRun">;
  readonly energy: ReturnType<typeof composeEnergy>["measured"];
  /** What stands in Home Assistant. */
  readonly standing: () => Promise<Standing>;
  readonly workshop: { readonly home: () => Promise<HomeSnapshot> };
}

/** What things of the home could do together. */
export function composeSynergies(parts: Parts) {
  const { store, clock, log, registry, history, patterns, energy, workshop } = parts;
  const changed = createTopic<void>({ name: "synergies changed", log });
  const synergies = createSynergies({
    ...{ db: store.db, files: store.files, clock, log, changed, energy },
    timeZone: () => registry.config()?.time_zone ?? "UTC",
    home: workshop.home,
    standing: parts.standing,
    oldestAt: async () => (await history.summary()).oldestAt,
  });
  const arePatternsKnown = () => patterns.lastRun() !== undefined;
  return { synergies, changed, jobs: synergyJobs({ synergies, clock, arePatternsKnown }) };
}
