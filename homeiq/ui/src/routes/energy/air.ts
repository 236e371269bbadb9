/** Upper ends of the US EPA's categories. */
const CATEGORIES = [
  [50, "good"],
  [100, "moderate"],
  [150, "sensitive"],
  [200, "unhealthy"],
  [300, "very_unhealthy"],
] as const;

export const airCategory = (aqi: number) =>
  CATEGORIES.find(([end]) => aqi <= end)?.[1] ?? "hazardous";
