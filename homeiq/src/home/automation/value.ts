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
  /** What is left out of it: the same keys. Since Home Assistant 2026.11. */
  readonly exclude?: JsonMap;
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

/**
 * A YAML value whose tag only Home Assistant resolves: `!secret name`, `!input name`, `!include file`.
 * It may stand wherever JSON may; where the model wants text, it is that text, `"!secret name"`.
 */
export type Tagged = { readonly tag: string; readonly value: Json };

/** Whether this is a tagged value, also after a journey as JSON. */
export function isTagged(value: unknown): value is Tagged {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { tag, ...rest } = value as { tag?: unknown };
  return typeof tag === "string" && /^![\w]+$/.test(tag) && Object.keys(rest).join() === "value";
}

/** `"!secret name"`: a tagged scalar where the model holds text. */
export const tagText = ({ tag, value }: Tagged): string =>
  `${tag} ${typeof value === "string" ? value : JSON.stringify(value)}`;

/** The opposite of {@link tagText}: other text is itself. */
export function untagText(text: string): string | Tagged {
  const [, tag, value] = /^(!(?:secret|env_var|include\w*|input|lambda)) (.+)$/s.exec(text) ?? [];
  return tag === undefined || value === undefined ? text : { tag, value };
}

/** Whether Home Assistant renders this text: it holds `{{`, `{%` or `{#`. */
export const isTemplateText = (text: string): boolean => /\{[{%#]/.test(text);
