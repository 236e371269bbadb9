import type { Clock } from "#foundation/clock.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { History } from "#ingest/history/history.ts";
import { LOOKED_BACK_MS } from "./kept-traces.ts";
import { createOverrides, PEOPLE } from "./overrides.ts";
import type { Versions } from "./versions.ts";
import type { WatchedRun } from "./watches.ts";

export type PastRun = Pick<WatchedRun, "at" | "overridden">;

/** What an automation changed in the last 30 days, run by run, as our history tells. */
export interface PastRuns {
  /** Exactly how many; of runs that changed nothing history knows nothing. */
  readonly count: number;
  /** Newest first, at most some hundreds. */
  readonly runs: readonly PastRun[];
}

interface Deps {
  readonly clock: Clock;
  readonly house: Pick<AutomationConfig, "find" | "findById">;
  readonly versions: Pick<Versions, "idOf">;
  readonly history: Pick<History, "scan">;
}

const FRESH_MS = HOUR_MS;
const MOST_RUNS = 300; // of one automation; they tell a habit as well as thousands do

interface Collected {
  count: number;
  readonly byContext: Map<string, PastRun>;
}

/** Reads the last 30 days once an hour at most: one pass for all automations. */
export function createPastRuns({ clock, house, versions, history }: Deps) {
  let last: { readonly at: number; readonly found: ReadonlyMap<string, PastRuns> } | undefined;
  let reading: Promise<ReadonlyMap<string, PastRuns>> | undefined;

  /** The automation of today: its entity may have had another id when it ran. */
  const currentOf = (entityId: string): string => {
    if (house.find(entityId)) return entityId;
    const id = versions.idOf(entityId);
    const now = id === undefined ? undefined : house.findById({ domain: "automation", id });
    return now?.entityId ?? entityId;
  };

  async function read(): Promise<ReadonlyMap<string, PastRuns>> {
    const collected = new Map<string, Collected>();
    const overrides = createOverrides();
    const owners = new Map<string, Collected>();
    const since = clock.now() - LOOKED_BACK_MS;
    const filter = {
      from: since,
      kind: ["state" as const, "availability" as const], // an echo is mostly something that is there again
      cause: ["automation" as const, "restart_echo" as const, ...PEOPLE],
    };
    for await (const block of history.scan(filter, new AbortController().signal)) {
      for (const change of block) {
        const { cause, at } = change;
        if (cause.kind === "automation" && cause.by) {
          const one = ofAutomation(cause.by);
          const contextId = contextOf(change);
          if (!one.byContext.has(contextId)) {
            one.count += 1;
            one.byContext.set(contextId, { at });
            trim(one.byContext);
          }
          owners.set(change.entityId, one);
        }
        const undone = overrides.take(
          { ...change, context: { id: contextOf(change) } },
          () => true,
        );
        if (!undone) continue;
        const { contextId, ...overridden } = undone;
        const runs = owners.get(undone.entityId)?.byContext;
        const run = runs?.get(contextId);
        if (run && !run.overridden) runs?.set(contextId, { ...run, overridden });
      }
    }
    return new Map(
      [...collected].map(([entityId, { count, byContext }]) => [
        entityId,
        { count, runs: [...byContext.values()].toReversed() },
      ]),
    );

    function ofAutomation(by: string): Collected {
      const entityId = currentOf(by);
      const known = collected.get(entityId) ?? { count: 0, byContext: new Map() };
      collected.set(entityId, known);
      return known;
    }
  }

  return async (): Promise<ReadonlyMap<string, PastRuns>> => {
    if (last && clock.now() - last.at < FRESH_MS) return last.found;
    reading ??= read().finally(() => {
      reading = undefined;
    });
    const found = await reading;
    last = { at: clock.now(), found };
    return found;
  };
}

/** Sealed changes that were alone in their context have none left: such a change was a run of its own. */
const contextOf = ({ id, context }: { id: number; context?: { id: string } }) =>
  context?.id ?? `change ${id}`;

function trim(runs: Map<string, unknown>): void {
  if (runs.size <= MOST_RUNS) return;
  const [oldest] = runs.keys();
  if (oldest !== undefined) runs.delete(oldest);
}
