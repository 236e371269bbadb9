import { globSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { keepSteps, readProgress } from "#src/analysis/energy/energy.store.ts";
import { openStore } from "#src/store/database.ts";

const SOURCE = fileURLToPath(new URL("../../../homeiq/src/", import.meta.url));
const newFile = () => join(mkdtempSync(join(tmpdir(), "homeiq-store-")), "homeiq.db");

test("a database that a newer version wrote is refused, and left as it is", async () => {
  const file = newFile();
  {
    await using store = openStore(file);
    const future = Date.UTC(2090, 0, 1);
    store.db.run(`insert into __drizzle_migrations (hash, created_at) values ('x', ${future})`);
  }
  expect(() => openStore(file)).toThrow(/newer version/);
});

test("opening twice in a row changes nothing", async () => {
  const file = newFile();
  const countTables = async () => {
    await using store = openStore(file);
    const [row] = store.db.all<{ n: number }>("select count(*) as n from sqlite_master");
    return row?.n;
  };
  const first = await countTables();
  expect(first).toBeGreaterThan(3);
  expect(await countTables()).toBe(first);
});

test("a place that cannot be written says what to do", () => {
  const file = newFile();
  writeFileSync(file.replace("homeiq.db", "taken"), "");
  expect(() => openStore(file.replace("homeiq.db", "taken/homeiq.db"))).toThrow(/can be written/);
});

test("what the writing thread has answered for can be read on any other", async () => {
  await using store = openStore(newFile());
  await store.writer.write([
    { sql: "create table note (text text)", rows: [[]] },
    { sql: "insert into note values (?)", rows: [["one"], ["two"]] },
  ]);
  const rows = store.db.all("select text from note order by text");
  expect(rows).toEqual([{ text: "one" }, { text: "two" }]);
});

test("what reads and then writes in one transaction is not refused while a thread writes all the time", async () => {
  await using store = openStore(newFile());
  await store.writer.write([{ sql: "create table note (n integer)", rows: [[]] }]);
  let isOver = false;
  const writing = (async () => {
    while (!isOver) await store.writer.write([{ sql: "insert into note values (?)", rows: [[1]] }]);
  })();
  for (let doneUntil = 1; doneUntil <= 300; doneUntil += 1) {
    const progress = { meter: "sensor.meter", doneUntil };
    keepSteps(store.db, { steps: [], progress, forgetBefore: 0 });
    await setImmediate();
  }
  isOver = true;
  await writing;
  expect(readProgress(store.db)).toMatchObject({ doneUntil: 300 });
});

test("every transaction of the main thread waits for its turn before it reads", () => {
  const files = globSync("**/*.ts", { cwd: SOURCE });
  const own = files.filter((file) =>
    /\bdb\.transaction\(/.test(readFileSync(`${SOURCE}${file}`, "utf8")),
  );
  expect(own).toEqual(["store/in-one-transaction.ts"]);
});

test("a batch with a wrong row leaves nothing behind", async () => {
  await using store = openStore(newFile());
  await store.writer.write([{ sql: "create table note (text text not null)", rows: [[]] }]);
  const write = store.writer.write([
    { sql: "insert into note values (?)", rows: [["one"], [null]] },
  ]);
  await expect(write).rejects.toThrow();
  expect(store.db.all("select text from note")).toEqual([]);
});
