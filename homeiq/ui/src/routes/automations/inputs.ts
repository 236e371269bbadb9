import type { Json, JsonMap, UsedInput } from "#lib/api.ts";
import type { Given } from "#lib/automation-api.ts";

/** How an input of a blueprint, or a field of a script, is asked for. */
export type Asked =
  | { readonly kind: "boolean" | "text" }
  | {
      readonly kind: "number";
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
    }
  | {
      readonly kind: "select";
      readonly options: readonly { readonly value: string; readonly label: string }[];
    }
  /** Lists and mappings: they are written as text. */
  | { readonly kind: "other" };

const TEXTS = new Set([
  "entity",
  "text",
  "time",
  "date",
  "datetime",
  "device",
  "area",
  "icon",
  "theme",
]);

const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** By its selector; without one by what stands there. */
export function askedBy({ selector, value, default: fallback }: Omit<UsedInput, "key">): Asked {
  const shown = value ?? fallback;
  if (typeof shown === "object" && shown !== null) return { kind: "other" };
  const [kind = "", options] = Object.entries(selector ?? {})[0] ?? [];
  const how = isMap(options) ? options : {};
  if (how.multiple === true) return { kind: "other" };
  if (kind === "boolean") return { kind };
  if (kind === "number") return { kind, ...numbersOf(how) };
  if (kind === "select" && Array.isArray(how.options)) {
    return { kind, options: (how.options as readonly Json[]).map(optionOf) };
  }
  return { kind: kind === "" || TEXTS.has(kind) ? "text" : "other" };
}

function numbersOf({ min, max, step }: JsonMap) {
  return {
    ...(typeof min === "number" ? { min } : {}),
    ...(typeof max === "number" ? { max } : {}),
    ...(typeof step === "number" ? { step } : {}),
  };
}

function optionOf(option: unknown) {
  if (!isMap(option)) return { value: String(option), label: String(option) };
  return { value: String(option.value), label: String(option.label ?? option.value) };
}

/** What was typed as a value of its kind; `null` when nothing was. */
export function toValue(typed: string, { kind }: Asked): Given[string] {
  if (typed.trim() === "") return null;
  if (kind === "boolean") return typed === "true";
  const number = Number(typed);
  return kind === "number" && Number.isFinite(number) ? number : typed;
}

/** Empty when there is none. */
export const textOf = (value: unknown): string => {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
};

export interface Field extends UsedInput {
  readonly isRequired: boolean;
}

/** What a script asks for. */
export const fieldsOf = (fields: JsonMap | undefined): Field[] =>
  Object.entries(fields ?? {}).map(([key, field]) => {
    const { name, description, selector, required, default: fallback } = isMap(field) ? field : {};
    return {
      key,
      isRequired: required === true,
      ...(typeof name === "string" ? { name } : {}),
      ...(typeof description === "string" ? { description } : {}),
      ...(isMap(selector) ? { selector } : {}),
      ...(fallback === undefined ? {} : { default: fallback }),
    };
  });
