import { z } from "zod";

// `energy/get_prefs`, before and since 2026.3; see also homeassistant/components/energy/data.py.

const id = z.string().nullish();
const Power = z.object({
  stat_rate: id,
  stat_rate_inverted: id,
  stat_rate_from: id,
  stat_rate_to: id,
});
export type Power = z.output<typeof Power>;

const Source = z.looseObject({
  type: z.string(),
  stat_energy_from: id,
  stat_energy_to: id,
  stat_rate: id,
  power_config: Power.nullish(),
  flow_from: z.array(z.object({ stat_energy_from: id })).nullish(),
  flow_to: z.array(z.object({ stat_energy_to: id })).nullish(),
  power: z.array(Power).nullish(),
});
export type Source = z.output<typeof Source>;

export const EnergyPreferences = z.object({ energy_sources: z.array(Source) });
export type EnergyPreferences = z.output<typeof EnergyPreferences>;
