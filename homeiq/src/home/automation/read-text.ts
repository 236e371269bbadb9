import { kindOf } from "./fields.ts";
import { checkTemplate } from "./read-json.ts";
import { type At, type Reading, replaceBy } from "./reading.ts";
import { nearest } from "./spelling.ts";
import { isTagged, isTemplateText, type Template, tagText } from "./value.ts";

const nameOf = (at: At) => `\`${String(at.path.at(-1) ?? "it")}\``;

/** Anything but nothing, a list or keys becomes text. */
export function readText(r: Reading, at: At): string | undefined {
  const { value } = at;
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False"; // as Python writes it
  if (isTagged(value) && value.tag !== "!input") return tagText(value);
  r.error(at.path, "not_text", `${nameOf(at)} must be text, not ${kindOf(value)}.`);
  return undefined;
}

/** Text that must be written as text: a number or a bare `on` is refused, as YAML may have changed what was meant. */
export function readStrictText(r: Reading, at: At): string | undefined {
  const { value, path } = at;
  if (typeof value === "boolean") {
    const word = value ? "on" : "off";
    const message = `${nameOf(at)} is ${value ? "true" : "false"}, which is what YAML makes of a bare \`${word}\`; text is needed.`;
    r.error(path, "boolean_for_text", message, { fix: replaceBy(path, word, 0.95) });
    return undefined;
  }
  if (typeof value === "number") {
    const message = `${nameOf(at)} is a number; text is needed.`;
    r.error(path, "number_for_text", message, { fix: replaceBy(path, String(value)) });
    return undefined;
  }
  return readText(r, at);
}

/** A template or plain text that is used as one. */
export function readTemplateText(r: Reading, at: At): string | undefined {
  const text = readText(r, at);
  if (text !== undefined) checkTemplate(r, { value: text, path: at.path });
  return text;
}

/** Text in which a template is allowed. */
export function readTextOrTemplate(r: Reading, at: At): string | Template | undefined {
  const text = readTemplateText(r, at);
  return text !== undefined && isTemplateText(text) ? { template: text } : text;
}

const TRUE = ["1", "true", "yes", "on", "enable"];
const FALSE = ["0", "false", "no", "off", "disable"];

/** True or false, as Home Assistant takes it: also as a word or a number. */
export function readBoolean(r: Reading, at: At): boolean | undefined {
  const known = toBoolean(at.value);
  if (known !== undefined) return known;
  r.error(at.path, "invalid_boolean", `${nameOf(at)} must be true or false.`, {
    fix: booleanFix(at),
  });
  return undefined;
}

/** `enabled`: true, false or a template. */
export function readBooleanOrTemplate(r: Reading, at: At): boolean | Template | undefined {
  const known = toBoolean(at.value);
  if (known !== undefined) return known;
  const text = readTemplateText(r, at);
  return text === undefined ? undefined : { template: text };
}

function toBoolean(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return value !== 0;
  if (typeof value !== "string") return undefined;
  const word = value.toLowerCase().trim();
  if (TRUE.includes(word)) return true;
  return FALSE.includes(word) ? false : undefined;
}

function booleanFix({ value, path }: At) {
  const off = typeof value === "string" && /^(dis|de|in|not?\b|never|none|off)/i.test(value);
  return replaceBy(path, !off, 0.6);
}

/** One of a few words, written exactly so. */
export const readWord =
  <const Word extends string>(words: readonly Word[], { anyCase = false } = {}) =>
  (r: Reading, at: At): Word | undefined => {
    const text = typeof at.value === "string" && anyCase ? at.value.toLowerCase() : at.value;
    const found = words.find((word) => word === text);
    if (found !== undefined) return found;
    const near = typeof at.value === "string" ? nearWord(at.value, words) : undefined;
    r.error(at.path, "invalid_choice", `${nameOf(at)} must be ${oneOf(words)}.`, {
      ...(near !== undefined && { fix: replaceBy(at.path, near, 0.9) }),
    });
    return undefined;
  };

function nearWord<Word extends string>(written: string, words: readonly Word[]): Word | undefined {
  const plain = written.toLowerCase().replaceAll(/[\s_-]/g, "");
  const same = words.find((word) => word === MEANT[plain]);
  if (same !== undefined) return same;
  if (plain.length < 3) return undefined;
  const starts = (word: string) => plain.startsWith(word) || word.startsWith(plain);
  const found = words.filter((word) => starts(word) || nearest(plain, [word]));
  return found.length === 1 ? found[0] : undefined;
}

/** Words for the same thing. */
const MEANT: Readonly<Record<string, string>> = {
  dusk: "sunset",
  dawn: "sunrise",
  once: "single",
  entered: "enter",
  arrive: "enter",
  left: "leave",
  exit: "leave",
  started: "start",
  stop: "shutdown",
};

/** "`a`, `b` or `c`". */
export function oneOf(words: readonly string[]): string {
  const quoted = words.map((word) => `\`${word}\``);
  const last = quoted.at(-1) ?? "";
  return quoted.length < 2 ? last : `${quoted.slice(0, -1).join(", ")} or ${last}`;
}
