import { createWriteStream } from "node:fs";
import { mkdir, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { AppError } from "#foundation/errors.ts";

/** A file that waits in the imports folder. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: number;
  readonly changedAt: number;
}

export const MOST_FILE_BYTES = 8 * 1024 ** 3; // a recorder of a large house with months of history
const KEEP_FREE_BYTES = 512 * 1024 ** 2;
const UNFINISHED = ".part";

/** The only folder that files are imported from. Names are checked before they come here. */
export function createImportFiles(folder: string) {
  return {
    async list(): Promise<ImportFile[]> {
      const names = await readdir(folder).catch(() => []); // no folder: nothing was ever put there
      const wanted = names.filter(
        (name) => !name.endsWith(UNFINISHED) && !/-(wal|shm)$/.test(name),
      );
      return await Promise.all(
        wanted.sort().map(async (name) => {
          const { size, mtimeMs } = await stat(join(folder, name));
          return { name, bytes: size, changedAt: Math.round(mtimeMs) };
        }),
      );
    },

    /** The file's path. Throws `not_found`. */
    async find(name: string): Promise<string> {
      const file = join(folder, name);
      const found = await stat(file).catch(() => undefined); // answered below
      if (found?.isFile()) return file;
      throw new AppError("not_found", "imports.no_file", `There is no file ${name} to import`);
    },

    /** Writes a file piece by piece. Throws `invalid` when it is too large for the disk or at all. */
    async keep(name: string, body: AsyncIterable<Uint8Array>): Promise<void> {
      await mkdir(folder, { recursive: true });
      const { bavail, bsize } = await statfs(folder);
      const most = Math.min(MOST_FILE_BYTES, bavail * bsize - KEEP_FREE_BYTES);
      const unfinished = join(folder, `${name}${UNFINISHED}`);
      let bytes = 0;
      async function* measured() {
        for await (const piece of body) {
          bytes += piece.length;
          if (bytes > most) {
            throw new AppError(
              "invalid",
              "imports.too_large",
              "The file is larger than 8 GB, or than the disk has room for",
            );
          }
          yield piece;
        }
      }
      try {
        await pipeline(measured, createWriteStream(unfinished));
        await rename(unfinished, join(folder, name));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },

    /** Also what SQLite may have put beside it. */
    async remove(name: string): Promise<void> {
      await Promise.all(
        ["", "-wal", "-shm"].map((end) => rm(join(folder, `${name}${end}`), { force: true })),
      );
    },
  };
}

export type ImportFiles = ReturnType<typeof createImportFiles>;
