/** L1, L2, L3, as many as follow without a gap; `undefined` when L1 is not there. */
export function phasesOf(values: readonly (number | null | undefined)[]): number[] | undefined {
  const phases: number[] = [];
  for (const value of values) {
    if (value === undefined || value === null) break;
    phases.push(value);
  }
  return phases.length > 0 ? phases : undefined;
}
