/**
 * The chance that at least `least` of some independent things happen, each with its own chance.
 *
 * Exact (Poisson binomial); as many steps as there are things times `least`.
 */
export function atLeast(least: number, chances: readonly number[]): number {
  if (least <= 0) return 1;
  if (least > chances.length) return 0;
  // `exactly[k]`: that k of those seen so far happen; the last one collects all from `least` on.
  const exactly = new Float64Array(least + 1);
  exactly[0] = 1;
  for (const chance of chances) {
    exactly[least] = (exactly[least] as number) + (exactly[least - 1] as number) * chance;
    for (let k = least - 1; k > 0; k -= 1) {
      exactly[k] = (exactly[k] as number) * (1 - chance) + (exactly[k - 1] as number) * chance;
    }
    exactly[0] = (exactly[0] as number) * (1 - chance);
  }
  return Math.min(1, exactly[least] as number);
}

const Z = 1.96; // 95 %

/**
 * In which range a share lies, by 95 %, of which `k` of `n` were seen.
 *
 * Source: Wilson, "Probable inference", 1927.
 */
export function intervalOf(k: number, n: number): { readonly low: number; readonly high: number } {
  if (n === 0) return { low: 0, high: 1 };
  const share = k / n;
  const middle = share + Z ** 2 / (2 * n);
  const reach = Z * Math.sqrt((share * (1 - share)) / n + Z ** 2 / (4 * n ** 2));
  const scale = 1 + Z ** 2 / n;
  return {
    low: Math.max(0, (middle - reach) / scale),
    high: Math.min(1, (middle + reach) / scale),
  };
}
