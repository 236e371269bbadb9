/** The last stretch in which something went the same way. */
export interface Phase {
  /** Index of its first try. */
  readonly start: number;
  readonly hits: number;
  readonly tries: number;
}

const LEAST = 6; // tries on either side
const CHANGED = 8; // log likelihood ratio: 1 in 1,000 by chance, over all places at which it is looked for

/** Since when it comes as often as now: a habit may begin, or be given up. */
export function phaseOf(hits: readonly boolean[]): Phase {
  const total = hits.filter(Boolean).length;
  const whole = likelihood(total, hits.length);
  let [start, best, before, hitsBefore] = [0, CHANGED, 0, 0];
  for (let n = 1; n < hits.length; n += 1) {
    if (hits[n - 1]) before += 1;
    if (n < LEAST || hits.length - n < LEAST) continue;
    const ratio = likelihood(before, n) + likelihood(total - before, hits.length - n) - whole;
    if (ratio > best) [start, best, hitsBefore] = [n, ratio, before];
  }
  return { start, hits: total - hitsBefore, tries: hits.length - start };
}

/** Logarithm of how likely the hits are at their own share. */
function likelihood(hits: number, tries: number): number {
  if (hits === 0 || hits === tries) return 0;
  return hits * Math.log(hits / tries) + (tries - hits) * Math.log(1 - hits / tries);
}
