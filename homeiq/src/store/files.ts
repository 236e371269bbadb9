import Sqlite from "better-sqlite3";

/**
 * The two files of the store.
 *
 * `recent` holds what was written in the last hours, in pages of 512 bytes: a batch a second changes a few
 * hundred bytes, and SQLite writes whole pages. Measured at 20 changes/s: 4,096-byte pages cost 390 bytes a
 * change, these 190. Everything that lasts is in `main`, whose large pages are read faster.
 */
export interface Files {
  readonly main: string;
  readonly recent: string;
}

const RECENT_PAGE_BYTES = 512;
export const CHECKPOINT_RECENT_PAGES = 8_000; // 4 MB: each page of it reaches the file once, not once a minute
const BUSY_MS = 10_000;
const CACHE_KB = 8_000;

export const filesOf = (main: string): Files => ({
  main,
  recent: main.replace(/(\.db)?$/, "-recent.db"),
});

/** A connection to both files; the tables of `recent` are called `recent.<table>`. */
export function connect(
  files: Files,
  { readonly = false, synchronous = "NORMAL" }: ConnectOptions = {},
): Sqlite.Database {
  const database = new Sqlite(files.main, { readonly });
  database.pragma(`busy_timeout = ${BUSY_MS}`);
  database.prepare("attach ? as recent").run(files.recent);
  database.pragma(`cache_size = -${CACHE_KB}`);
  if (!readonly) {
    database.pragma(`synchronous = ${synchronous}`);
    database.pragma(`recent.synchronous = ${synchronous}`);
    allowCheckpoints(database, CHECKPOINT_RECENT_PAGES);
  }
  return database;
}

interface ConnectOptions {
  readonly readonly?: boolean;
  readonly synchronous?: "NORMAL" | "FULL";
}

/**
 * Makes everything durable that this connection committed to the main file.
 *
 * With `synchronous = NORMAL` a commit only reaches the write-ahead log; one commit under FULL flushes that,
 * and all that was written before it. Thousands of small commits then cost one flush instead of thousands.
 */
export function flush(database: Sqlite.Database): void {
  database.pragma("main.synchronous = FULL");
  const commits = database.pragma("main.user_version", { simple: true }) as number;
  database.pragma(`main.user_version = ${(commits + 1) % 2 ** 31}`); // any commit does; this one says nothing
  database.pragma("main.synchronous = NORMAL");
}

/** Pages of the log after which SQLite copies it into the file, unless a backup is being made. */
export const AUTO_CHECKPOINT_PAGES = 1_000;

/** Lets a connection copy its log into the files by itself again, or keeps it from doing so. */
export function allowCheckpoints(database: Sqlite.Database, pages: number): void {
  database.pragma(`wal_autocheckpoint = ${pages}`);
}

/** Copies the log of both files into them. `false` when somebody was reading and a part had to stay. */
export function checkpoint(database: Sqlite.Database): boolean {
  return (["main", "recent"] as const).every((name) => {
    const [row] = database.pragma(`${name}.wal_checkpoint(TRUNCATE)`) as [{ busy: number }];
    return row.busy === 0;
  });
}

/** Makes the file of recent rows, with its page size, when it is not there. */
export function createRecent(files: Files): void {
  const database = new Sqlite(files.recent);
  try {
    database.pragma(`page_size = ${RECENT_PAGE_BYTES}`);
    database.pragma("journal_mode = WAL");
  } finally {
    database.close();
  }
}
