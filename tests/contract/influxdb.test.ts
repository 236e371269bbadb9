import { expect, test } from "vitest";
import type { Clock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import type { PastChange } from "#src/ingest/history/history.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { INFLUXDB_1, startFakeInfluxdb } from "#support/fake-influxdb.ts";
import { type MirrorUnderTest, recordedChange, startMirror } from "#support/influx-mirror.ts";

const DATABASE = { database: "home_assistant_events" };
const many = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => recordedChange(from + n));

/** A clock that a test moves, at the moment of the first change. */
const newClock = () => createFakeClock(recordedChange(0).at);

/** Moves the clock second by second until it is so. */
const whenTimePasses = <T>(clock: ReturnType<typeof newClock>, ask: () => Promise<T | undefined>) =>
  eventually("it comes with time", async () => {
    const answer = await ask();
    if (answer === undefined) clock.advance(1_000);
    return answer;
  });

const isCopied = (clock: ReturnType<typeof newClock>, { mirror }: MirrorUnderTest) =>
  whenTimePasses(clock, async () => {
    const now = await mirror.status();
    const done = now.state === "sending" && now.outbox?.changes === 0 && now.missing.length === 0;
    return done ? now : undefined;
  });

const inState = (clock: ReturnType<typeof newClock>, { mirror }: MirrorUnderTest, state: string) =>
  whenTimePasses(clock, async () => {
    const now = await mirror.status();
    return now.state === state ? now : undefined;
  });

test("changes of many transactions go out as one request, in their order", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  await using house = await startMirror({ choice: { ...DATABASE, url: server.url }, clock });
  await isCopied(clock, house);
  for (let n = 0; n < 500; n += 100) await house.record(many(n, n + 100));
  await isCopied(clock, house);
  const writes = server.asked.filter(({ url }) => url.startsWith("/write"));
  expect(writes.length).toBeLessThanOrEqual(2);
  const times = [...server.lines].map((line) => BigInt(line.split(" ").at(-1) ?? 0));
  expect(times).toEqual(times.toSorted((one, other) => Number(one - other)));
  expect(times).toHaveLength(500);
});

test("a server that asks for patience is asked again no sooner", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  await using house = await startMirror({ choice: { ...DATABASE, url: server.url }, clock });
  await isCopied(clock, house);
  server.answerWrites({ status: 503, headers: { "retry-after": "120" } });
  await house.record(many(0, 10));
  const status = await inState(clock, house, "waiting");
  expect(status.nextTryAt).toBe((status.lastError?.at ?? 0) + 120_000);
  expect(status.outbox).toMatchObject({ changes: 10, full: false });
  server.answerWrites(undefined);
  expect(await isCopied(clock, house)).not.toHaveProperty("lastError");
});

test("a retry by hand does not wait", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  await using house = await startMirror({ choice: { ...DATABASE, url: server.url }, clock });
  await isCopied(clock, house);
  server.answerWrites({ status: 401 });
  await house.record(many(0, 10));
  await inState(clock, house, "needs_you");
  server.answerWrites(undefined);
  await house.mirror.retry();
  await eventually("it is sent, though the clock stands still", () => server.lines.size === 10);
});

test("a full outbox says so, loses nothing, and copies the hole from the history afterwards", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  const choice = { ...DATABASE, url: server.url };
  await using house = await startMirror({ choice, clock, limitBytes: 3_000 });
  await isCopied(clock, house);
  server.answerWrites({ status: 503 });
  for (let n = 0; n < 2_000; n += 50) await house.record(many(n, n + 50));
  const status = await house.mirror.status();
  expect(status.outbox).toMatchObject({ full: true, limitBytes: 3_000 });
  const waiting = status.outbox?.changes ?? 0;
  expect(waiting).toBeLessThan(2_000);
  expect(status.missing).toEqual([
    {
      from: recordedChange(waiting).at,
      to: recordedChange(1_999).at + 1,
      reason: "outbox_full",
      changes: 2_000 - waiting,
    },
  ]);
  server.answerWrites(undefined);
  expect(await isCopied(clock, house)).toMatchObject({ outbox: { full: false } });
  expect(server.lines.size).toBe(2_000);
});

test("what waits outlives the process", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  const choice = { ...DATABASE, url: server.url };
  await using first = await startMirror({ choice, clock });
  await isCopied(clock, first);
  server.answerWrites({ status: 503 });
  await first.record(many(0, 300));
  await first.mirror[Symbol.asyncDispose]();
  server.answerWrites(undefined);
  await using second = await startMirror({ choice, clock, folder: first.folder });
  await isCopied(clock, second);
  expect(server.lines.size).toBe(300);
});

test("InfluxDB switched off and on again has no hole of that time", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  const choice = { ...DATABASE, url: server.url };
  const { folder, history } = await (async () => {
    const house = await startMirror({ choice, clock });
    await isCopied(clock, house);
    server.answerWrites({ status: 503 });
    await house.record(many(0, 100));
    await house.mirror[Symbol.asyncDispose]();
    return house;
  })();
  clock.advance(100_000);
  {
    await using off = await startMirror({ choice: undefined, clock, folder, history });
    expect(await off.mirror.status()).toMatchObject({ state: "off", sent: 0 });
    await off.record(many(100, 200));
    clock.advance(100_000);
  }
  server.answerWrites(undefined);
  await using again = await startMirror({ choice, clock, folder, history });
  await isCopied(clock, again);
  expect(server.lines.size).toBe(200);
});

test("another server gets all that there is", async () => {
  await using one = await startFakeInfluxdb(INFLUXDB_1);
  await using other = await startFakeInfluxdb(INFLUXDB_1);
  const clock: Clock & { advance(ms: number): void } = newClock();
  const first = await startMirror({ choice: { ...DATABASE, url: one.url }, clock });
  await first.record(many(0, 100));
  await isCopied(clock, first);
  await first.mirror[Symbol.asyncDispose]();
  clock.advance(200_000);
  const { folder, history } = first;
  const choice = { ...DATABASE, url: other.url };
  await using second = await startMirror({ choice, clock, folder, history });
  await isCopied(clock, second);
  expect(other.lines).toEqual(one.lines);
});

test("what a whole house reports in one millisecond is copied whole", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  const { at } = recordedChange(-1);
  const history = Array.from({ length: 2_500 }, (_, n) =>
    recordedChange(n, { at, id: at * 4096 + n, entityId: `sensor.number_${n}` }),
  );
  const choice = { ...DATABASE, url: server.url };
  await using house = await startMirror({ choice, clock, history });
  await isCopied(clock, house);
  expect(server.lines.size).toBe(2_500);
});

test("changes that are asked for again, as after a full disk, are counted once", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  await using house = await startMirror({ choice: { ...DATABASE, url: server.url }, clock });
  const changes = many(0, 100);
  house.mirror.alongside(changes);
  house.mirror.alongside(changes);
  expect((await house.mirror.status()).outbox?.changes).toBe(100);
});

test("no line of the log holds a credential or a state", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const written: string[] = [];
  const log = createLog("trace");
  for (const level of ["debug", "info", "warn", "error"] as const) {
    log[level] = (...args: unknown[]) => void written.push(JSON.stringify(args));
  }
  const clock = newClock();
  const choice = { ...DATABASE, url: server.url, username: "anna", password: "s3cret" };
  await using house = await startMirror({ choice, clock, log });
  await isCopied(clock, house);
  const body = `{"error":"unable to parse 'm,entity_id=lock.door state=\\"open-sesame\\"': bad"}`;
  server.answerWrites({ status: 400, body });
  await house.record([{ ...recordedChange(1), newState: "open-sesame" }]);
  await whenTimePasses(clock, async () =>
    (await house.mirror.status()).refused === 1 ? 1 : undefined,
  );
  expect(written.join("\n")).toContain("unable to parse");
  expect(written.join("\n")).not.toMatch(/s3cret|anna|sesame/);
});

test("changes of the past that are added later are copied as well, also by the next process", async () => {
  await using server = await startFakeInfluxdb(INFLUXDB_1);
  const clock = newClock();
  const choice = { ...DATABASE, url: server.url };
  await using house = await startMirror({ choice, clock });
  await isCopied(clock, house);
  const past = (from: number, to: number) =>
    many(from, to).map((change) => ({ ...change, state: "1", source: "recorder" as const }));
  const keeper = house.mirror.copyingPast({
    async addPast(changes) {
      house.history.push(...changes.map(({ at }) => recordedChange(0, { at })));
      return { added: changes.length, known: 0 };
    },
  });
  await keeper.addPast(past(-500, -200));
  await isCopied(clock, house);
  expect(server.lines.size).toBe(300);

  const { folder, history } = house;
  const ending = house.mirror.copyingPast({
    addPast(changes: readonly PastChange[]) {
      house.history.push(...changes.map(({ at }) => recordedChange(1, { at })));
      return new Promise<never>(() => undefined); // as when the process ends here
    },
  });
  void ending.addPast(past(-100, 0));
  await eventually("it has begun", () => history.length === 400);
  await house.mirror[Symbol.asyncDispose]();
  await using next = await startMirror({ choice, clock, folder, history });
  await isCopied(clock, next);
  expect(server.lines.size).toBe(400);
});
