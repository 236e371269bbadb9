import { expect, test } from "vitest";
import { handOver, receiveSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";

test("a home that is handed over in pieces is whole at the other end, and no piece is large", async () => {
  const home = toSnapshot({
    entities: Array.from({ length: 250 }, (_, n) => ({ entityId: `light.l${n}`, state: "on" })),
    areas: [{ id: "hall", name: "Hall" }],
    services: { light: { turn_on: {} } },
    version: "2026.9.1",
  });
  const sizes: number[] = [];
  const other = receiveSnapshot();
  const frame = await handOver(home, async (some) => {
    sizes.push(some.length);
    other.take(structuredClone(some)); // as a thread gets it
  });
  const { former, ...plain } = home;
  expect(other.whole(structuredClone(frame))).toMatchObject(plain);
  expect(former("light.gone")).toBeUndefined();
  expect(sizes).toEqual([100, 100, 50]);
});
