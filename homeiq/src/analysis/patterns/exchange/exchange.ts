/**
 * How likely the chosen days have together at least, and at most, what they have, if days are exchanged at random.
 *
 * Exact: every choice of as many days is counted (a permutation test without drawing lots).
 * Steps: days times chosen days times what they have together, so values are small whole numbers.
 */
export function exchangeTails(
  values: readonly number[],
  chosen: readonly boolean[],
): { readonly atLeast: number; readonly atMost: number } {
  const n = chosen.filter(Boolean).length;
  if (n * 2 > values.length) {
    const rest = exchangeTails(
      values,
      chosen.map((one) => !one),
    ); // fewer steps, the other way round
    return { atLeast: rest.atMost, atMost: rest.atLeast };
  }
  const sum = values.reduce((total, value, index) => total + (chosen[index] ? value : 0), 0);
  const shares = sharesOf(values, n);
  const until = shares.slice(0, sum + 1).reduce((total, share) => total + share, 0);
  const from = shares.slice(sum).reduce((total, share) => total + share, 0);
  return { atLeast: Math.min(1, from), atMost: Math.min(1, until) };
}

/** Of all ways to choose `n`, the share of those with each sum. */
function sharesOf(values: readonly number[], n: number): Float64Array {
  const largest = [...values].sort((one, other) => other - one).slice(0, n);
  const single = largest[0] ?? 0;
  const most = largest.reduce((total, value) => total + value, 0);
  const width = most + 1;
  // `ways[c * width + s]`: chance to have chosen c of those seen, with the sum s, when each is chosen as it comes.
  const ways = new Float64Array((n + 1) * width);
  ways[0] = 1;
  for (const [seen, value] of values.entries()) {
    const left = values.length - seen;
    for (let chosen = Math.min(n, seen + 1); chosen >= 0; chosen -= 1) {
      const skip = (left - (n - chosen)) / left;
      const take = (n - chosen + 1) / left;
      for (let sum = Math.min(most, chosen * single); sum >= 0; sum -= 1) {
        const skipped = (ways[chosen * width + sum] as number) * Math.max(0, skip);
        const taken =
          chosen > 0 && sum >= value
            ? (ways[(chosen - 1) * width + sum - value] as number) * Math.min(1, take)
            : 0;
        ways[chosen * width + sum] = skipped + taken;
      }
    }
  }
  return ways.slice(n * width, (n + 1) * width);
}

/** By how many standard deviations the chosen days have more than the others, roughly; to pass over what is plain. */
export function exchangeScore(values: readonly number[], chosen: readonly boolean[]): number {
  const [all, n] = [values.length, chosen.filter(Boolean).length];
  if (n === 0 || n === all) return 0;
  const mean = values.reduce((total, value) => total + value, 0) / all;
  const variance = values.reduce((total, value) => total + (value - mean) ** 2, 0) / all;
  const sum = values.reduce((total, value, index) => total + (chosen[index] ? value : 0), 0);
  const spread = Math.sqrt((variance * n * (all - n)) / Math.max(1, all - 1));
  return spread === 0 ? 0 : (sum - n * mean) / spread;
}
