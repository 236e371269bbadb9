import { drizzle } from "drizzle-orm/better-sqlite3";
import type { Db } from "./database.ts";
import { connect, type Files } from "./files.ts";

/** The tables of the program for a thread that only reads them. */
export function openReadOnly(files: Files): Disposable & { readonly db: Db } {
  const sqlite = connect(files, { readonly: true });
  return { db: drizzle(sqlite), [Symbol.dispose]: () => void sqlite.close() };
}
