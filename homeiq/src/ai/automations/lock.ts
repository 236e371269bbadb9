/** Runs one piece of work at a time, in the order in which they were asked for. */
export function createLock(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const next = last.then(work, work);
    last = next.catch(() => {}); // who asked for it hears of the failure; the next one begins all the same
    return next;
  };
}
