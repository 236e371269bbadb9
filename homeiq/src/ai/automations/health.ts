import { present } from "#foundation/absent.ts";
import type {
  AutomationConfig,
  Domain,
  ShortTrace,
  Standing,
} from "#home/automation-config/automation-config.ts";
import type { InspectedOne, Inspection } from "./inspection.ts";
import { itemIdOf } from "./item-id.ts";
import type { Probation, Watch } from "./probation.ts";
import type { Versions } from "./versions.ts";

/** How an automation is doing. */
export interface Health extends Standing {
  /** Whether HomeIQ put it there or changed it. */
  readonly ours: boolean;
  /** The runs that Home Assistant still has traces of, newest first. */
  readonly runs: readonly ShortTrace[];
  /** What was found about it, and what it costs when it is wrong; absent while nobody looked. */
  readonly inspected?: InspectedOne;
  readonly versions: number;
  readonly probation?: Watch;
}

interface Deps {
  readonly house: AutomationConfig;
  readonly versions: Versions;
  readonly probation: Pick<Probation, "find">;
  readonly inspection: Pick<Inspection, "of">;
}

/** What stands in Home Assistant, with how it is doing. */
export function createHealth({ house, versions, probation, inspection }: Deps) {
  type Counts = ReturnType<Versions["counts"]>;

  function toHealth(
    standing: Standing,
    { runs, counts }: { runs: readonly ShortTrace[]; counts: Counts },
  ): Health {
    const itemId = itemIdOf(standing);
    const known = counts.get(itemId ?? "");
    return {
      ...standing,
      ours: known?.ours ?? false,
      runs: runs.toReversed(),
      versions: known?.versions ?? 0,
      ...present("inspected", inspection.of(standing.entityId)),
      ...present("probation", itemId === undefined ? undefined : probation.find(itemId)),
    };
  }

  /** Scenes leave none. */
  const tracesOf = async (kind: Domain, id?: string): Promise<readonly ShortTrace[]> =>
    kind === "scene" ? [] : house.traces.list(kind, id);

  return {
    async list(kind: Domain): Promise<readonly Health[]> {
      // Who opens the page while Home Assistant is away sees the rest.
      const traces = await tracesOf(kind).catch(() => []);
      const byItem = Map.groupBy(traces, ({ itemId }) => itemId);
      const counts = versions.counts();
      return house
        .list(kind)
        .map((standing) =>
          toHealth(standing, { runs: byItem.get(standing.id ?? "") ?? [], counts }),
        )
        .sort((one, other) => one.name.localeCompare(other.name));
    },
    async of(standing: Standing): Promise<Health> {
      const { id } = standing;
      const traces = id === undefined ? [] : await tracesOf(standing.domain, id).catch(() => []);
      return toHealth(standing, { runs: traces, counts: versions.counts() });
    },
  };
}
