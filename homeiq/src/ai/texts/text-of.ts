import { enActs } from "./en-acts.ts";
import { enAgent } from "./en-agent.ts";
import { enFeatures } from "./en-features.ts";
import { enPatterns } from "./en-patterns.ts";
import { enSuggestions } from "./en-suggestions.ts";
import { enSynergies } from "./en-synergies.ts";
import { enTemplates } from "./en-templates.ts";

const en = {
  ...enActs,
  ...enAgent,
  ...enFeatures,
  ...enPatterns,
  ...enSuggestions,
  ...enSynergies,
  ...enTemplates,
};

/** A key of the catalogue. */
export type TextKey = keyof typeof en;
export type Values = Readonly<Record<string, string | number>>;

/** One language is one catalogue; one that nobody knows is said in English. */
const CATALOGUES: Readonly<Record<string, ReadonlyMap<string, string>>> = {
  en: new Map(Object.entries(en)),
};

/** Says what the catalogue has under a key, with its `{placeholders}` filled; `{Name}` begins with a capital letter. */
export function createTextOf(language: string) {
  const own = language.split(/[-_]/)[0] ?? "en";
  const texts = CATALOGUES[own] ?? CATALOGUES.en ?? new Map<string, string>();
  const plural = new Intl.PluralRules(localeOf(language));
  const number = new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 });

  function find(key: string, n: string | number | undefined): string | undefined {
    const counted = typeof n === "number" ? texts.get(`${key}.${plural.select(n)}`) : undefined;
    return counted ?? texts.get(key);
  }

  function say(key: string, values: Values = {}): string {
    const text = find(key, values.n) ?? key;
    return text.replace(/\{(\w+)\}/g, (_, name: string) => {
      const value = values[name] ?? values[`${name[0]?.toLowerCase()}${name.slice(1)}`];
      const said = typeof value === "number" ? number.format(value) : (value ?? "");
      return /^[A-Z]/.test(name) ? capital(said) : said;
    });
  }

  return { say, has: (key: string) => texts.has(key) };
}

/** With a capital letter first. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** One that `Intl` knows; Home Assistant's may be none. */
export function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? "en";
  } catch {
    return "en"; // as said above
  }
}
