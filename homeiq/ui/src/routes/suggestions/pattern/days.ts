import type { Zone } from "#lib/zone.ts";

/** When a day of the house, such as "2026-11-24", begins and ends. */
export function dayRange(date: string, zone: Zone): { readonly from: number; readonly to: number } {
  const [year = 1970, month = 1, day = 1] = date.split("-").map(Number);
  const midnight = (of: number) => zone.fromWall({ year, month, day: of, hour: 0, minute: 0 });
  return { from: midnight(day), to: midnight(day + 1) };
}
