import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS } from "#foundation/time.ts";

/** Each reads the whole store: a third one would only make all of them slow. */
const MOST_AT_ONCE = 2;
/** A reader who takes nothing for so long is gone, whatever the connection says. */
const STALLED_AFTER_MS = 5 * MINUTE_MS;

interface File {
  readonly name: string;
  readonly mediaType: string;
  /** Makes the bytes; stops soon after the signal aborts. */
  write(signal: AbortSignal): AsyncIterable<Uint8Array>;
}

export type Downloads = ReturnType<typeof createDownloads>;

/**
 * Files that are made while they are sent.
 *
 * The next piece is made when the last one was taken, with a turn of the event loop in between. A fault before the
 * first byte is an ordinary error; a later one breaks the connection, so that no half file looks like a whole one.
 * Throws `unavailable` when too many are under way.
 */
export function createDownloads({ clock, log }: { clock: Clock; log: Log }) {
  let open = 0;

  return {
    open: () => open,

    async start(file: File, gone: AbortSignal): Promise<Response> {
      if (open >= MOST_AT_ONCE) {
        throw new AppError("unavailable", "export.busy", "Two exports are under way already", {
          facts: { most: MOST_AT_ONCE },
        });
      }
      open += 1;
      const ending = new AbortController();
      const signal = AbortSignal.any([gone, ending.signal]);
      const chunks = file.write(signal)[Symbol.asyncIterator]();
      let stopWaiting = () => {};
      let ended = false;
      const end = () => {
        stopWaiting();
        gone.removeEventListener("abort", stop);
        if (!ended) open -= 1;
        ended = true;
      };
      const stop = () => {
        end();
        ending.abort();
        // Whatever it was doing, it ends there; nobody is left who could be told.
        void chunks.return?.().catch(() => {});
      };
      const waitForReader = () => {
        stopWaiting();
        stopWaiting = clock.after(STALLED_AFTER_MS, stop);
      };
      gone.addEventListener("abort", stop, { once: true });

      let first: IteratorResult<Uint8Array> | undefined = await chunks
        .next()
        .catch((thrown: unknown) => {
          end();
          throw thrown;
        });
      async function next(): Promise<IteratorResult<Uint8Array>> {
        const begun = first;
        first = undefined;
        if (begun) return begun;
        await new Promise(setImmediate); // lets waiting requests in between two pieces
        return chunks.next();
      }
      waitForReader();
      const body = new ReadableStream<Uint8Array>(
        {
          // Called when somebody waits for a piece. Made earlier, a fault could come while nobody reads, and the
          // adapter would then write its message into the file and end it as if it were whole.
          async pull(controller) {
            waitForReader();
            try {
              const { done, value } = await next();
              signal.throwIfAborted(); // what was stopped is not whole
              if (!done) return controller.enqueue(value);
              end();
              controller.close();
            } catch (thrown) {
              end();
              if (!signal.aborted) log.error({ err: thrown }, "An export broke off");
              controller.error(thrown);
            }
          },
          cancel: stop,
        },
        { highWaterMark: 0 },
      );
      return new Response(body, { headers: headersOf(file) });
    },
  };
}

export const headersOf = ({ name, mediaType }: Pick<File, "name" | "mediaType">) => ({
  "Content-Type": mediaType,
  "Content-Disposition": `attachment; filename="${name}"`,
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
});
