/** What the Storage page says. */
export const enStorage = {
  "system.tab.health": "Health",
  "system.tab.storage": "Storage",
} as const;
