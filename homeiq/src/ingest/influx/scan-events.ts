import { MINUTE_MS } from "#foundation/time.ts";
import type { History, RecordedChange } from "#ingest/history/history.ts";

const WINDOW_MS = 10 * MINUTE_MS; // of a busy house about ten thousand changes
const PAGE = 1_000;

/** Every change of a range, oldest first, window by window, for a history that is asked by pages. */
export const scanEvents = (history: Pick<History, "events" | "summary">) =>
  async function* scan(
    { from, to }: { readonly from: number; readonly to: number },
    signal: AbortSignal,
  ): AsyncGenerator<readonly RecordedChange[]> {
    const { oldestAt } = await history.summary();
    if (oldestAt === undefined) return;
    for (let start = Math.max(from, oldestAt); start < to; start += WINDOW_MS) {
      signal.throwIfAborted();
      const window = { from: start, to: Math.min(to, start + WINDOW_MS), limit: PAGE };
      const changes: RecordedChange[] = [];
      let cursor: string | undefined;
      do {
        const page = await history.events({ ...window, ...(cursor ? { cursor } : {}) });
        changes.push(...page.events);
        cursor = page.nextCursor;
      } while (cursor);
      if (changes.length > 0) yield changes.reverse();
    }
  };
