import { z } from "zod";

const Rate = z.string().nullish();
const Source = z.looseObject({
  type: z.string(),
  stat_rate: Rate,
  /** Up to 2026.2 in a list of its own. */
  power: z.array(z.looseObject({ stat_rate: Rate })).nullish(),
});
const Prefs = z.looseObject({ energy_sources: z.array(z.unknown()).default([]) });

/**
 * The power sensor of the grid in Home Assistant's energy preferences (`energy/get_prefs`).
 *
 * Absent when none is set, or several: which of them is the house cannot be guessed.
 */
export function findMeter(prefs: unknown): string | undefined {
  const parsed = Prefs.safeParse(prefs);
  if (!parsed.success) return undefined;
  const rates = parsed.data.energy_sources.flatMap((one) => {
    const source = Source.safeParse(one);
    if (!source.success || source.data.type !== "grid") return [];
    const { stat_rate: flat, power } = source.data;
    return [flat, ...(power ?? []).map(({ stat_rate }) => stat_rate)].filter((rate) => !!rate);
  });
  const meters = new Set(rates);
  return meters.size === 1 ? ([...meters][0] ?? undefined) : undefined;
}
