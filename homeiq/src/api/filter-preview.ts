import type { Clock } from "#foundation/clock.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import { compileFilter, type Filter, type Filtered } from "#ingest/filter/filter.ts";
import type { History } from "#ingest/history/history.ts";
import type { FilterPreview } from "./system-answers.ts";

const MOST_SAMPLES = 50;

interface Deps {
  readonly clock: Clock;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly history: Pick<History, "countByEntity">;
  readonly toFiltered: (entityId: string) => Filtered;
  readonly nameOf: (entityId: string) => string;
}

/** What a filter would leave out, of the entities there are and of what they did in the last day. */
export const createFilterPreview =
  ({ states, history, toFiltered, nameOf, clock }: Deps) =>
  async (filter: Filter): Promise<FilterPreview> => {
    const judge = compileFilter(filter);
    const judged = [...states.keys()].map((entityId) => ({
      entityId,
      verdict: judge(toFiltered(entityId)),
    }));
    const dropped = judged.filter(({ verdict }) => !verdict.kept);
    const droppedIds = new Set(dropped.map(({ entityId }) => entityId));
    const changesByEntity = await history.countByEntity(clock.now() - DAY_MS);
    let total = 0;
    let droppedChanges = 0;
    for (const [entityId, count] of changesByEntity) {
      total += count;
      if (droppedIds.has(entityId)) droppedChanges += count;
    }
    return {
      entities: {
        total: judged.length,
        dropped: dropped.length,
        sample: dropped.slice(0, MOST_SAMPLES).map(({ entityId, verdict: { rule } }) => ({
          entityId,
          name: nameOf(entityId),
          reason: rule ? `${rule.by}: ${rule.pattern}` : "not included",
        })),
      },
      changes: { total, dropped: droppedChanges, period: "24h" },
    };
  };
