import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { giveMemoryBack } from "#foundation/give-memory-back.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Automation, Path } from "#home/automation/automation.ts";
import type { History } from "#ingest/history/history.ts";
import { startThread, type Thread } from "#store/thread.ts";
import type { SceneStates } from "./actions/actions.ts";
import type { BackTest, BackTestOptions } from "./back-test.ts";
import type { Explanation } from "./explain.ts";
import { type HouseNow, readBeginning, type Span, toBlock } from "./loading.ts";
import type { PastColumns, PastWorld } from "./past/past.ts";
import { isOver, requireRoom, toReplayError } from "./room.ts";

type Options = Omit<BackTestOptions, "isStopped">;

/** What the replaying thread answers. */
export type ReplayHandlers = {
  begin(past: Omit<PastWorld, "changes">): void;
  /** In order of time. */
  add(block: PastColumns): void;
  backTest(query: {
    readonly automations: readonly Automation[];
    readonly options: Options;
  }): readonly BackTest[];
  whatIf(query: {
    readonly automation: Automation;
    readonly path: Path;
    readonly values: readonly unknown[];
    readonly options: Options;
  }): readonly { readonly value: unknown; readonly result: BackTest }[];
  explain(query: Asked): Explanation;
};

interface Asked {
  readonly automation: Automation;
  readonly at: number;
  readonly scenes?: SceneStates;
}

interface Query extends Span {
  readonly automation: Automation;
  readonly options?: Options;
}

/** Back-tests over the recorded history, on a thread that is there only while it is needed. */
export interface BackTests extends AsyncDisposable {
  backTest(query: Query, signal: AbortSignal): Promise<BackTest>;
  /** Several over one reading of the history. */
  backTestAll(
    query: Span & { readonly automations: readonly Automation[]; readonly options?: Options },
    signal: AbortSignal,
  ): Promise<readonly BackTest[]>;
  whatIf(
    query: Query & { readonly path: Path; readonly values: readonly unknown[] },
    signal: AbortSignal,
  ): Promise<readonly { readonly value: unknown; readonly result: BackTest }[]>;
  /** Why it ran or did not at `at`, by the day before; looks on to `to` for when it next would have. */
  explain(query: Asked & Span, signal: AbortSignal): Promise<Explanation>;
}

interface Deps {
  readonly history: Pick<History, "scan" | "stateAt" | "entities">;
  readonly clock: Clock;
  /** The house as it is now. */
  house(): HouseNow;
  /** How long the thread keeps its history for the next question. Milliseconds; absent: 45 seconds. */
  readonly idleMs?: number;
  /** The most that the thread may take for texts and runs. Megabytes. */
  readonly heapMb?: number;
  /** What this machine has left. */
  readonly freeBytes?: () => number;
}

const IDLE_MS = 45 * SECOND_MS; // who tries one value after the other asks sooner; longer it only holds its memory
const HEAP_MB = 512; // a month of a large house is about 150 MB of columns and texts
const YOUNG_MB = 24; // thousands of runs are made and judged; the thread ends when it is idle

/** One question at a time; the history that was loaded last serves the next question about the same span. */
export function createBackTests(deps: Deps): BackTests {
  const { history, clock, house, idleMs = IDLE_MS, heapMb = HEAP_MB } = deps;
  const { freeBytes = () => process.availableMemory() } = deps;
  const stop = new Int32Array(new SharedArrayBuffer(4));
  const closing = new AbortController();
  let thread: Thread<ReplayHandlers> | undefined;
  let loaded = "";
  let cancelEnd = () => {};
  let queue: Promise<unknown> = Promise.resolve();

  async function end(): Promise<void> {
    const ending = thread;
    thread = undefined;
    loaded = "";
    await ending?.[Symbol.asyncDispose]();
  }

  async function load(span: Span, signal: AbortSignal): Promise<Thread<ReplayHandlers>> {
    thread ??= startThread<ReplayHandlers>({
      ...{
        file: "replay.worker",
        beside: import.meta.url,
        data: stop,
        oldSpaceMb: heapMb,
        youngSpaceMb: YOUNG_MB,
      },
    });
    const key = `${span.from} ${span.to}`;
    if (loaded === key) return thread;
    loaded = "";
    await thread.ask("begin", await readBeginning(history, span, house()));
    let rows = 0;
    for await (const changes of history.scan(span, signal)) {
      rows += changes.length;
      requireRoom(rows, freeBytes());
      if (changes.length > 0) await thread.ask("add", toBlock(changes));
    }
    loaded = key;
    return thread;
  }

  function inTurn<T>(
    span: Span,
    callerSignal: AbortSignal,
    ask: (thread: Thread<ReplayHandlers>) => Promise<T>,
  ): Promise<T> {
    const signal = AbortSignal.any([callerSignal, closing.signal]);
    const turn = queue.then(async () => {
      signal.throwIfAborted();
      cancelEnd();
      const abort = () => void Atomics.store(stop, 0, 1);
      signal.addEventListener("abort", abort, { once: true });
      try {
        return await ask(await load(span, signal));
      } catch (error) {
        if (isOver(error)) await end();
        signal.throwIfAborted(); // the reason is what the caller said, not what it led to
        throw toReplayError(error);
      } finally {
        signal.removeEventListener("abort", abort);
        Atomics.store(stop, 0, 0);
        if (!closing.signal.aborted) {
          cancelEnd = clock.after(idleMs, () => {
            queue = queue.then(end).then(giveMemoryBack);
          });
        }
      }
    });
    queue = turn.catch(() => undefined); // its caller hears of it
    return turn;
  }

  return {
    async backTest({ automation, options = {}, from, to }, signal) {
      const [found] = await inTurn({ from, to }, signal, (asked) =>
        asked.ask("backTest", { automations: [automation], options }),
      );
      return found as BackTest;
    },
    backTestAll: ({ automations, options = {}, from, to }, signal) =>
      inTurn({ from, to }, signal, (asked) => asked.ask("backTest", { automations, options })),
    whatIf: ({ automation, path, values, options = {}, from, to }, signal) =>
      inTurn({ from, to }, signal, (asked) =>
        asked.ask("whatIf", { automation, path, values, options }),
      ),
    explain: ({ from, to, ...asked }, signal) =>
      inTurn({ from, to }, signal, (thread) => thread.ask("explain", asked)),
    async [Symbol.asyncDispose]() {
      // Also whose turn has not come yet: else each would still load its history and replay it.
      closing.abort(new AppError("unavailable", "replay.closed", "HomeIQ stops"));
      cancelEnd();
      await queue;
      await end();
    },
  };
}
