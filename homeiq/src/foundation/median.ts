/** 0 of nothing; of an even number the mean of both in the middle. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort(); // by number, and much faster than with a function
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}
