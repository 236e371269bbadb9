import type { Db } from "#store/database.ts";
import { Filter } from "./filter.schema.ts";
import { entityFilter } from "./filter.table.ts";

/** `undefined` when the household has never set one. */
export function readFilter(db: Db): Filter | undefined {
  const row = db.select().from(entityFilter).get();
  return row ? Filter.parse(row.filter) : undefined;
}

export function keepFilter(db: Db, filter: Filter, changedAt: number): void {
  db.insert(entityFilter)
    .values({ id: 1, filter, changedAt })
    .onConflictDoUpdate({ target: entityFilter.id, set: { filter, changedAt } })
    .run();
}
