import { count, eq, gte, lt, sql } from "drizzle-orm";
import type { Clock } from "#foundation/clock.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { ShortTrace } from "#home/automation-config/automation-config.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { automationTrace } from "./automations.table.ts";
import { toItemId } from "./item-id.ts";

/** How often something began in the last 30 days, as far as traces were seen. */
export interface Attempts {
  readonly ran: number;
  /** Refused because another run was under way. */
  readonly cutOff: number;
  readonly conditionsFailed: number;
}

export const LOOKED_BACK_MS = 30 * DAY_MS;

/** Remembers how runs ended: Home Assistant keeps five traces of each, too few to see a habit. */
export function createKeptTraces({ db, clock }: { db: Db; clock: Clock }) {
  return {
    /** Those that are over; what is known is not kept twice. */
    keep(traces: readonly ShortTrace[]): void {
      const since = clock.now() - LOOKED_BACK_MS;
      inOneTransaction(db, (tx) => {
        for (const { runId, domain, itemId: id, startedAt: at, execution } of traces) {
          if (execution === undefined || at < since) continue;
          const itemId = domain === "script" ? toItemId({ domain, id }) : id;
          tx.insert(automationTrace)
            .values({ runId, itemId, at, execution })
            .onConflictDoNothing()
            .run();
        }
        tx.delete(automationTrace).where(lt(automationTrace.at, since)).run();
      });
    },
    /** By what drafts and versions know it by. */
    attempts(): ReadonlyMap<string, Attempts> {
      const { itemId, execution, at } = automationTrace;
      const rows = db
        .select({
          itemId,
          all: count(),
          cutOff: sql<number>`sum(${execution} in ('failed_single', 'failed_max_runs'))`,
          conditionsFailed: sql<number>`sum(${eq(execution, "failed_conditions")})`,
        })
        .from(automationTrace)
        .where(gte(at, clock.now() - LOOKED_BACK_MS))
        .groupBy(itemId)
        .all();
      return new Map(
        rows.map(({ itemId: id, all, cutOff, conditionsFailed }) => [
          id,
          { ran: all - cutOff - conditionsFailed, cutOff, conditionsFailed },
        ]),
      );
    },
  };
}

export type KeptTraces = ReturnType<typeof createKeptTraces>;
