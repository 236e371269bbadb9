import type Database from "better-sqlite3";

const MOST = 200; // filters make many shapes; each holds memory

/** Prepares each text once, and forgets all when there are too many. */
export function prepareOnce(database: Database.Database): (sql: string) => Database.Statement {
  const statements = new Map<string, Database.Statement>();
  return (sql) => {
    const known = statements.get(sql);
    if (known) return known;
    if (statements.size >= MOST) statements.clear();
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
}
