import { kindOf } from "./fields.ts";
import { checkTemplate } from "./read-json.ts";
import type { At, Reading } from "./reading.ts";
import { isTagged, isTemplateText, type Template, tagText } from "./value.ts";

const NUMBER = /^\s*[+-]?(\d+(_\d+)*\.?(\d+(_\d+)*)?|\.\d+(_\d+)*)([eE][+-]?\d+)?\s*$/;
const INTEGER = /^\s*[+-]?\d+(_\d+)*\s*$/;

/** What Python's `float()` makes of it; `undefined` where that would fail. */
export function toFloat(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "string") return undefined;
  if (NUMBER.test(value)) return Number(value.replaceAll("_", ""));
  const [, sign, word] = /^\s*([+-]?)(inf|infinity|nan)\s*$/i.exec(value) ?? [];
  if (word === undefined) return undefined;
  if (word.toLowerCase() === "nan") return Number.NaN;
  return sign === "-" ? -Infinity : Infinity;
}

/** What Python's `int()` makes of it: numbers lose their fraction, texts must be whole. */
export function toInteger(value: unknown): number | undefined {
  if (typeof value === "number") return Number.isFinite(value) ? Math.trunc(value) : undefined;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "string" && INTEGER.test(value)
    ? Number(value.replaceAll("_", ""))
    : undefined;
}

/** A whole number of at least `least`. */
export const readInteger =
  (least: number) =>
  (r: Reading, at: At): number | undefined => {
    const number = toInteger(at.value);
    const name = `\`${String(at.path.at(-1))}\``;
    if (number === undefined) {
      r.error(at.path, "not_a_number", `${name} must be a whole number, not ${kindOf(at.value)}.`);
      return undefined;
    }
    if (number >= least) return number;
    r.error(at.path, "out_of_range", `${name} must be at least ${least}.`);
    return undefined;
  };

/** How often to repeat: a whole number or a template. */
export function readCount(r: Reading, at: At): number | Template | undefined {
  const number = toInteger(at.value);
  if (number !== undefined) return number;
  const { value } = at;
  if (isTagged(value) && value.tag !== "!input") return { template: tagText(value) };
  if (typeof value === "string") {
    checkTemplate(r, { value, path: at.path });
    if (!isTemplateText(value)) {
      r.warn(at.path, "not_a_number", `\`count\` is the text "${value}"; it fails when it runs.`);
    }
    return { template: value };
  }
  r.error(at.path, "not_a_number", "`count` must be a whole number or a template.");
  return undefined;
}
