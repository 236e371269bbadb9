import { expect, test } from "vitest";
import { startThread } from "#src/store/thread.ts";
import { watchThreads } from "#support/living-threads.ts";

type Handlers = { say(word: string): string; end(): void; hang(): never };
const start = (startsAnew: boolean, closeMs = 10_000) =>
  startThread<Handlers>({
    file: "../../support/ending.worker",
    beside: import.meta.url,
    data: undefined,
    startsAnew,
    closeMs,
  });

test("what was asked of a thread that ended fails, and the next question begins a new thread", async () => {
  await using thread = start(true);
  expect(await thread.ask("say", "one")).toBe("one");
  const [ended, waiting] = [thread.ask("end", undefined), thread.ask("say", "two")];
  await expect(ended).rejects.toMatchObject({ code: "store.thread_ended" });
  await expect(waiting).rejects.toMatchObject({ code: "store.thread_ended" });
  expect(await thread.ask("say", "three")).toBe("three");
});

test("a thread that remembers what it was told is not begun anew in silence", async () => {
  await using thread = start(false);
  await expect(thread.ask("end", undefined)).rejects.toMatchObject({ code: "store.thread_ended" });
  await expect(thread.ask("say", "one")).rejects.toMatchObject({ code: "store.thread_ended" });
});

test("what was asked before it is disposed of is answered, and then it has ended", async () => {
  using threads = watchThreads();
  const thread = start(true);
  const asked = ["one", "two", "three"].map((word) => thread.ask("say", word));
  await thread[Symbol.asyncDispose]();
  expect(threads.count()).toBe(0);
  expect(await Promise.all(asked)).toEqual(["one", "two", "three"]);
  await expect(thread.ask("say", "four")).rejects.toMatchObject({ code: "store.thread_ended" });
  expect(threads.started()).toBe(1);
});

test("one that never comes to an end is cut off", async () => {
  using threads = watchThreads();
  const thread = start(true, 200);
  const asked = expect(thread.ask("hang", undefined)).rejects.toMatchObject({
    code: "store.thread_ended",
  });
  await thread[Symbol.asyncDispose]();
  await asked;
  expect(threads.count()).toBe(0);
});
