import { type Failure, toFailure } from "./failure.ts";

/**
 * Something that a button begins: whether it is under way, and why it came to nothing. Call it in a component.
 *
 * Buttons show it by `aria-disabled`: one that is `disabled` loses the keyboard's focus.
 */
export function createAttempt() {
  let isBusy = $state(false);
  let failure = $state.raw<Failure>();

  return {
    get isBusy() {
      return isBusy;
    },
    /** Of the last one; absent while it is under way, and when it went well. */
    get failure() {
      return failure;
    },
    /** Answers what it came to; `undefined` when it failed, or when one before is still under way. */
    async make<T>(what: () => Promise<T>): Promise<T | undefined> {
      if (isBusy) return undefined;
      isBusy = true;
      failure = undefined;
      try {
        return await what();
      } catch (error) {
        failure = toFailure(error);
        return undefined;
      } finally {
        isBusy = false;
      }
    },
  };
}
