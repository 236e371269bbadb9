/** What energy costs, and when it is cheap. */
export const enEnergy = {
  "energy.title": "Energy",
  "energy.tab.energy": "Energy",
  "energy.tab.surroundings": "Surroundings",
  "energy.tab.sources": "Sources",
} as const;
