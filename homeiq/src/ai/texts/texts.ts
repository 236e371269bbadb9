import type { KnownPattern, Pattern } from "#analysis/patterns/patterns.ts";
import type { Synergy } from "#analysis/synergies/synergies.ts";
import type { TextOf } from "#analysis/templates/templates.ts";
import { sayActs, sayEvidence, sayPattern } from "./say-pattern.ts";
import { type SaidSynergy, saySynergy } from "./say-synergy.ts";
import { sayFactor, sayWhen } from "./say-when.ts";
import type { TextKey, Values } from "./text-of.ts";
import { createWords, type Done, type Names, sayAct, saySaw, type Words } from "./words.ts";

export type { SaidSynergy } from "./say-synergy.ts";
export { capital, type TextKey, type Values } from "./text-of.ts";
export type { Done, Names, Words } from "./words.ts";

type Context = Extract<Pattern, { kind: "contextual" }>["context"];
type Factors = Extract<Pattern, { kind: "multi_factor" }>["factors"];

/** What the server says itself, in the household's language. */
export interface Texts extends Omit<Words, "say"> {
  /** A text of the catalogue with its placeholders filled; `n` chooses between one and many. */
  say(key: TextKey, values?: Values): string;
  /** What the household does, in one or two sentences. */
  sayPattern(pattern: Pattern, names: Names): string;
  /** What it rests on, and what speaks against it. */
  sayEvidence(known: KnownPattern): readonly string[];
  /** What things of the home could do together; money in this currency. */
  saySynergy(synergy: Synergy, names: Names, currency: string): SaidSynergy;
  /** `turn Hall light on`: follows "you", or stands alone as a request. */
  sayAct(done: Done, names: Names): string;
  sayActs(done: readonly Done[], names: Names): string;
  /** `Front door opens`, of what a sensor tells. */
  saySaw(done: Done, names: Names): string;
  /** `20 minutes before sunset` */
  sayWhen(context: Context, names: Names): string;
  /** `on a workday and when it is cold outside` */
  sayFactors(factors: Factors): string;
  /** Of a template of automations. */
  readonly textOf: TextOf;
}

interface Options {
  /** `de`, `en-GB`; one that has no catalogue is said in English, with its own numbers and dates. */
  readonly language: string;
  readonly timeZone: string;
}

export function createTexts({ language, timeZone }: Options): Texts {
  const words = createWords(language, timeZone);
  return {
    ...words,
    sayPattern: (pattern, names) => sayPattern(words, names, pattern),
    sayEvidence: (known) => sayEvidence(words, known),
    saySynergy: (synergy, names, currency) => saySynergy(words, names, { synergy, currency }),
    sayAct: (done, names) => sayAct(words, names, done),
    sayActs: (done, names) => sayActs(words, names, done),
    saySaw: (done, names) => saySaw(words, names, done),
    sayWhen: (context, names) => sayWhen(words, names, context),
    sayFactors: (factors) => words.list(factors.map((factor) => sayFactor(words, factor))),
    textOf: ({ key, values }) => words.sayFirst([key], values),
  };
}
