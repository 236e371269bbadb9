/** What the page of things that would do more together says. */
export const enSynergies = {
  "synergies.lead": "Things of your house that would do more together, and are not joined yet.",
} as const;
