import { ApiError } from "#lib/api.ts";
import { toFailure } from "#lib/failure.ts";

/** An answer that is asked for again and again while its page is open and seen. Call it in a component. */
export function createPolled<T>(read: () => Promise<T>, everyMs: number) {
  let value = $state.raw<T>();
  let failure = $state<string>();
  let isAbsent = $state(false);

  async function ask(): Promise<void> {
    try {
      value = await read();
      failure = undefined;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) isAbsent = true;
      // What is there stays: the banner says when the server is away.
      else if (value === undefined) failure = toFailure(error).text;
    }
  }

  $effect(() => {
    void ask();
    const timer = setInterval(() => {
      if (document.visibilityState === "visible" && !isAbsent) void ask();
    }, everyMs);
    return () => clearInterval(timer);
  });

  return {
    get value() {
      return value;
    },
    get failure() {
      return failure;
    },
    /** This server has no such thing. */
    get isAbsent() {
      return isAbsent;
    },
    again: () => void ask(),
    take(next: T) {
      value = next;
    },
  };
}
