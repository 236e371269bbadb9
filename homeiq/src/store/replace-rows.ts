import { getTableColumns, type InferInsertModel, type SQL, sql } from "drizzle-orm";
import type { SQLiteColumn, SQLiteInsertValue, SQLiteTable } from "drizzle-orm/sqlite-core";
import type { Db } from "./database.ts";

/**
 * Writes whole rows in the place of those with the same key.
 *
 * The statement is made once for all: made anew for each row it is most of the time that hundreds of them take.
 */
export function replaceRows<T extends SQLiteTable>(
  into: Pick<Db, "insert">,
  { table, key, rows }: { table: T; key: SQLiteColumn; rows: readonly InferInsertModel<T>[] },
): void {
  const columns = Object.entries(getTableColumns(table));
  const values = columns.map(([name]) => [name, sql.placeholder(name)] as const);
  const set = columns.map(([name, column]): [string, SQL] => [
    name,
    sql`excluded.${sql.identifier(column.name)}`,
  ]);
  const statement = into
    .insert(table)
    // A placeholder stands for what the column takes.
    .values(Object.fromEntries(values) as unknown as SQLiteInsertValue<T>)
    .onConflictDoUpdate({ target: key, set: Object.fromEntries(set) as object })
    .prepare();
  for (const row of rows) statement.run(row);
}
