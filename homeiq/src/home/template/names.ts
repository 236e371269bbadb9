import { AppError } from "#foundation/errors.ts";
import { visit } from "./evaluate/evaluate.ts";
import { library, NOT_LIMITED } from "./functions/functions.ts";
import type { MentionKind } from "./look-ups.ts";
import { idsIn, type Mention, mentionsIn, printedIn } from "./mentions.ts";
import { parseTemplate } from "./syntax/syntax.ts";
import { type VariableRead, variableReadsIn } from "./variable-reads.ts";

export type { MentionKind } from "./look-ups.ts";
export type { Mention } from "./mentions.ts";
export type { VariableRead } from "./variable-reads.ts";

/** A filter or a test that neither Jinja2 nor Home Assistant has. */
export interface UnknownName {
  readonly what: "filter" | "test";
  readonly name: string;
  readonly at: number;
}

/** What a template's text names, with where it stands in it. Nothing of one that cannot be read. */
export interface TemplateNames {
  /** Given to a function that looks it up in the house. */
  readonly mentions: readonly Mention[];
  /** Texts that are printed as a whole. */
  readonly printed: readonly Mention[];
  /** Texts that look like an entity's id, whatever they are for. */
  readonly ids: readonly Mention[];
  readonly unknown: readonly UnknownName[];
  /** Of what no function of Home Assistant and no line of its own is. */
  readonly reads: readonly VariableRead[];
  /** Functions, filters and tests in it that ask the house or the clock: not all templates may. */
  readonly notLimited: readonly string[];
}

const NOTHING: TemplateNames = {
  mentions: [],
  printed: [],
  ids: [],
  unknown: [],
  reads: [],
  notLimited: [],
};

/** Reads what a template names. Never throws. */
export function namesInTemplate(text: string): TemplateNames {
  try {
    const body = parseTemplate(text);
    const unknown: UnknownName[] = [];
    const notLimited = new Set<string>();
    visit(body, (node) => {
      if (node.kind === "filter" && library.filter(node.name) === undefined)
        unknown.push({ what: "filter", name: node.name, at: node.at });
      if (node.kind === "test" && library.test(node.name) === undefined)
        unknown.push({ what: "test", name: node.name, at: node.at });
      const isNamed = node.kind === "name" || node.kind === "filter" || node.kind === "test";
      if (isNamed && NOT_LIMITED.has(node.name)) notLimited.add(node.name);
    });
    return {
      mentions: mentionsIn(body),
      printed: printedIn(body),
      ids: idsIn(body),
      unknown,
      reads: variableReadsIn(body),
      notLimited: [...notLimited],
    };
  } catch (error) {
    if (error instanceof AppError || error instanceof RangeError) return NOTHING; // its syntax is told elsewhere
    throw error;
  }
}

/** All functions, filters and tests of Jinja2 and Home Assistant, and those that not every template may use. */
export const templateFunctions = { ...library.names(), notLimited: [...NOT_LIMITED].sort() };

interface Renamed {
  readonly kind: MentionKind;
  readonly from: string;
  readonly to: string;
  /** Where it is only printed as well. */
  readonly printed?: boolean;
}

/** The template with another id wherever it names this one; nothing else of the text is touched. */
export function renameInTemplate(text: string, { kind, from, to, printed }: Renamed): string {
  const names = namesInTemplate(text);
  const places = [
    ...names.mentions.filter((one) => one.kind === kind),
    ...(kind === "entity" ? names.ids : []),
    ...(printed ? names.printed : []),
  ].filter((one) => one.id === from);
  const last = [...new Map(places.map((one) => [one.at, one])).values()].sort(
    (one, other) => other.at - one.at,
  );
  return last.reduce((before, place) => replaced(before, place, to), text);
}

const PATH =
  /states\s*(?:\.\s*\w+|\[\s*(?:'\w+'|"\w+")\s*\])\s*(?:\.\s*\w+|\[\s*(?:'\w+'|"\w+")\s*\])/y;
const PLAIN_PATH = /^[a-z_]\w*\.[a-z_]\w*$/;

/** A text that is written with escapes, or in pieces, stays as it is. */
function replaced(text: string, { id, at, form }: Mention, to: string): string {
  if (form === "path") {
    PATH.lastIndex = at;
    const path = PATH.exec(text)?.[0];
    if (path === undefined) return text;
    const written = PLAIN_PATH.test(to) ? `states.${to}` : `states['${to}']`;
    return text.slice(0, at) + written + text.slice(at + path.length);
  }
  const start = form === "plain" ? at : at + 1;
  if (!text.startsWith(id, start)) return text;
  return text.slice(0, start) + to + text.slice(start + id.length);
}
