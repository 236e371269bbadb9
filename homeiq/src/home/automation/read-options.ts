import { type Fields, kindOf } from "./fields.ts";
import { readMap } from "./read-json.ts";
import { readOffset } from "./read-period.ts";
import { readWord } from "./read-text.ts";
import type { At, Reading } from "./reading.ts";
import { isTagged, type JsonMap } from "./value.ts";

/** `any` and `last` of a trigger are of before Home Assistant 2026.8, which still takes them. */
export const TRIGGER_BEHAVIORS = ["each", "first", "all", "any", "last"] as const;
export const CONDITION_BEHAVIORS = ["any", "all"] as const;

/**
 * `options` of what is purpose-specific. Most of them only the integration knows; `behavior` and `for` mean the
 * same everywhere.
 */
export function readOptions(fields: Fields, behaviors: readonly string[]): JsonMap {
  return fields.pick("options", (r, at) => checkOptions(r, at, behaviors)) ?? {};
}

function checkOptions(r: Reading, at: At, behaviors: readonly string[]): JsonMap | undefined {
  const { value, path } = at;
  if (typeof value !== "object" || value === null || Array.isArray(value) || isTagged(value)) {
    r.error(path, "not_a_mapping", `\`options\` must be a set of keys, not ${kindOf(value)}.`);
    return undefined;
  }
  if ("behavior" in value)
    readWord(behaviors)(r, { value: value.behavior, path: [...path, "behavior"] });
  if ("for" in value) checkFor(r, { value: value.for, path: [...path, "for"] });
  return readMap(r, at);
}

/** No template may stand there, and it is not negative. */
function checkFor(r: Reading, at: At): void {
  const period = readOffset(r, at);
  if (period && "ms" in period && period.ms < 0) {
    r.error(at.path, "negative_period", "This time must not be negative.");
  }
}
