const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/** A state text as a finite number; "nan", "inf" and an empty text are not numbers. */
export function toNumber(state: string): number | undefined {
  if (!NUMBER.test(state)) return undefined;
  const value = Number(state);
  return Number.isFinite(value) ? value : undefined;
}
