/**
 * The rate that each detector keeps when all of them look at one house.
 *
 * In a house without habits any discovery is a false one, and fourteen detectors look: at this rate all of them
 * together tell something false in at most one such house of twenty (14 * 0.0035 = 0.05).
 */
export const FALSE_DISCOVERIES = 0.0035;
/** Of a detector that looks alone. */
export const ALONE = 0.05;

/**
 * Which of many tests to believe, so that of those believed no more than `rate` are expected to be chance.
 *
 * `more`: tests that were made but are not listed, each of which found nothing.
 * Source: Benjamini and Hochberg, "Controlling the false discovery rate", 1995.
 */
export function discoveriesOf(chances: readonly number[], rate: number, more = 0): Set<number> {
  const tests = chances.length + more;
  const order = chances
    .map((_, index) => index)
    .sort((one, other) => {
      const [a, b] = [chances[one] as number, chances[other] as number];
      return a - b || one - other;
    });
  let believed = 0;
  for (const [rank, index] of order.entries()) {
    if ((chances[index] as number) <= (rate * (rank + 1)) / tests) believed = rank + 1;
  }
  return new Set(order.slice(0, believed));
}
