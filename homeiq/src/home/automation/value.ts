/** Keys and indexes from the top of a configuration: `["actions", 0, "choose", 1, "sequence", 0]`. */
export type Path = readonly (string | number)[];

/** Text that Home Assistant renders before it uses it: it holds `{{`, `{%` or `{#`. */
export interface Template {
  readonly template: string;
}

/** A length of time. `parts` are those of a mapping of which at least one is a template. */
export type Period =
  | { readonly ms: number }
  | Template
  | { readonly parts: Readonly<Partial<Record<PeriodUnit, number | Template>>> };
export type PeriodUnit = "days" | "hours" | "minutes" | "seconds" | "milliseconds";

/** A bound: a number, or the entity that holds it. */
export type Bound = number | { readonly entityId: string };

/** `HH:MM:SS` as milliseconds after local midnight, an entity that holds a time, or a template. */
export type ClockTime =
  | { readonly ms: number }
  | { readonly entityId: string; readonly offset?: Period }
  | Template;

export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What an action or a purpose-specific trigger is aimed at. Ids are lower-case; registry ids stay as they are. */
export interface Target {
  readonly entityIds: readonly (string | Template)[];
  readonly deviceIds: readonly (string | Template)[];
  readonly areaIds: readonly (string | Template)[];
  readonly floorIds: readonly (string | Template)[];
  readonly labelIds: readonly (string | Template)[];
  /** The whole target is one template. */
  readonly template?: string;
}

/** Anything that JSON can say; texts in it may be templates. */
export type Json =
  | string
  | number
  | boolean
  | null
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonMap = { readonly [key: string]: Json };

/** What every trigger, condition and action can have. */
export interface Common {
  readonly alias?: string;
  /** Absent: it is enabled. */
  readonly enabled?: boolean | Template;
  /** Keys that Home Assistant would refuse or ignore here, as they were, so that nothing is lost. */
  readonly extra?: JsonMap;
}
