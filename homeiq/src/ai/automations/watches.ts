import { desc, eq } from "drizzle-orm";
import { dropAbsent, present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { automationRun, automationWatch } from "./automations.table.ts";
import type { Override } from "./overrides.ts";

/** A new automation on probation, and how it did. */
export interface Watch {
  readonly automationId: string;
  readonly entityId: string;
  /** `demoted`: turned off by rule. `ended`: a person removed or changed it, or turned it off. */
  readonly state: "watching" | "passed" | "demoted" | "ended";
  readonly startedAt: number;
  /** When it will have passed. */
  readonly until: number;
  readonly runs: number;
  readonly overrides: number;
  readonly failures: number;
  /** Why it was turned off. */
  readonly note?: string;
  readonly endedAt?: number;
}

export interface WatchedRun {
  readonly contextId: string;
  readonly at: number;
  /** As its trace says; absent until it was read. */
  readonly execution?: string;
  readonly error?: string;
  readonly overridden?: { readonly at: number; readonly entityId: string; readonly to: string };
}

const MOST_RUNS = 1_000; // of one automation; the newest say how it does

/** The rows of probation. */
export function createWatches({ db, clock }: { db: Db; clock: Clock }) {
  const runs = (automationId: string): readonly WatchedRun[] =>
    db
      .select()
      .from(automationRun)
      .where(eq(automationRun.automationId, automationId))
      .orderBy(desc(automationRun.at))
      .limit(MOST_RUNS)
      .all()
      .map(toRun);

  const toWatch = (row: typeof automationWatch.$inferSelect): Watch => {
    const all = runs(row.automationId);
    return {
      automationId: row.automationId,
      entityId: row.entityId,
      state: row.state as Watch["state"], // written by this file only
      startedAt: row.startedAt,
      until: row.until,
      runs: all.length,
      overrides: all.filter(({ overridden }) => overridden).length,
      failures: all.filter(({ error, execution }) => error || execution === "error").length,
      ...present("note", row.note),
      ...present("endedAt", row.endedAt),
    };
  };

  return {
    runs,
    list: () =>
      db.select().from(automationWatch).orderBy(desc(automationWatch.startedAt)).all().map(toWatch),
    watching: () =>
      db
        .select()
        .from(automationWatch)
        .where(eq(automationWatch.state, "watching"))
        .all()
        .map(toWatch),
    find(automationId: string): Watch | undefined {
      const row = db
        .select()
        .from(automationWatch)
        .where(eq(automationWatch.automationId, automationId))
        .get();
      return row && toWatch(row);
    },
    begin(watch: Pick<Watch, "automationId" | "entityId" | "startedAt" | "until">): void {
      const values = { ...watch, state: "watching", note: null, endedAt: null };
      inOneTransaction(db, (tx) => {
        tx.delete(automationRun).where(eq(automationRun.automationId, watch.automationId)).run();
        tx.insert(automationWatch)
          .values(values)
          .onConflictDoUpdate({ target: automationWatch.automationId, set: values })
          .run();
      });
    },
    end(automationId: string, state: Watch["state"], note?: string): void {
      db.update(automationWatch)
        .set({ state, note: note ?? null, endedAt: clock.now() })
        .where(eq(automationWatch.automationId, automationId))
        .run();
    },
    keepRun(
      run: Pick<WatchedRun, "contextId" | "at" | "execution" | "error"> & { automationId: string },
    ) {
      const { execution, error } = run;
      const insert = db.insert(automationRun).values(run);
      if (execution === undefined) return void insert.onConflictDoNothing().run();
      const set = { execution, error: error ?? null };
      insert.onConflictDoUpdate({ target: automationRun.contextId, set }).run();
    },
    keepOverride({ contextId, entityId, at, to }: Override): void {
      db.update(automationRun)
        .set({ overriddenAt: at, overriddenEntity: entityId, overriddenTo: to })
        .where(eq(automationRun.contextId, contextId))
        .run();
    },
  };
}

const toRun = (row: typeof automationRun.$inferSelect): WatchedRun => ({
  contextId: row.contextId,
  at: row.at,
  ...dropAbsent({ execution: row.execution ?? undefined, error: row.error ?? undefined }),
  ...(row.overriddenAt === null
    ? {}
    : {
        overridden: {
          at: row.overriddenAt,
          entityId: row.overriddenEntity ?? "",
          to: row.overriddenTo ?? "",
        },
      }),
});
