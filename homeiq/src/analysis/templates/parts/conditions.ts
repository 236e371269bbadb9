import type { Bound, Condition, Weekday } from "#home/automation/automation.ts";

type Ids = string | readonly string[];
const list = (ids: Ids): readonly string[] => (typeof ids === "string" ? [ids] : ids);

/** All of them are in one of these states. */
export const is = (ids: Ids, states: Ids): Condition => ({
  kind: "state",
  entityIds: list(ids),
  states: list(states),
});

/** It is in this state, and has been for so long. Milliseconds. */
export const hasBeen = (id: string, state: string, ms: number): Condition => ({
  kind: "state",
  entityIds: [id],
  states: [state],
  for: { ms },
});

/** At least one of them is. */
export const someIs = (ids: Ids, states: Ids): Condition => ({
  kind: "state",
  entityIds: list(ids),
  states: list(states),
  ...(list(ids).length > 1 && { match: "any" as const }),
});

export const isAbove = (id: string, bound: Bound, attribute?: string): Condition => ({
  kind: "numeric_state",
  entityIds: [id],
  above: bound,
  ...(attribute !== undefined && { attribute }),
});

export const isBelow = (id: string, bound: Bound, attribute?: string): Condition => ({
  kind: "numeric_state",
  entityIds: [id],
  below: bound,
  ...(attribute !== undefined && { attribute }),
});

export const not = (...conditions: readonly Condition[]): Condition => ({
  kind: "not",
  conditions,
});

/** Milliseconds after midnight; after later than before spans midnight. */
export const between = (after: number, before: number): Condition => ({
  kind: "time",
  after: { ms: after },
  before: { ms: before },
});

export const WORKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri"];
export const onDays = (weekdays: readonly Weekday[]): Condition => ({ kind: "time", weekdays });

export const DARK: Condition = { kind: "sun", after: "sunset", before: "sunrise" };
export const LIGHT: Condition = { kind: "sun", after: "sunrise", before: "sunset" };

export const NOBODY_HOME: Condition = isBelow("zone.home", 1);
export const SOMEBODY_HOME: Condition = isAbove("zone.home", 0);

/** It was the trigger with this id. */
export const by = (id: string): Condition => ({ kind: "trigger", ids: [id] });
