/** What somebody just did with a suggestion. */
export interface Answered {
  readonly id: string;
  readonly title: string;
  readonly kind: "deployed" | "waiting" | "done" | "snoozed" | "dismissed" | "reopened" | "undone";
}

/** What can be taken back by opening it again. */
export const canReopen = ({ kind }: Answered) => kind === "dismissed" || kind === "snoozed";
