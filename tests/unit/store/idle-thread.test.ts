import { expect, test } from "vitest";
import { createIdleThread } from "#src/store/idle-thread.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { watchThreads } from "#support/living-threads.ts";

type Handlers = { say(word: string): string; end(): void };
const IDLE_MS = 1_000;

function open() {
  const clock = createFakeClock(0);
  const thread = createIdleThread<Handlers>({
    ...{ file: "../../support/ending.worker", beside: import.meta.url, data: undefined },
    ...{ clock, idleMs: IDLE_MS, startsAnew: true },
  });
  return { clock, thread };
}

test("a thread is started by a question, and ends when it has been idle", async () => {
  using threads = watchThreads();
  const { clock, thread } = open();
  expect(threads.started()).toBe(0);
  expect(await Promise.all(["one", "two"].map((word) => thread.ask("say", word)))).toEqual([
    "one",
    "two",
  ]);
  expect(threads.started()).toBe(1);
  clock.advance(IDLE_MS);
  await eventually("it ended", () => threads.count() === 0 || undefined);
  expect(await thread.ask("say", "three")).toBe("three");
  expect(threads.started()).toBe(2);
  await thread[Symbol.asyncDispose]();
  expect(threads.count()).toBe(0);
});

test("a question while it ends waits for the end: there are never two", async () => {
  using threads = watchThreads();
  const { clock, thread } = open();
  await thread.ask("say", "one");
  clock.advance(IDLE_MS);
  expect(threads.count()).toBe(1);
  const second = thread.ask("say", "two");
  await eventually("the next is started", () => threads.started() === 2 || undefined);
  expect(threads.count()).toBe(1);
  expect(await second).toBe("two");
  await thread[Symbol.asyncDispose]();
});

test("who disposes of it waits for one that is ending already, and no question starts another", async () => {
  using threads = watchThreads();
  const { clock, thread } = open();
  await thread.ask("say", "one");
  clock.advance(IDLE_MS);
  await thread[Symbol.asyncDispose]();
  expect(threads.count()).toBe(0);
  await expect(thread.ask("say", "two")).rejects.toMatchObject({ code: "store.thread_closed" });
  expect(threads.started()).toBe(1);
});
