import { expect, test } from "vitest";
import { AppError } from "#src/foundation/errors.ts";
import { createLog } from "#src/foundation/log.ts";
import { createBatches } from "#src/ingest/history/batches.ts";
import { createFakeClock } from "#support/clock.ts";

const settle = () => new Promise(setImmediate);

function collect({ capacity = 1000 }: { capacity?: number } = {}) {
  const clock = createFakeClock();
  const sizes: number[] = [];
  const stored: number[] = [];
  const disk = { broken: false };
  const overflows: { from: number; to: number }[] = [];
  const batches = createBatches<number>({
    clock,
    log: createLog("silent"),
    capacity,
    writer: {
      async write(statements) {
        if (disk.broken) throw new AppError("unavailable", "store.disk", "disk full");
        sizes.push(statements[0]?.rows.length ?? 0);
      },
    },
    toWrites: (items) => [{ sql: "", rows: items.map((item) => [item]) }],
    onStored: (items) => stored.push(...items),
    onOverflow: (from, to) => overflows.push({ from, to }),
  });
  return { clock, batches, sizes, stored, disk, overflows };
}

test("a lone change is written after one second, and not before", async () => {
  const { clock, batches, stored } = collect();
  batches.add(1);
  clock.advance(999);
  await settle();
  expect(stored).toEqual([]);
  clock.advance(1);
  await settle();
  expect(stored).toEqual([1]);
});

test("a burst is written in hundreds, in its order", async () => {
  const { clock, batches, sizes, stored } = collect();
  const burst = Array.from({ length: 250 }, (_, index) => index);
  for (const item of burst) batches.add(item);
  clock.advance(1000);
  await settle();
  expect(sizes).toEqual([100, 100, 50]);
  expect(stored).toEqual(burst);
});

test("a full disk loses nothing: all is written, in order, when there is room again", async () => {
  const { clock, batches, stored, disk } = collect();
  disk.broken = true;
  for (let item = 0; item < 150; item += 1) batches.add(item);
  await settle();
  expect(batches.counters()).toMatchObject({ failing: "disk full", queueDepth: 150, stored: 0 });
  disk.broken = false;
  clock.advance(2000);
  await settle();
  clock.advance(1000);
  await settle();
  expect(stored).toEqual(Array.from({ length: 150 }, (_, index) => index));
  expect(batches.counters().failing).toBeUndefined();
});

test("what does not fit into the queue is counted, and said once", async () => {
  const { clock, batches, overflows, disk, stored } = collect({ capacity: 10 });
  disk.broken = true;
  const from = clock.now();
  const taken = Array.from({ length: 15 }, (_, index) => batches.add(index));
  expect(taken.filter(Boolean)).toHaveLength(10);
  expect(batches.counters().dropped).toBe(5);
  clock.advance(1_000);
  await settle();
  expect(overflows).toEqual([]);
  disk.broken = false;
  clock.advance(2_000);
  await settle();
  await settle();
  expect(stored).toHaveLength(10);
  expect(overflows).toEqual([{ from, to: clock.now() }]);
});

test("what was taken before can be waited for, while more comes in", async () => {
  const { batches, stored } = collect();
  for (let n = 0; n < 250; n += 1) batches.add(n);
  const flushed = batches.flush();
  batches.add(1_000);
  await flushed;
  expect(stored.slice(0, 250)).toEqual(Array.from({ length: 250 }, (_, n) => n));
  await batches.flush();
  expect(stored).toHaveLength(251);
  await batches.flush(); // nothing waits: nothing to wait for
});
