import { patternJobs } from "#analysis/patterns/patterns.job.ts";
import { createPatterns, type HouseFacts } from "#analysis/patterns/patterns.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic } from "#foundation/topic.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Gaps } from "#ingest/gaps/gaps.ts";
import type { History } from "#ingest/history/history.ts";
import type { Store } from "#store/database.ts";

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly registry: Pick<Registry, "config" | "entities">;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly history: Pick<History, "summary">;
  readonly gaps: Pick<Gaps, "list">;
  /** Whether what Home Assistant kept of the time before was brought in. */
  readonly isPastKnown: () => boolean;
}

const MOST_GAPS = 2_000; // of three months; a house with more has other troubles

/** What the household does again and again. */
export function composePatterns(parts: Parts) {
  const { store, clock, log, registry, states, history, gaps, isPastKnown } = parts;
  const changed = createTopic<void>({ name: "patterns changed", log });

  function house(): Omit<HouseFacts, "from" | "to"> {
    const { time_zone: timeZone = "UTC", latitude, longitude } = registry.config() ?? {};
    const ofPlatform = (platform: string, domain: string) =>
      [...registry.entities.values()]
        .filter((one) => one.platform === platform && one.entity_id.startsWith(`${domain}.`))
        .map((one) => one.entity_id);
    return {
      timeZone,
      ...dropAbsent({ latitude: latitude ?? undefined, longitude: longitude ?? undefined }),
      onHolidays: ofPlatform("holiday", "calendar"),
      offHolidays: ofPlatform("workday", "binary_sensor"),
      groups: groupsIn(states),
      unrecorded: gaps
        .list(MOST_GAPS)
        .filter(({ state }) => state !== "filled" && state !== "partly")
        .map(({ from, to = clock.now() }) => ({ from, to })),
    };
  }

  const patterns = createPatterns({
    ...{ db: store.db, files: store.files, clock, log, changed, house },
    oldestAt: async () => (await history.summary()).oldestAt,
  });
  return { patterns, changed, jobs: patternJobs({ patterns, clock, isPastKnown }) };
}

/** Groups tell in an attribute what they stand for. */
function groupsIn(states: ReadonlyMap<string, EntityState>): HouseFacts["groups"] {
  return [...states].flatMap(([entityId, { attributes }]) => {
    const { entity_id: members } = attributes;
    const isGroup = Array.isArray(members) && !entityId.startsWith("scene.") && members.length > 1;
    return isGroup ? [[entityId, members.map(String)] as const] : [];
  });
}
