/** The first twenty of them are also those in which the code is compiled. */
export const RUNS = 101;

/** Milliseconds, the middle of `RUNS`, each on another entity. */
export async function medianMs(run: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const startedAt = performance.now();
    await run(n);
    times.push(performance.now() - startedAt);
  }
  return times.sort((one, other) => one - other)[RUNS >> 1] ?? Number.NaN;
}
