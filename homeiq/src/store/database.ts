import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { drizzle as drizzleProxy, type SqliteRemoteDatabase } from "drizzle-orm/sqlite-proxy";
import { AppError } from "#foundation/errors.ts";
import { type SqliteThread, startSqliteThread, type Write } from "./sqlite-thread.ts";

export type { Write } from "./sqlite-thread.ts";

/** Small synchronous queries of a start-up or a setting. Never a scan: it would hold the event loop. */
export type Db = BetterSQLite3Database & { $client: Sqlite.Database };
/** The same tables, read on a thread of their own. */
export type Reader = SqliteRemoteDatabase;
/** Writes that must be durable and must not hold the event loop. */
export type Writer = Pick<SqliteThread, "write">;

export interface DatabaseSize {
  readonly path: string;
  readonly bytes: number;
  readonly walBytes: number;
}

export interface Store extends AsyncDisposable {
  readonly db: Db;
  readonly reader: Reader;
  readonly writer: Writer;
  size(): DatabaseSize;
}

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Opens the database, brings it to today's schema, and refuses one that a newer version wrote.
 *
 * Throws `unconfigured` when the folder cannot be written, `conflict` for a newer schema.
 */
export function openStore(file: string): Store {
  const sqlite = open(file);
  const db = drizzle(sqlite);
  refuseNewer(sqlite);
  migrate(db, { migrationsFolder: MIGRATIONS });

  const writer = startSqliteThread({ file, readonly: false });
  const readThread = startSqliteThread({ file, readonly: true });
  const reader = drizzleProxy(async (sql, params, method) => {
    const rows = await readThread.read(sql, params);
    // The proxy driver wants one bare row for "get", and all rows for the rest.
    return { rows: method === "get" ? (rows[0] as unknown[]) : rows };
  });

  return {
    db,
    reader,
    writer: { write: (statements: readonly Write[]) => writer.write(statements) },
    size: () => ({ path: file, bytes: sizeOf(file), walBytes: sizeOf(`${file}-wal`) }),
    async [Symbol.asyncDispose]() {
      await readThread[Symbol.asyncDispose]();
      await writer[Symbol.asyncDispose]();
      sqlite.close();
    },
  };
}

function open(file: string): Sqlite.Database {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const sqlite = new Sqlite(file);
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("busy_timeout = 5000");
    return sqlite;
  } catch (error) {
    throw new AppError(
      "unconfigured",
      "store.unwritable",
      `Cannot open ${file}. Check that the folder exists and can be written, and that the disk has space.`,
      { cause: error },
    );
  }
}

function refuseNewer(sqlite: Sqlite.Database): void {
  const applied = sqlite
    .prepare("select name from sqlite_master where name = '__drizzle_migrations'")
    .get();
  if (!applied) return;
  const { last } = sqlite
    .prepare("select max(created_at) as last from __drizzle_migrations")
    .get() as { last: number | null };
  const known = Math.max(
    ...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((one) => one.folderMillis),
  );
  if (last !== null && Number(last) > known) {
    throw new AppError(
      "conflict",
      "store.newer_schema",
      "The database was written by a newer version of HomeIQ. Install that version again, or restore an older backup.",
    );
  }
}

const sizeOf = (file: string) => (existsSync(file) ? statSync(file).size : 0);
