import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, matchesGlob } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { createLog } from "#src/foundation/log.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { createBackup } from "#src/ingest/backup/backup.ts";
import { createFakeClock } from "#support/clock.ts";
import { allEvents, openHistory } from "#support/history.ts";
import { seeded, temperatures, threeDays } from "#support/made-changes.ts";

const START = Date.UTC(2026, 2, 27, 22);
const CONFIG = parse(
  readFileSync(fileURLToPath(new URL("../../homeiq/config.yaml", import.meta.url)), "utf8"),
);

test("files copied one after the other while changes are recorded make a whole history", async () => {
  const clock = createFakeClock(START);
  await using opened = await openHistory({ clock });
  clock.advance(3 * DAY_MS);
  await opened.record(threeDays(START));
  await opened.history.seal();
  const before = await allEvents(opened.history);
  const backup = createBackup({ ...opened, clock, log: createLog("silent") });

  await backup.begin();
  const copy = mkdtempSync(join(tmpdir(), "homeiq-backup-"));
  const files = readdirSync(opened.folder)
    .filter((name) => !isExcluded(name))
    .toSorted();
  let sealed = false;
  const sealing = opened.history.seal().then(() => {
    sealed = true;
  });
  for (const [n, name] of files.entries()) {
    copyFileSync(join(opened.folder, name), join(copy, name));
    await opened.record(more(n)); // what comes meanwhile may or may not be in the copy
    clock.advance(HOUR_MS);
  }
  await pause(50);
  expect(sealed).toBe(false);
  await backup.end();
  await sealing;
  expect(files).toEqual(expect.arrayContaining(["homeiq-recent.db", "homeiq.db", "homeiq.db-wal"]));
  expect(existsSync(join(copy, "homeiq.db-shm"))).toBe(false);

  await using restored = await openHistory({ clock, folder: copy });
  const after = await allEvents(restored.history);
  const told = new Map(after.map((event) => [event.id, event]));
  expect(before.filter(({ id }) => !told.has(id))).toEqual([]);
  for (const file of ["homeiq.db", "homeiq-recent.db"]) {
    const database = new DatabaseSync(join(copy, file), { readOnly: true });
    expect(database.prepare("PRAGMA integrity_check").get()).toEqual({ integrity_check: "ok" });
    database.close();
  }
});

test("a backup whose end is never told lets sealing go on after half an hour", async () => {
  const clock = createFakeClock(START);
  await using opened = await openHistory({ clock });
  const backup = createBackup({ ...opened, clock, log: createLog("silent") });
  await backup.begin();
  const sealing = opened.history.seal();
  clock.advance(31 * 60_000);
  await expect(sealing).resolves.toMatchObject({ changes: 0 });
});

/** The Supervisor compares with Python's `PurePath.match`: a pattern without a slash meets the last part. */
const isExcluded = (name: string) =>
  (CONFIG.backup_exclude as string[]).some((pattern) => matchesGlob(name, pattern));

const more = (n: number) =>
  temperatures(`sensor.more_${n}`, {
    from: START + 3 * DAY_MS + n * HOUR_MS,
    to: START + 3 * DAY_MS + (n + 1) * HOUR_MS,
    everyMs: 10_000,
    random: seeded(n),
  });
