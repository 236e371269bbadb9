/** A value for some rows. Two columns instead of a map: a day of a house is 200,000 rows. */
export function sparse<T>(
  rows: Float64Array,
  valueAt: (n: number) => T,
): (row: number) => T | undefined {
  return (row) => {
    let low = 0;
    let high = rows.length - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const found = rows[middle] as number;
      if (found === row) return valueAt(middle);
      if (found < row) low = middle + 1;
      else high = middle - 1;
    }
    return undefined;
  };
}

/** Makes it when it is first asked for. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
