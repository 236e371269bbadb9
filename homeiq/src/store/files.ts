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
const CHECKPOINT_RECENT_PAGES = 8_000; // 4 MB: each page of it reaches the file once, not once a minute
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
    database.pragma(`wal_autocheckpoint = ${CHECKPOINT_RECENT_PAGES}`);
  }
  return database;
}

interface ConnectOptions {
  readonly readonly?: boolean;
  readonly synchronous?: "NORMAL" | "FULL";
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
