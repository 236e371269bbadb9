import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import { openChunks } from "#src/ingest/history/keeper/chunks.ts";
import { createKeeper } from "#src/ingest/history/keeper/keeper.ts";
import { seal } from "#src/ingest/history/keeper/seal.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { openStore } from "#src/store/database.ts";
import { connect, filesOf } from "#src/store/files.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { allEvents, openHistory, type TestHistory } from "#support/history.ts";
import { contextIdAt, seeded } from "#support/made-changes.ts";

// What a process leaves behind that was killed, or whose disk refused to write.

const START = Date.UTC(2026, 2, 27, 8);
const random = seeded(1);

let clock: ReturnType<typeof createFakeClock>;
let opened: TestHistory;

beforeEach(async () => {
  clock = createFakeClock(START);
  opened = await openHistory({ clock });
});

afterEach(() => opened[Symbol.asyncDispose]());

/** The process is gone; another one opens what it left. */
async function openAgain(): Promise<void> {
  const { folder } = opened;
  await opened.history[Symbol.asyncDispose]();
  await opened.store[Symbol.asyncDispose]();
  opened = await openHistory({ clock, folder });
}

const measured = (entityId: string, at: number, state: string): StateChange => ({
  entityId,
  at,
  kind: "state",
  newState: state,
  context: { id: contextIdAt(at, random) },
  cause: { kind: "integration", confidence: 0.95 },
});

const past = (entityId: string, at: number, state: string): PastChange => ({
  entityId,
  at,
  state,
  source: "csv",
});

const states = async () =>
  (await allEvents(opened.history)).map(({ entityId, newState }) => `${entityId} ${newState}`);

test("chunks of a seal that was killed are not seen, nor doubled by one that ends earlier", async () => {
  clock.advance(2 * HOUR_MS);
  await opened.record([
    measured("sensor.early", START + 10 * MINUTE_MS, "1"),
    measured("sensor.later", START + 70 * MINUTE_MS, "2"),
  ]);
  // A burst is sealed to the minute; this one is killed before its border moves.
  const database = connect(opened.store.files);
  const chunks = openChunks(database);
  const progress = database.prepare("select * from archive").get() as { sealed_through: number };
  seal(database, chunks, START + 80 * MINUTE_MS);
  database.prepare("update archive set sealed_through = ?").run(progress.sealed_through);
  database.close();

  await openAgain();
  expect((await opened.history.summary()).stateChanges).toBe(2);
  await opened.history.seal(); // up to the full hour
  expect(await states()).toEqual(["sensor.later 2", "sensor.early 1"]);
  expect((await opened.history.summary()).stateChanges).toBe(2);
  clock.advance(2 * HOUR_MS);
  await opened.history.seal();
  expect(await states()).toEqual(["sensor.later 2", "sensor.early 1"]);
  expect((await opened.history.costs()).map(({ changes }) => changes)).toEqual([1, 1]);
});

test("rows that are sealed and not yet deleted are counted once after a restart", async () => {
  clock.advance(2 * HOUR_MS);
  await opened.record([measured("sensor.one", START + MINUTE_MS, "1")]);
  await opened.history.seal();
  await openAgain();
  expect((await opened.history.summary()).stateChanges).toBe(1);
});

test("a late change is not taken for another that has the same state at the same moment", async () => {
  clock.advance(3 * HOUR_MS);
  await opened.history.seal();
  const at = START + HOUR_MS;
  const change = measured("light.hall", at, "on");
  await opened.record([change]);
  await opened.history.seal();
  await opened.record([{ ...change, at: at + 1, kind: "attributes", changedAttributes: { x: 1 } }]);
  await opened.history.seal();
  expect(opened.published).toHaveLength(2);
  expect((await allEvents(opened.history)).map(({ kind }) => kind)).toEqual([
    "attributes",
    "state",
  ]);
});

test("changes of the past that share a millisecond are all kept, those given twice once", async () => {
  clock.advance(3 * HOUR_MS);
  await opened.record([measured("sensor.a", START + MINUTE_MS, "0")]);
  const changes = (at: number) => [
    past("sensor.a", at, "1"),
    past("sensor.a", at, "2"),
    past("sensor.b", at, "3"),
    past("sensor.b", at, "3"),
  ];
  const { history } = opened;
  expect(await history.addPast(changes(START + HOUR_MS))).toEqual({ added: 3, known: 1 });
  await history.seal();
  expect(await history.addPast(changes(START + HOUR_MS))).toEqual({ added: 0, known: 4 });
  expect(await history.addPast(changes(START + HOUR_MS + 9))).toEqual({ added: 3, known: 1 });
  expect((await states()).toSorted()).toEqual(
    ["a 0", "a 1", "a 1", "a 2", "a 2", "b 3", "b 3"].map((one) => `sensor.${one}`),
  );
});

test("what waits to be merged hides nothing that is older", async () => {
  clock.advance(3 * HOUR_MS);
  await opened.record([measured("sensor.one", START + MINUTE_MS, "1")]);
  await opened.history.seal();
  await opened.history.addPast([past("sensor.one", START + 2 * HOUR_MS, "2")]);
  expect(await states()).toEqual(["sensor.one 2", "sensor.one 1"]);
  const found: string[] = [];
  for await (const block of opened.history.scan({}, new AbortController().signal)) {
    found.push(...block.map(({ newState = "" }) => newState));
  }
  expect(found).toEqual(["1", "2"]);
});

test("changes are not deleted before their day has its statistics", async () => {
  opened.history.setRetention({ rawDays: 1, fiveMinuteDays: null, hourlyDays: null, classes: [] });
  clock.advance(2 * HOUR_MS);
  await opened.record([measured("sensor.one", START + MINUTE_MS, "1")]);
  await opened.history.seal();
  clock.advance(3 * DAY_MS); // nobody was there at midnight
  await opened.history.retain();
  await opened.history.seal();
  const [found] = await opened.history.statistics({
    entityIds: ["sensor.one"],
    from: START,
    to: START + HOUR_MS,
    period: "hour",
    timeZone: "UTC",
  });
  expect(found?.rows).toMatchObject([{ n: 1, last: 1 }]);
});

test("a write that the disk refuses takes no name with it", async () => {
  clock.advance(MINUTE_MS);
  const { $client } = opened.store.db;
  $client.exec(
    "create trigger full before insert on recorded_entity begin select raise(abort, 'full'); end",
  );
  const recorded = opened.record([measured("sensor.one", START + 1000, "1")]);
  await eventually("the disk refuses", () => opened.history.counters().failing);
  $client.exec("drop trigger full");
  clock.advance(MINUTE_MS);
  await recorded;
  await openAgain();
  const [event] = await allEvents(opened.history);
  expect(event).toMatchObject({ entityId: "sensor.one", cause: { kind: "integration" } });
});

test("a moment that was forgotten gives no id a second time", async () => {
  clock.advance(2 * MINUTE_MS);
  const at = START + 1000;
  const moments = Array.from({ length: 60_000 }, (_, n) => measured("sensor.many", at + n, `${n}`));
  await opened.record([...moments, measured("sensor.other", at + 5, "again")]);
  const page = await opened.history.events({ entity: ["sensor.other"], limit: 5 });
  expect(page.events).toHaveLength(1);
});

test("rows of the first version from a clock that was ahead are there when their time has come", async () => {
  const { $client } = opened.store.db;
  const day = START + 2 * DAY_MS;
  $client.exec(`
    insert into recorded_entity (key, entity_id, name, domain, category, first_seen_at)
      values (9, 'sensor.old', 'Old', 'sensor', 'diagnostic', 0);
    insert into state_change (entity_key, at, kind, new_state, context_id, cause, cause_confidence)
      values (9, ${START - HOUR_MS}, 'state', '1', 'a', 'integration', 0.95),
        (9, ${day}, 'state', '2', 'b', 'integration', 0.95)`);
  await openAgain();
  clock.advance(3 * DAY_MS);
  await opened.history.seal();
  expect(await states()).toEqual(["sensor.old 2", "sensor.old 1"]);
});

test("what we heard late stays as it was told, whoever else brings it", async () => {
  clock.advance(3 * HOUR_MS);
  await opened.history.seal();
  const at = START + HOUR_MS;
  const change = measured("sensor.one", at, "1");
  const dressed = {
    ...change,
    at: at + 1,
    kind: "attributes",
    changedAttributes: { x: 1 },
  } as const;
  await opened.record([change, dressed]);
  expect(await opened.history.addPast([past("sensor.one", at + 1, "1")])).toEqual({
    added: 0,
    known: 1,
  });
  await opened.history.addPast([past("sensor.two", at + 1, "2")]);
  await opened.record([measured("sensor.two", at, "2")]);
  await opened.history.seal();
  const told = opened.published.map(({ id, cause }) => ({ id, cause: cause.kind }));
  const found = (await allEvents(opened.history)).map(({ id, cause }) => ({
    id,
    cause: cause.kind,
  }));
  expect(found.toSorted((one, other) => one.id - other.id)).toEqual(
    told.toSorted((one, other) => one.id - other.id),
  );
});

test("a keeper that ended is started again by the next who needs it", async () => {
  const folder = join(opened.folder, "later");
  const keeper = createKeeper({ files: filesOf(join(folder, "homeiq.db")), clock });
  await expect(keeper.ask("compact", undefined)).rejects.toThrow(/ended/);
  const store = openStore(join(folder, "homeiq.db"));
  expect(await keeper.ask("compact", undefined)).toBe(0);
  await keeper[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

test("a change that is sealed while its write is on its way is counted once", async () => {
  clock.advance(2 * HOUR_MS);
  const recorded = opened.record([measured("sensor.one", START + MINUTE_MS, "1")]);
  await Promise.all([recorded, opened.history.seal()]);
  expect((await opened.history.summary()).stateChanges).toBe(1);
});
