import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { LIBRARY } from "./library/library.ts";
import { type Existing, type Match, type MatchOptions, matchAll } from "./match/match.ts";
import type { EntitySlot } from "./slot.ts";
import type { AutomationTemplate } from "./template.ts";

export * as kinds from "./kinds/kinds.ts";
export {
  type Already,
  draftOf,
  type Existing,
  type FilledSlot,
  type FilledSlots,
  knowExisting,
  type Look,
  lookThrough,
  type Match,
  type MatchOptions,
  type TextOf,
  toChoose,
  type Words,
} from "./match/match.ts";
export * as parts from "./parts/parts.ts";
export type { Filled, Recipient, Slot, Slots, Value } from "./slot.ts";
export {
  type AutomationTemplate,
  BENEFITS,
  type Benefit,
  CATEGORIES,
  type Category,
  wrongIn,
} from "./template.ts";
export { inUnit, unitOf } from "./units.ts";

/** All templates of automations, by what a home may have. */
export const TEMPLATES: readonly AutomationTemplate[] = LIBRARY;

/**
 * The templates that this home has the devices for and that nothing in it does yet: no history is needed.
 *
 * Each template's first place comes before any template's second; among them in the library's order, safety first.
 * Pure: the same home, the same matches.
 */
export const matchTemplates = (
  home: HomeSnapshot,
  existing: Existing = {},
  options: MatchOptions = {},
): Match[] => matchAll(TEMPLATES, { home, existing, ...options });

/** What a home must have for it: labels of kinds, `template.kind.<label>` in the catalogue. */
export const needsOf = ({ slots }: AutomationTemplate): string[] => {
  const needed = Object.values(slots).filter(
    (slot): slot is EntitySlot => slot.kind === "entity" && !slot.optional,
  );
  return [...new Set(needed.map(({ of }) => of.label))];
};
