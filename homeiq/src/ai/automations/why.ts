import { AppError } from "#foundation/errors.ts";
import type { AutomationConfig, RunTrace } from "#home/automation-config/automation-config.ts";
import type { Trace } from "#ingest/history/history.ts";

/** Everything that is known of why a change happened. */
export interface Why {
  readonly contextId: string;
  /** From the first cause that is known down to this context. */
  readonly chain: readonly Trace[];
  /** The runs of automations and scripts behind it, while Home Assistant still has their traces. */
  readonly runs: readonly RunTrace[];
}

interface Deps {
  readonly house: Pick<AutomationConfig, "traces">;
  readonly trace: (contextId: string) => Promise<Trace>;
}

const MOST_STEPS_UP = 10;

/** Joins what we recorded with Home Assistant's own traces. Throws `not_found` when neither knows it. */
export function createWhy({ house, trace }: Deps) {
  const recorded = (contextId: string): Promise<Trace | undefined> =>
    trace(contextId).catch((error: unknown) => {
      if (error instanceof AppError && error.kind === "not_found") return undefined;
      throw error;
    });

  async function chainTo(contextId: string): Promise<Trace[]> {
    const chain: Trace[] = [];
    let next: string | undefined = contextId;
    while (next !== undefined && chain.length < MOST_STEPS_UP) {
      const found: Trace | undefined = await recorded(next);
      if (!found) break;
      chain.unshift(found);
      next = found.parentId;
    }
    return chain;
  }

  async function runsOf(contextIds: readonly string[]): Promise<RunTrace[]> {
    const contexts = await house.traces.contexts();
    const runs = contextIds.flatMap((id) => contexts.get(id) ?? []);
    return Promise.all(runs.map((run) => house.traces.get(run)));
  }

  return async (contextId: string): Promise<Why> => {
    const chain = await chainTo(contextId);
    const ids = new Set([contextId, ...chain.map((one) => one.contextId)]);
    const first = chain[0]?.parentId;
    if (first !== undefined) ids.add(first); // known by name only, but it may have a trace
    // Home Assistant being away must not hide what we recorded ourselves.
    const runs = await runsOf([...ids]).catch((error: unknown) => {
      if (chain.length > 0) return [];
      throw error;
    });
    if (chain.length > 0 || runs.length > 0) return { contextId, chain, runs };
    throw new AppError(
      "not_found",
      "automations.unknown_context",
      `Nothing is kept of the context ${contextId}`,
    );
  };
}
