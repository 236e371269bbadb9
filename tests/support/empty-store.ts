import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore, type Store } from "#src/store/database.ts";

/** The program's tables, empty, in files that go with it. */
export function openEmptyStore(): AsyncDisposable & Pick<Store, "db"> {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-store-"));
  const store = openStore(join(folder, "homeiq.db"));
  return {
    db: store.db,
    async [Symbol.asyncDispose]() {
      await store[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
