import { capital, type Done, type Names, type TextKey, type Texts } from "#ai/texts/texts.ts";
import type { Pattern } from "#analysis/patterns/patterns.ts";
import type { Automation, Scene } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { draftForgotten } from "./forgotten.ts";
import { draftSimple } from "./simple.ts";
import { draftTogether } from "./together.ts";

export { isEnding, oppositeOf, toCall } from "./act-call.ts";
export { knowsPresence } from "./when.ts";

/** What a pattern becomes in Home Assistant. */
export interface PatternDraft {
  readonly title: string;
  readonly text: string;
  readonly make: Made;
  /** What it does. */
  readonly does: readonly Done[];
  /** Why a person should look at it more closely. */
  readonly cautions: readonly TextKey[];
}

export type Made = Omit<Automation, "alias" | "description"> | Omit<Scene, "name">;

export interface Drafting {
  readonly home: HomeSnapshot;
  readonly texts: Texts;
  readonly names: Names;
}

/**
 * The automation or scene that does what a household does by hand.
 *
 * `undefined` where a pattern says no moment (how often, in which season, who, what was unusual), where the house cannot
 * do it, and where it must not happen by itself: nothing is ever unlocked, disarmed or let run.
 */
export function draftOfPattern(pattern: Pattern, drafting: Drafting): PatternDraft | undefined {
  switch (pattern.kind) {
    case "time_of_day":
    case "contextual":
    case "co_activation":
      return draftSimple(pattern, drafting);
    case "sequence":
    case "routine":
    case "room_based":
      return draftTogether(pattern, drafting);
    case "left_on":
    case "duration":
      return draftForgotten(pattern, drafting);
    default:
      return undefined;
  }
}

/** With its name and what it is for. */
export function withName({ make, title, text }: PatternDraft): Automation | Scene {
  return make.kind === "automation"
    ? { ...make, alias: capital(title), description: text }
    : { ...make, name: capital(title) };
}
