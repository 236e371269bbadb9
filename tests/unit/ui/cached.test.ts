import { expect, test } from "vitest";
import { createCached } from "../../../homeiq/ui/src/lib/cached.ts";

test("all who ask while the answer is fresh share one question", async () => {
  let asked = 0;
  let now = 0;
  const read = createCached(async () => ++asked, { freshMs: 60, now: () => now });
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  now = 59;
  expect(await read()).toBe(1);
  now = 60;
  expect(await read()).toBe(2);
  expect(await read()).toBe(2);
});

test("who asks after a failure gets an answer, not the failure again", async () => {
  let isAway = true;
  const ask = async () => {
    if (isAway) throw new Error("away");
    return "here";
  };
  const read = createCached(ask, { freshMs: 60, now: () => 0 });
  await expect(read()).rejects.toThrow("away");
  isAway = false;
  expect(await read()).toBe("here");
});
