/** What the page of what HomeIQ does by itself says. */
export const enAgent = {
  "agent.lead": "What HomeIQ proposed or did by itself, and why.",
} as const;
