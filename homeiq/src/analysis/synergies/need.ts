export const SYNERGY_NEEDS = [
  "patterns",
  "history",
  "people",
  "price",
  "carbon",
  "solar",
  "power_sensor",
  "team",
  "calendar",
  "weather",
  "rain",
  "room_sensor",
  "helper",
  "lock_or_door",
] as const;
/** What a home would have to have, or to have recorded, before synergies of a type can be looked for. */
export type SynergyNeed = (typeof SYNERGY_NEEDS)[number];
