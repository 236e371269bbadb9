interface Hour {
  readonly start: number;
  readonly end: number;
  readonly home?: number;
}

/** Stretches in which probably nobody is at home. */
export function stretchesAway(hours: readonly Hour[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { start, end, home } of hours) {
    if (home === undefined || home >= 0.5) continue;
    const last = stretches.at(-1);
    if (last?.to === start) last.to = end;
    else stretches.push({ from: start, to: end });
  }
  return stretches;
}
