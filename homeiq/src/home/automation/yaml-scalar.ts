// How PyYAML, and so Home Assistant, reads an unquoted word: YAML 1.1, not 1.2.
// Source: https://yaml.org/type/ and the implicit resolvers of PyYAML 6.0.

const BOOLEAN = /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/;
const TRUE = /^(?:yes|true|on)$/i;
const NULL = /^(?:~|null|Null|NULL|)$/;
const INTEGER =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const FLOAT =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const DATE =
  /^\d{4}-(?:\d\d-\d\d|\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** What a bare word becomes: `on` true, `12:30` 750, `010` 8, `07:30` text. */
export function readScalar(text: string): string | number | boolean | null {
  if (NULL.test(text)) return null;
  if (BOOLEAN.test(text)) return TRUE.test(text);
  if (INTEGER.test(text)) return toInteger(text.replaceAll("_", ""));
  if (FLOAT.test(text)) return toFloat(text.replaceAll("_", "").toLowerCase());
  return text;
}

/** Whether a bare word becomes a date, which no automation can use: such a word must be quoted. */
export const isBareDate = (text: string): boolean => DATE.test(text);

/** Whether this text must be quoted to stay text. */
export const needsQuotes = (text: string): boolean =>
  typeof readScalar(text) !== "string" || isBareDate(text) || text === "=" || text === "<<";

function toInteger(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits.includes(":")) return sign * sexagesimal(digits);
  if (/^0b/.test(digits)) return sign * Number.parseInt(digits.slice(2), 2);
  if (/^0x/.test(digits)) return sign * Number.parseInt(digits, 16);
  const octal = digits.length > 1 && digits.startsWith("0");
  return sign * Number.parseInt(digits, octal ? 8 : 10) + 0;
}

function toFloat(text: string): number {
  const sign = text.startsWith("-") ? -1 : 1;
  const digits = text.replace(/^[-+]/, "");
  if (digits === ".inf") return sign * Infinity;
  if (digits === ".nan") return Number.NaN;
  return sign * (digits.includes(":") ? sexagesimal(digits) : Number(digits));
}

const sexagesimal = (digits: string): number =>
  digits.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
