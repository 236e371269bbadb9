import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import Sqlite from "better-sqlite3";
import { type BetterSQLite3Database, drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
import { readMigrationFiles } from "drizzle-orm/migrator";
import { AppError } from "#foundation/errors.ts";
import {
  AUTO_CHECKPOINT_PAGES,
  allowCheckpoints,
  createRecent,
  type Files,
  filesOf,
} from "./files.ts";
import { type SqliteThread, startSqliteThread, type Write } from "./sqlite-thread.ts";

export type { Files } from "./files.ts";
export type { Write } from "./sqlite-thread.ts";

/** Small synchronous queries of a start-up or a setting. Never a scan: it would hold the event loop. */
export type Db = BetterSQLite3Database & { $client: Sqlite.Database };
/** Writes that must be durable and must not hold the event loop. */
export type Writer = Pick<SqliteThread, "write">;

export interface DatabaseSize {
  readonly path: string;
  readonly bytes: number;
  readonly walBytes: number;
}

export interface Store extends AsyncDisposable {
  readonly db: Db;
  /** For threads of their own that read or write a capability's tables. */
  readonly files: Files;
  readonly writer: Writer;
  size(): DatabaseSize;
  /**
   * Leaves the files as they are until `thaw`, so that they can be copied one after the other.
   *
   * What is written meanwhile goes into the logs beside them, which only grow: a copy of a log that is cut
   * short is what was committed up to there. Throws `unavailable` when a reader was in the way.
   */
  freeze(): Promise<void>;
  thaw(): Promise<void>;
  /** Of what is not sealed yet. */
  recentBytes(): number;
}

const MIGRATIONS = fileURLToPath(new URL("./migrations", import.meta.url));

/**
 * Opens the database, brings it to today's schema, and refuses one that a newer version wrote.
 *
 * Throws `unconfigured` when the folder cannot be written, `conflict` for a newer schema.
 */
export function openStore(file: string): Store {
  const files = filesOf(file);
  const sqlite = open(files);
  const db = drizzle(sqlite);
  refuseNewer(sqlite);
  migrate(db, { migrationsFolder: MIGRATIONS });

  const writer = startSqliteThread(files);
  return {
    db,
    files,
    writer: { write: (statements: readonly Write[]) => writer.write(statements) },
    size: () => ({
      path: file,
      bytes: sizeOf(files.main) + sizeOf(files.recent),
      walBytes: sizeOf(`${files.main}-wal`) + sizeOf(`${files.recent}-wal`),
    }),
    async freeze() {
      allowCheckpoints(sqlite, 0);
      if (await writer.pauseCheckpoints()) return;
      await this.thaw();
      throw new AppError("unavailable", "store.busy", "The database is being read; try again");
    },
    async thaw() {
      allowCheckpoints(sqlite, AUTO_CHECKPOINT_PAGES);
      await writer.resumeCheckpoints();
    },
    recentBytes: () => sizeOf(files.recent) + sizeOf(`${files.recent}-wal`),
    async [Symbol.asyncDispose]() {
      await writer[Symbol.asyncDispose]();
      sqlite.close();
    },
  };
}

function open(files: Files): Sqlite.Database {
  const file = files.main;
  try {
    mkdirSync(dirname(file), { recursive: true });
    createRecent(files);
    const sqlite = new Sqlite(file);
    sqlite.pragma("auto_vacuum = INCREMENTAL"); // of a new file: what is deleted goes back to the disk
    sqlite.pragma("journal_mode = WAL");
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("busy_timeout = 5000");
    sqlite.prepare("attach ? as recent").run(files.recent);
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
