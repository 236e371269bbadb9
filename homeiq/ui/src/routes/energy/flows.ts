import type { MeterFacts } from "#lib/surroundings-api.ts";

interface Part {
  readonly of: "grid" | "solar" | "battery" | "house";
  /** Into the house; what leaves it is below zero. */
  readonly powerW: number;
}

/** Where power comes from and where it goes, as far as the meter says it. */
export function flowsOf({ powerW, solarPowerW, batteryPowerW }: MeterFacts): {
  readonly parts: readonly Part[];
  /** Absent where a part of it is not known. */
  readonly houseW?: number;
} {
  if (powerW === undefined) return { parts: [] };
  const parts: Part[] = [{ of: "grid", powerW }];
  if (solarPowerW !== undefined) parts.push({ of: "solar", powerW: solarPowerW });
  if (batteryPowerW !== undefined) parts.push({ of: "battery", powerW: batteryPowerW });
  if (parts.length === 1) return { parts };
  const houseW = parts.reduce((sum, part) => sum + part.powerW, 0);
  return { parts: [...parts, { of: "house", powerW: houseW }], houseW };
}
