import type { Cause } from "#ingest/normalize/state-change.ts";

const PEOPLE = new Set(["person_dashboard", "person_voice", "physical"]);
/** What was only seen after an interruption has no time of its own; what a logbook says has. */
const LEAST_SURE = { live: 0.41, past: 0.4 };

interface Told {
  readonly cause: Cause;
  readonly source?: string;
}

/** Whether a hand, a voice or a page did it, as far as the causes are sure of it. */
export const isByPeople = ({ cause, source }: Told): boolean =>
  PEOPLE.has(cause.kind) &&
  cause.confidence >= (source === undefined ? LEAST_SURE.live : LEAST_SURE.past);

/** A user id. */
export const personOf = ({ cause }: Told): string | undefined =>
  cause.kind === "physical" ? undefined : cause.by;
