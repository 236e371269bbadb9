import { number } from "../format.ts";
import { en } from "./en.ts";
import type { enAgent } from "./en-agent.ts";
import type { enAutomations } from "./en-automations.ts";
import type { enBlueprints } from "./en-blueprints.ts";
import type { enEnergy } from "./en-energy.ts";
import type { enErrors } from "./en-errors.ts";
import type { enPatterns } from "./en-patterns.ts";
import type { enSourceErrors } from "./en-source-errors.ts";
import type { enSuggestions } from "./en-suggestions.ts";
import type { enSurroundings } from "./en-surroundings.ts";
import type { enSynergies } from "./en-synergies.ts";
import type { enTrials } from "./en-trials.ts";

type Catalogue = typeof en &
  typeof enAgent &
  typeof enAutomations &
  typeof enBlueprints &
  typeof enEnergy &
  typeof enErrors &
  typeof enPatterns &
  typeof enSourceErrors &
  typeof enSuggestions &
  typeof enSurroundings &
  typeof enSynergies &
  typeof enTrials;
export type TextKey = keyof Catalogue;

const texts = new Map<string, string>(Object.entries(en));

/** Texts of a place, which its layout brings, so that the first page need not load them. */
export function addTexts(more: Readonly<Record<string, string>>): void {
  for (const [key, text] of Object.entries(more)) texts.set(key, text);
}

const plural = new Intl.PluralRules("en");

/**
 * A text of the catalogue, with its `{placeholders}` filled.
 *
 * Where the catalogue has the key with a plural category behind it (`devices.entityCount.one`), the number
 * `n` chooses between that text and the plain one.
 */
export function t(key: TextKey, values: Readonly<Record<string, string | number>> = {}): string {
  const counted = typeof values.n === "number" ? `${key}.${plural.select(values.n)}` : key;
  const text = texts.get(counted) ?? texts.get(key) ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name] ?? "";
    return typeof value === "number" ? number(value) : value;
  });
}

export const hasText = (key: string): key is TextKey => texts.has(key);

/** A text whose key ends in a value that the server sent; that value itself when there is no such text. */
export function tOf(prefix: string, value: string): string {
  const key = `${prefix}.${value}`;
  return hasText(key) ? t(key) : value.replaceAll("_", " ");
}
