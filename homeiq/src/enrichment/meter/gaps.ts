import type { Slot } from "#enrichment/provider.ts";

/** A stretch in which the meter said nothing for more than three times as long as it should; nothing fills it. */
export function findGaps(moments: readonly number[], everyMs: number): readonly Slot[] {
  return moments.flatMap((end, index) => {
    const start = moments[index - 1];
    return start !== undefined && end - start > 3 * everyMs ? [{ start, end }] : [];
  });
}
