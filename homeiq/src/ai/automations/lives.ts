import type { LifeFacts } from "#analysis/automation-lint/automation-lint.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { AutomationConfig, Standing } from "#home/automation-config/automation-config.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { History } from "#ingest/history/history.ts";
import type { Db } from "#store/database.ts";
import { itemIdOf } from "./item-id.ts";
import { createKeptTraces, LOOKED_BACK_MS } from "./kept-traces.ts";
import { createPastRuns, type PastRun, type PastRuns } from "./past-runs.ts";
import type { Versions } from "./versions.ts";

/** What is known of the life of one that stands in Home Assistant. */
export type LivesOf = (standing: Standing) => LifeFacts;

interface Deps {
  readonly clock: Clock;
  readonly db: Db;
  readonly house: Pick<AutomationConfig, "traces" | "find" | "findById">;
  readonly registry: Pick<Registry, "entities">;
  readonly history: Pick<History, "scan">;
  readonly versions: Pick<Versions, "firstSeen" | "idOf">;
}

/** Brings together what Home Assistant, its traces, our history and our versions know of runs. */
export function createLives(deps: Deps) {
  const { clock, house, registry, versions } = deps;
  const keptTraces = createKeptTraces(deps);
  const pastRuns = createPastRuns(deps);

  /** Home Assistant tells the moment, but only since 2024.8; before, the first that we saw of it. */
  function createdAtOf({ entityId }: Standing, seenAt: number | undefined): number | undefined {
    const told = (registry.entities.get(entityId)?.created_at ?? 0) * SECOND_MS;
    return told > 0 && (seenAt === undefined || told < seenAt) ? told : seenAt;
  }

  async function keepTraces(): Promise<void> {
    keptTraces.keep([
      ...(await house.traces.list("automation")),
      ...(await house.traces.list("script")),
    ]);
  }

  async function lives(): Promise<LivesOf> {
    await keepTraces();
    const [attempts, past] = [keptTraces.attempts(), await pastRuns()];
    const firstSeen = versions.firstSeen();
    const since = clock.now() - LOOKED_BACK_MS;
    return (standing) => {
      const { entityId, lastTriggeredAt = 0 } = standing;
      const id = itemIdOf(standing) ?? "";
      const { ran, cutOff, conditionsFailed } = attempts.get(id) ?? NONE;
      const ranAtAll = lastTriggeredAt >= since ? 1 : 0;
      return {
        ...present("lastTriggeredAt", standing.lastTriggeredAt),
        ...present("createdAt", createdAtOf(standing, firstSeen.get(id))),
        // Each of them misses some: history the runs that changed nothing, traces those of busy minutes.
        runs: Math.max(ran, past.get(entityId)?.count ?? 0, ranAtAll),
        ...{ cutOff, conditionsFailed },
      };
    };
  }

  return { keepTraces, lives, pastRuns };
}

/** What was watched is the newest; beyond probation, history tells. */
export function withPast(
  watched: readonly PastRun[],
  past: ReadonlyMap<string, PastRuns>,
  { entityId }: Standing,
): readonly PastRun[] {
  const runs = past.get(entityId)?.runs ?? [];
  return watched.length > runs.length ? watched : runs;
}

const NONE = { ran: 0, cutOff: 0, conditionsFailed: 0 };
