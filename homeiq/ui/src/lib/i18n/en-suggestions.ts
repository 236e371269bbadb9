/** What the place Suggestions says. */
export const enSuggestions = {
  "suggestions.title": "Suggestions",
  "suggestions.tab.all": "For you",
  "suggestions.tab.patterns": "Habits",
  "suggestions.tab.synergies": "Together",
  "suggestions.tab.agent": "By itself",
} as const;
