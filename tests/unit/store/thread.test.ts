import { expect, test } from "vitest";
import { startThread } from "#src/store/thread.ts";

type Handlers = { say(word: string): string; end(): void };
const start = (startsAnew: boolean) =>
  startThread<Handlers>({
    file: "../../support/ending.worker",
    beside: import.meta.url,
    data: undefined,
    startsAnew,
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
