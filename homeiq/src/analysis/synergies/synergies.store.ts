import { and, eq, inArray, lt } from "drizzle-orm";
import { DAY_MS } from "#foundation/time.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { replaceRows } from "#store/replace-rows.ts";
import { synergy, synergyRun } from "./synergies.table.ts";
import type { KnownSynergy, SynergyFilter, SynergyRun } from "./synergies.ts";
import type { Synergy } from "./synergy.ts";

const KEPT_MS = 90 * DAY_MS; // after it was found last

/** Keeps what a run found: all of it, or nothing. What it did not find is gone. */
export function keepSynergies(db: Db, run: SynergyRun, found: readonly Synergy[]): void {
  inOneTransaction(db, (tx) => {
    tx.update(synergy).set({ status: "gone" }).run();
    const known = tx.select({ id: synergy.id, at: synergy.firstFoundAt }).from(synergy).all();
    const firstFoundAt = new Map(known.map(({ id, at }) => [id, at]));
    const rows = found.map((one) => ({
      ...{ id: one.id, type: one.facts.type, status: "active" as const, payload: one },
      firstFoundAt: firstFoundAt.get(one.id) ?? run.startedAt,
      lastFoundAt: run.startedAt,
    }));
    replaceRows(tx, { table: synergy, key: synergy.id, rows });
    tx.delete(synergy)
      .where(lt(synergy.lastFoundAt, run.startedAt - KEPT_MS))
      .run();
    const row = { id: 1, run };
    tx.insert(synergyRun).values(row).onConflictDoUpdate({ target: synergyRun.id, set: row }).run();
  });
}

/** The best first. */
export function readSynergies(
  db: Db,
  { types, statuses, entityId, areaId }: SynergyFilter = {},
): KnownSynergy[] {
  return db
    .select()
    .from(synergy)
    .where(
      and(
        types && inArray(synergy.type, [...types]),
        statuses && inArray(synergy.status, [...statuses]),
      ),
    )
    .all()
    .map(toKnown)
    .filter(({ synergy: { entityIds, areaId: own } }) => {
      if (entityId !== undefined && !entityIds.includes(entityId)) return false;
      return areaId === undefined || own === areaId;
    })
    .sort(
      ({ synergy: one }, { synergy: other }) =>
        other.score.value - one.score.value || (one.id < other.id ? -1 : 1),
    );
}

export function readSynergy(db: Db, id: string): KnownSynergy | undefined {
  const row = db.select().from(synergy).where(eq(synergy.id, id)).get();
  return row && toKnown(row);
}

export const readRun = (db: Db): SynergyRun | undefined => db.select().from(synergyRun).get()?.run;

const toKnown = ({
  payload,
  status,
  firstFoundAt,
  lastFoundAt,
}: typeof synergy.$inferSelect): KnownSynergy => ({
  ...{ synergy: payload, status, firstFoundAt, lastFoundAt },
});
