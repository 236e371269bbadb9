/** Square, symmetric, row by row. */
export type Square = readonly Float64Array[];

const MOST_ROUNDS = 500;
const ENOUGH = 1e-9;

/**
 * The x ≥ 0 with the least x'Gx / 2 - b'x: one coordinate after the other, until nothing moves.
 *
 * Sequential coordinate-wise non-negative least squares (Franc, Hlaváč, Navara 2005). Own code: the packages for
 * it have not been touched for years and bring a matrix library along.
 */
export function solveNonNegative(g: Square, b: Float64Array, start?: Float64Array): Float64Array {
  const x = start ? Float64Array.from(start) : new Float64Array(b.length);
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    let moved = 0;
    for (let row = 0; row < x.length; row += 1) {
      const line = g[row] as Float64Array;
      const own = line[row] as number;
      if (own <= 0) continue;
      let rest = b[row] as number;
      for (let n = 0; n < x.length; n += 1) rest -= (line[n] as number) * (x[n] as number);
      const next = Math.max(0, (x[row] as number) + rest / own);
      moved = Math.max(moved, Math.abs(next - (x[row] as number)) / (1 + next));
      x[row] = next;
    }
    if (moved < ENOUGH) break;
  }
  return x;
}

/** By Gauss and Jordan; a column that depends on those before it gets infinity on its diagonal. */
export function invert(g: Square): Float64Array[] {
  const n = g.length;
  const left = g.map((row) => Float64Array.from(row));
  const right = g.map((_, row) => {
    const unit = new Float64Array(n);
    unit[row] = 1;
    return unit;
  });
  const dependent: number[] = [];
  for (let pivot = 0; pivot < n; pivot += 1) {
    const line = left[pivot] as Float64Array;
    const own = line[pivot] as number;
    if (own <= 1e-9 * (g[pivot]?.[pivot] ?? 0)) {
      dependent.push(pivot);
      continue;
    }
    const lineRight = right[pivot] as Float64Array;
    for (let k = 0; k < n; k += 1) {
      line[k] = (line[k] as number) / own;
      lineRight[k] = (lineRight[k] as number) / own;
    }
    for (let row = 0; row < n; row += 1) {
      const other = left[row] as Float64Array;
      const factor = other[pivot] as number;
      if (row === pivot || factor === 0) continue;
      const otherRight = right[row] as Float64Array;
      for (let k = 0; k < n; k += 1) {
        other[k] = (other[k] as number) - factor * (line[k] as number);
        otherRight[k] = (otherRight[k] as number) - factor * (lineRight[k] as number);
      }
    }
  }
  for (const row of dependent) (right[row] as Float64Array)[row] = Number.POSITIVE_INFINITY;
  return right;
}
