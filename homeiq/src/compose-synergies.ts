import type { LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Patterns } from "#analysis/patterns/patterns.ts";
import { synergyJobs } from "#analysis/synergies/synergies.job.ts";
import { createSynergies } from "#analysis/synergies/synergies.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic } from "#foundation/topic.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { History } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import type { composeEnergy } from "./compose-energy.ts";

interface Parts {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Pick<Registry, "config">;
  readonly history: Pick<History, "series" | "statistics" | "activity" | "entities" | "summary">;
  readonly patterns: Pick<Patterns, "list" | "lastRun">;
  readonly energy: ReturnType<typeof composeEnergy>["measured"];
  /** What stands in Home Assistant. */
  readonly lintedHouse: () => Promise<LintedHouse>;
  readonly workshop: { readonly home: () => Promise<HomeSnapshot> };
}

/** What things of the home could do together. */
export function composeSynergies(parts: Parts) {
  const { db, clock, log, registry, history, patterns, energy, workshop } = parts;
  const changed = createTopic<void>({ name: "synergies changed", log });
  const synergies = createSynergies({
    ...{ db, clock, log, history, changed },
    ...energy,
    timeZone: () => registry.config()?.time_zone ?? "UTC",
    home: workshop.home,
    existing: parts.lintedHouse,
    patterns: () => patterns.list({ statuses: ["active"] }),
    patternSpan: () => patterns.lastRun(),
    oldestAt: async () => (await history.summary()).oldestAt,
  });
  const arePatternsKnown = () => patterns.lastRun() !== undefined;
  return { synergies, changed, jobs: synergyJobs({ synergies, clock, arePatternsKnown }) };
}
