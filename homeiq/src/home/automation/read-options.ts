import { type Fields, kindOf } from "./fields.ts";
import { COMMON_OPTIONS, type Purpose, type PurposeField, type PurposeFields } from "./purpose.ts";
import { readPlainMap } from "./read-json.ts";
import { checkSelected } from "./read-selected.ts";
import { readWord } from "./read-text.ts";
import { type At, type Reading, removeKey, renameKey } from "./reading.ts";
import { nearest } from "./spelling.ts";
import { isTagged, type JsonMap } from "./value.ts";

/** `any` and `last` of a trigger are of before Home Assistant 2026.8, which still takes them. */
export const TRIGGER_BEHAVIORS = ["each", "first", "all", "any", "last"] as const;
export const CONDITION_BEHAVIORS = ["any", "all"] as const;
/** Taken of older configurations, and announced no more. */
const OLD_OPTIONS = new Set(["offset_type"]);

interface Known {
  readonly behaviors: readonly string[];
  /** Absent when the house has not announced it. */
  readonly purpose: Purpose | undefined;
}

/** `options` of what is purpose-specific, as the house announces them. */
export function readOptions(fields: Fields, known: Known): JsonMap {
  const announced = Object.entries(known.purpose?.fields ?? {});
  const needsSome = announced.some(([, { needed }]) => needed);
  const read = (r: Reading, at: At) => checkOptions(r, at, known);
  return (needsSome ? fields.must("options", read) : fields.pick("options", read)) ?? {};
}

function checkOptions(r: Reading, at: At, known: Known): JsonMap | undefined {
  const { value, path } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value) || isTagged(value)) {
    r.error(path, "not_a_mapping", `\`options\` must be a set of keys, not ${kindOf(value)}.`);
    return undefined;
  }
  const options = value as Record<string, unknown>; // a mapping is what is left
  const fields = known.purpose?.fields ?? COMMON_OPTIONS;
  for (const [name, field] of Object.entries(fields)) {
    const given = { value: options[name], path: [...path, name] };
    if (name in options) checkOption(r, given, { name, field, behaviors: known.behaviors });
    else if (field.needed) r.error(given.path, "missing_key", `\`options\` needs \`${name}\`.`);
  }
  if (known.purpose) refuseOthers(r, { ...at, value: options }, known.purpose.fields);
  return readPlainMap(r, at);
}

interface Option {
  readonly name: string;
  readonly field: PurposeField;
  readonly behaviors: readonly string[];
}

function checkOption(r: Reading, at: At, { name, field, behaviors }: Option): void {
  if (name === "behavior") readWord(behaviors)(r, at);
  else checkSelected(r, at, field.selector);
}

function refuseOthers(
  r: Reading,
  { value, path }: At & { readonly value: Record<string, unknown> },
  fields: PurposeFields,
): void {
  const names = Object.keys(fields);
  for (const key of Object.keys(value)) {
    if (names.includes(key) || OLD_OPTIONS.has(key)) continue;
    const free = names.filter((name) => !(name in value));
    const meant = nearest(key, free);
    const place = [...path, key];
    r.error(
      place,
      "unknown_key",
      `\`${key}\` is not an option here${meant ? `; is \`${meant.word}\` meant?` : "."}`,
      {
        facts: { key, ...(meant && { meant: meant.word }) },
        fix: (meant && renameKey(place, meant.word, meant.score)) ?? {
          ...removeKey(place),
          score: 0.3,
        },
      },
    );
  }
}
