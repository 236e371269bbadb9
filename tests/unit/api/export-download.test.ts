import { expect, test } from "vitest";
import { createDownloads } from "#src/api/export/download.ts";
import { createLog } from "#src/foundation/log.ts";
import { MINUTE_MS } from "#src/foundation/time.ts";
import { createFakeClock } from "#support/clock.ts";

const file = {
  name: "endless.csv",
  mediaType: "text/csv",
  async *write(signal: AbortSignal) {
    for (;;) {
      signal.throwIfAborted();
      yield new Uint8Array([1]);
    }
  },
};

test("a download that nobody takes anything of for minutes is broken off, and never ends as if it were whole", async () => {
  const clock = createFakeClock();
  const downloads = createDownloads({ clock, log: createLog("silent") });
  const answer = await downloads.start(file, new AbortController().signal);
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
  for (let n = 0; n < 3; n += 1) {
    clock.advance(4 * MINUTE_MS); // slow is not gone
    expect((await reader.read()).done).toBe(false);
  }
  expect(downloads.open()).toBe(1);
  clock.advance(6 * MINUTE_MS);
  expect(downloads.open()).toBe(0);
  await expect(reader.read()).rejects.toThrow();
});

test("a file that cannot be begun is an ordinary error, and leaves no place taken", async () => {
  const downloads = createDownloads({ clock: createFakeClock(), log: createLog("silent") });
  const broken = {
    ...file,
    // biome-ignore lint/correctness/useYield: it never comes so far
    async *write(): AsyncGenerator<Uint8Array> {
      throw new Error("no such disk");
    },
  };
  await expect(downloads.start(broken, new AbortController().signal)).rejects.toThrow(
    "no such disk",
  );
  expect(downloads.open()).toBe(0);
});
