import type { Path } from "./value.ts";

export const SEVERITIES = ["error", "warning", "hint"] as const;
/** An error: Home Assistant would refuse it, or it cannot do what it says. A warning: it may not do what is meant. */
export type Severity = (typeof SEVERITIES)[number];

export const STAGES = [
  "syntax",
  "schema",
  "references",
  "types",
  "reachability",
  "safety",
  "home_assistant",
] as const;
export type Stage = (typeof STAGES)[number];

/** Something that is wrong with an automation, a script, a scene or a blueprint. */
export interface Problem {
  /** `<stage>.<what>`: stable, asserted by tests, worded by the interface. */
  readonly code: string;
  readonly stage: Stage;
  readonly severity: Severity;
  /** Where, as in the source: keys as they were written there. */
  readonly path: Path;
  /** One-based, when the source was text. */
  readonly line?: number;
  /** In English, plain: what is wrong, said so that a person can mend it. */
  readonly message: string;
  /** For the interface's own words. */
  readonly facts?: Readonly<Record<string, string | number | boolean>>;
  readonly fix?: Fix;
}

/** What would mend it. Never applied without being asked. */
export interface Fix {
  /** "Write `minutes` instead of `minute`". */
  readonly words: string;
  /** In order, on the configuration as it was written. */
  readonly edits: readonly Edit[];
  /** 0 to 1: how sure it is what was meant. Absent: certain. */
  readonly score?: number;
}

export type Edit =
  | { readonly path: Path; readonly value: unknown }
  | { readonly path: Path; readonly renameTo: string }
  | { readonly path: Path; readonly remove: true };
