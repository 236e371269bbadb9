import { AppError } from "#foundation/errors.ts";
import type { Json, JsonMap } from "#home/automation/automation.ts";
import { isMap } from "./steps.ts";

/**
 * The values of a script's fields, by name: what was given, else the default that its form shows.
 *
 * Throws `invalid` with their names when some are required and have neither.
 */
export function fieldValues({ fields }: JsonMap, given: JsonMap): JsonMap {
  if (!isMap(fields)) return {};
  const values: Record<string, Json> = {};
  const missing: string[] = [];
  for (const [name, field] of Object.entries(fields)) {
    const fallback = isMap(field) ? field.default : undefined;
    const value = given[name] ?? fallback;
    if (value !== undefined && value !== null) values[name] = value;
    else if (isMap(field) && field.required === true) missing.push(name);
  }
  if (missing.length === 0) return values;
  throw new AppError(
    "invalid",
    "automations.needs_fields",
    `It asks for what was not given: ${missing.join(", ")}`,
    { facts: { fields: missing } },
  );
}

const ONLY_A_NAME = /^\s*\{\{\s*(\w+)\s*\}\}\s*$/;

/** With the values in the place of templates that are nothing but a field's name: what they touch is known then. */
export function withValues(value: Json, values: JsonMap): Json {
  if (typeof value === "string") {
    const name = ONLY_A_NAME.exec(value)?.[1] ?? "";
    return values[name] ?? value;
  }
  if (Array.isArray(value)) return value.map((one: Json) => withValues(one, values));
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, withValues(inner, values)]),
  );
}
