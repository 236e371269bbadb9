import { expect, test } from "vitest";
import { systemClock } from "#src/foundation/clock.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { openHistory } from "#support/history.ts";

const start = Math.floor(Date.now() / DAY_MS) * DAY_MS - 70 * DAY_MS;
const past = (entityId: string, at: number, state: number) =>
  ({ entityId, at, state: String(state), source: "recorder" }) as const;

test("reading through months of silence and a burst of an hour finds every change once, in order", async () => {
  await using opened = await openHistory({ clock: systemClock });
  const { history } = opened;
  const burst = Array.from({ length: 24_000 }, (_, n) =>
    past(`sensor.storm_${n % 3}`, start + 30 * DAY_MS + n * 120, n),
  );
  const quiet = Array.from({ length: 20 }, (_, n) =>
    past("sensor.calm", start + 3 * n * DAY_MS + 3 * HOUR_MS, n),
  );
  await history.addPast(burst);
  await history.addPast(quiet);

  let count = 0;
  let lastId = 0;
  let isInOrder = true;
  const seen = new Map<string, number>();
  for await (const block of history.scan({ from: start }, new AbortController().signal)) {
    for (const { id, entityId } of block) {
      isInOrder &&= id > lastId;
      lastId = id;
      count += 1;
      seen.set(entityId, (seen.get(entityId) ?? 0) + 1);
    }
  }
  expect(isInOrder).toBe(true);
  expect(count).toBe(24_020);
  expect(seen.get("sensor.calm")).toBe(20);
  expect(seen.get("sensor.storm_1")).toBe(8_000);

  const some = {
    entity: ["sensor.storm_2"],
    from: start + 30 * DAY_MS + 60_000,
    to: start + 31 * DAY_MS,
  };
  let found = 0;
  for await (const block of history.scan(some, new AbortController().signal)) found += block.length;
  expect(found).toBe(
    burst.filter(({ entityId, at }) => entityId === some.entity[0] && at >= some.from).length,
  );
});

test("who stops reading stops the scan", async () => {
  await using opened = await openHistory({ clock: systemClock });
  await opened.history.addPast(
    Array.from({ length: 6_000 }, (_, n) => past("sensor.a", start + n * 1000, n)),
  );
  const stopping = new AbortController();
  const reading = async () => {
    for await (const _block of opened.history.scan({}, stopping.signal)) stopping.abort();
  };
  await expect(reading()).rejects.toThrow(/abort/i);
});
