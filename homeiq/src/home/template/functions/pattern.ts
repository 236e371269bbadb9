import { failure, notSupported } from "../run.ts";

const LETTERS: Readonly<Record<string, readonly [outside: string, inside: string]>> = {
  w: ["[\\p{L}\\p{N}_]", "\\p{L}\\p{N}_"],
  W: ["[^\\p{L}\\p{N}_]", ""],
  d: ["\\p{Nd}", "\\p{Nd}"],
  D: ["\\P{Nd}", "\\P{Nd}"],
  A: ["(?<![\\s\\S])", ""],
  Z: ["(?![\\s\\S])", ""],
  a: ["\\x07", "\\x07"],
};
const KEPT = /[bBsSnrtfvux0-9]/;
const SYNTAX = /[\^$\\.*+?()[\]{}|/]/;
const NESTED_REPETITION = /\((?:[^()\\]|\\.)*[*+](?:[^()\\]|\\.)*\)(?:[*+]|\{\d+,\})/;
const compiled = new Map<string, RegExp>();
const MOST_COMPILED = 128;

/**
 * A regular expression of Python as JavaScript's. Throws `template.failed` when it is none, `template.not_supported`
 * for what JavaScript has not, and for a repetition within a repetition, which can take for ever.
 */
export function patternOf(source: string, ignoreCase: boolean, flags: string): RegExp {
  const key = `${flags}${ignoreCase ? "i" : ""} ${source}`;
  const known = compiled.get(key);
  if (known !== undefined) {
    known.lastIndex = 0;
    return known;
  }
  if (NESTED_REPETITION.test(source))
    throw notSupported("a regular expression with nested repetition");
  const [, inline = "", rest = source] = /^\(\?([aimsux]+)\)([\s\S]*)$/.exec(source) ?? [];
  if (/x/.test(inline) || /\(\?>|[*+?}]\+/.test(rest.replace(/\\./g, "x"))) {
    throw notSupported("a regular expression of this kind");
  }
  const all = new Set(`${flags}u${ignoreCase ? "i" : ""}${inline.replace(/[aux]/g, "")}`);
  let pattern: RegExp;
  try {
    pattern = new RegExp(translated(rest, all.has("m")), [...all].join(""));
  } catch (cause) {
    throw failure("PatternError", `${(cause as Error).message}`);
  }
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  compiled.set(key, pattern);
  return pattern;
}

function translated(source: string, multiline: boolean): string {
  let result = "";
  let inClass = false;
  for (let at = 0; at < source.length; at++) {
    const character = source.charAt(at);
    if (character === "\\") {
      at++;
      result += escapeOf(source.charAt(at), inClass);
    } else if (inClass) {
      if (character === "]") inClass = false;
      result += character === "[" ? "\\[" : character;
    } else if (character === "[") {
      inClass = true;
      const start = /^\[\^?\]?/.exec(source.slice(at))?.[0] ?? "[";
      result += start.replace("]", "\\]");
      at += start.length - 1;
    } else if (character === "$" && !multiline) result += "(?=\\n?(?![\\s\\S]))";
    else if (source.startsWith("(?P<", at)) {
      result += "(?<";
      at += 3;
    } else if (source.startsWith("(?P=", at)) {
      const name = /^\(\?P=(\w+)\)/.exec(source.slice(at));
      result += `\\k<${name?.[1] ?? ""}>`;
      at += (name?.[0].length ?? 4) - 1;
    } else if (character === "{" && !/^\{\d*,?\d*\}/.test(source.slice(at))) result += "\\{";
    else if (character === "}" && !/\{\d*,?\d*$/.test(source.slice(0, at))) result += "\\}";
    else result += character === "]" ? "\\]" : character;
  }
  return result;
}

function escapeOf(character: string, inClass: boolean): string {
  const letter = LETTERS[character];
  if (letter !== undefined) {
    if (inClass && letter[1] === "") throw notSupported(`\\${character} among characters`);
    return letter[inClass ? 1 : 0];
  }
  if (KEPT.test(character) || SYNTAX.test(character)) return `\\${character}`;
  if (character === "-") return inClass ? "\\-" : "-";
  if (/[a-zA-Z]/.test(character)) throw failure("PatternError", `bad escape \\${character}`);
  return character;
}

/** A replacement of Python, `\1` or `\g<name>`, given what matched. */
export function replacementOf(text: string, match: RegExpExecArray | RegExpMatchArray): string {
  return text.replace(/\\(?:g<(\w+)>|(\d{1,2})|([\s\S]))/g, (_, name, number, other) => {
    const key = name ?? number;
    if (key === undefined)
      return { n: "\n", t: "\t", r: "\r", "\\": "\\" }[other as string] ?? `\\${other}`;
    const group = /^\d+$/.test(key) ? match[Number(key)] : match.groups?.[key];
    const exists = /^\d+$/.test(key)
      ? Number(key) < match.length
      : Object.hasOwn(match.groups ?? {}, key);
    if (!exists) throw failure("PatternError", `invalid group reference ${key}`);
    return group ?? "";
  });
}
