/** Something that a button begins: whether it is under way, and why it came to nothing. Call it in a component. */
export function createAttempt() {
  let isBusy = $state(false);
  let failure = $state("");

  return {
    get isBusy() {
      return isBusy;
    },
    /** Empty while there is none. */
    get failure() {
      return failure;
    },
    async make(what: () => Promise<void>): Promise<void> {
      isBusy = true;
      failure = "";
      try {
        await what();
      } catch (error) {
        failure = error instanceof Error ? error.message : String(error);
      } finally {
        isBusy = false;
      }
    },
  };
}
