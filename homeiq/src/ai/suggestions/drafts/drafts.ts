import { capital, type Done, type Names, type TextKey, type Texts } from "#ai/texts/texts.ts";
import type { Pattern } from "#analysis/patterns/patterns.ts";
import type { Automation, Scene } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Factor } from "../suggestion.ts";
import { draftForgotten } from "./forgotten.ts";
import { draftPlan } from "./plan.ts";
import { draftSimple } from "./simple.ts";
import { draftTogether } from "./together.ts";
import { draftUsual } from "./usual.ts";

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
  /** What is known otherwise than by how often it was done, and what else acts on the same. */
  readonly factors?: readonly {
    readonly name: Factor["name"];
    readonly value: number;
    readonly why: TextKey;
  }[];
}

export type Made = Omit<Automation, "alias" | "description"> | Omit<Scene, "name">;

export interface Drafting {
  readonly home: HomeSnapshot;
  readonly texts: Texts;
  readonly names: Names;
  readonly timeZone: string;
}

/**
 * The automation or scene that does what a household does by hand.
 *
 * `undefined` where a pattern says no moment (that something became more frequent, what was unusual, what has no usual
 * time), where the house cannot do it or does not know what it hangs on, and where it must not happen by itself: nothing
 * is ever unlocked, disarmed or let run.
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
    case "day_type":
    case "person":
    case "seasonal":
    case "multi_factor":
    case "frequency":
      return draftUsual(pattern, drafting);
    case "presence_plan":
      return draftPlan(pattern, drafting);
    case "anomaly":
      return undefined; // it happened once
  }
}

/** With its name and what it is for. */
export function withName({ make, title, text }: PatternDraft): Automation | Scene {
  return make.kind === "automation"
    ? { ...make, alias: capital(title), description: text }
    : { ...make, name: capital(title) };
}
