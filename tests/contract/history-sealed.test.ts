import { afterAll, beforeAll, expect, test } from "vitest";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import type { EventQuery, RecordedChange, Series } from "#src/ingest/history/history.ts";
import { createFakeClock } from "#support/clock.ts";
import { allEvents, openHistory, plain, type TestHistory } from "#support/history.ts";
import { LIGHTS, THERMOMETER, threeDays } from "#support/made-changes.ts";

// Everything a reader may ask, before and after sealing: nobody may see a difference.

const START = Date.UTC(2026, 2, 27, 22); // a clock change in Europe is among the days
const QUERIES: Partial<EventQuery>[] = [
  { entity: ["light.hall"] },
  { domain: ["light"], cause: ["automation"] },
  { kind: ["availability"] },
  { text: "unavail" },
  { text: "kitchen" },
  { from: START + 30 * HOUR_MS, to: START + 40 * HOUR_MS },
];
const DAY = { entityIds: [THERMOMETER], from: START + DAY_MS, to: START + 2 * DAY_MS };

const changes = threeDays(START);
let opened: TestHistory;
let before: { events: RecordedChange[]; found: number[][]; series: readonly Series[] };
let sealed: Awaited<ReturnType<TestHistory["history"]["seal"]>>;

const findAll = () =>
  Promise.all(
    QUERIES.map(async (query) => (await allEvents(opened.history, query)).map(({ id }) => id)),
  );

beforeAll(async () => {
  const clock = createFakeClock(START);
  opened = await openHistory({ clock });
  clock.advance(3 * DAY_MS);
  await opened.record(changes);
  before = {
    events: await allEvents(opened.history),
    found: await findAll(),
    series: await opened.history.series(DAY),
  };
  sealed = await opened.history.seal();
});

afterAll(() => opened[Symbol.asyncDispose]());

test("what was recorded is read back as it was, newest first", () => {
  expect(before.events.toReversed().map(plain)).toEqual(changes.map(plain));
});

test("sealing changes neither what is told nor any id", async () => {
  expect(sealed.days).toBe(3);
  const after = await allEvents(opened.history);
  expect(after.map(plain)).toEqual(before.events.map(plain));
  expect(after.map(({ id }) => id)).toEqual(before.events.map(({ id }) => id));
  const { tiers } = await opened.history.storage();
  expect(tiers.sealed.changes).toBe(sealed.changes);
  expect(tiers.sealed.changes + tiers.recent.changes).toBe(changes.length);
});

test("filters find the same after sealing", async () => {
  expect(before.found.every((ids) => ids.length > 0)).toBe(true);
  expect(await findAll()).toEqual(before.found);
});

test("a series is the same sealed, and buckets keep the peaks", async () => {
  expect(await opened.history.series(DAY)).toEqual(before.series);
  const values = [...(before.series[0]?.value ?? [])].filter((value) => !Number.isNaN(value));
  const [buckets] = await opened.history.buckets({ ...DAY, count: 20 });
  expect(Math.max(...(buckets?.max ?? []))).toBe(Math.max(...values));
  expect(Math.min(...(buckets?.min ?? []))).toBe(Math.min(...values));
  expect([...(buckets?.n ?? [])].reduce((sum, n) => sum + n, 0)).toBe(values.length);
});

test("the body of a history answer holds the same points", async () => {
  const body = await opened.history.historyJson({ ...DAY, gaps: [] });
  const { entities } = JSON.parse(Buffer.from(body).toString());
  const [series] = before.series;
  expect(entities[0].points.map(([at]: [number]) => at)).toEqual([...(series?.at ?? [])]);
  const coarse = await opened.history.historyJson({ ...DAY, gaps: [], points: 24 });
  expect(JSON.parse(Buffer.from(coarse).toString()).entities[0].buckets).toHaveLength(24);
});

test("a context that people, parents or several changes belong to outlives sealing; a lone one does not", async () => {
  const sealed = await allEvents(opened.history, { to: START + 2 * DAY_MS });
  const switched = sealed.filter(({ entityId }) => LIGHTS.includes(entityId));
  expect(switched.length).toBeGreaterThan(20);
  const told = new Map(
    changes.map((change) => [`${change.entityId} ${change.at}`, change.context]),
  );
  for (const event of switched) {
    expect(event.context).toEqual(told.get(`${event.entityId} ${event.at}`));
  }
  const measured = sealed.filter(({ entityId }) => entityId === THERMOMETER);
  expect(measured.every(({ context }) => context === undefined)).toBe(true);
});

test("one event is found by its id", async () => {
  const [newest, ...rest] = await allEvents(opened.history);
  for (const event of [newest, rest[200], rest.at(-1)]) {
    expect(await opened.history.event(event?.id ?? 0)).toEqual(event);
  }
  await expect(opened.history.event(12345)).rejects.toThrow(/no event/);
});

test("statistics say what the changes say, for finished days and for today", async () => {
  const [hours] = await opened.history.statistics({
    entityIds: [THERMOMETER],
    from: START + HOUR_MS,
    to: START + 3 * DAY_MS,
    period: "hour",
    timeZone: "Europe/Berlin",
  });
  expect(hours?.rows).toHaveLength(71);
  for (const row of hours?.rows ?? []) {
    const inside = changes.filter(
      ({ entityId, at }) => entityId === THERMOMETER && at >= row.start && at < row.end,
    );
    const values = inside.flatMap(({ value }) => value ?? []);
    const before = changes.findLast(
      ({ entityId, at }) => entityId === THERMOMETER && at < row.start,
    )?.value;
    const held = before === undefined ? values : [before, ...values];
    expect(row.n).toBe(inside.length);
    expect(row.max).toBe(Math.max(...held));
    expect(row.min).toBe(Math.min(...held));
    expect(row.last).toBe(held.at(-1));
  }
  const [days] = await opened.history.statistics({
    entityIds: ["light.hall"],
    from: START,
    to: START + 3 * DAY_MS,
    period: "day",
    timeZone: "Europe/Berlin",
  });
  const lengths = days?.rows.map(({ start, end }) => (end - start) / HOUR_MS);
  expect(lengths).toContain(23); // the night the clocks go forward
});

test("a scan gives every change once, oldest first", async () => {
  const found: RecordedChange[] = [];
  for await (const block of opened.history.scan({}, new AbortController().signal)) {
    found.push(...block);
  }
  expect(found.map(plain)).toEqual(changes.map(plain));
});
