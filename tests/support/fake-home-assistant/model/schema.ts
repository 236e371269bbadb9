import { HomeAssistantError } from "./home-assistant-error.ts";

/** What a key may hold. A trailing `!` makes it required. */
export type Field =
  | "any"
  | "string"
  | "int"
  | "float"
  | "boolean"
  | "object"
  | "list"
  | "string?"
  | "any!"
  | "string!"
  | "int!"
  | "float!"
  | "boolean!"
  | "object!"
  | "list!"
  | "string?!";
export type Schema = Readonly<Record<string, Field>>;

const PYTHON: Readonly<Record<string, string>> = {
  string: "str",
  "string?": "str",
  int: "int",
  float: "float",
  boolean: "bool",
  object: "dict",
  list: "list",
};

/** Refuses what does not fit, in the words of Home Assistant's validation. */
export function check(data: Readonly<Record<string, unknown>>, schema: Schema): void {
  for (const [key, field] of Object.entries(schema)) {
    const value = data[key];
    if (value === undefined) {
      if (field.endsWith("!")) {
        throw invalid(`required key not provided @ data['${key}']. Got None`);
      }
      continue;
    }
    const kind = field.replace("!", "");
    if (!fits(value, kind)) {
      const got = typeof value === "string" ? `'${value}'` : JSON.stringify(value);
      throw invalid(
        `expected ${PYTHON[kind] ?? kind} for dictionary value @ data['${key}']. Got ${got}`,
      );
    }
  }
  for (const [key, value] of Object.entries(data)) {
    if (key in schema) continue;
    throw invalid(`extra keys not allowed @ data['${key}']. Got ${JSON.stringify(value)}`);
  }
}

function fits(value: unknown, kind: string): boolean {
  switch (kind) {
    case "string":
      return typeof value === "string";
    case "string?":
      return typeof value === "string" || value === null;
    case "int":
      return Number.isInteger(typeof value === "string" ? Number(value) : value);
    case "float":
      return Number.isFinite(typeof value === "string" ? Number(value) : value);
    case "boolean":
      return typeof value === "boolean" || value === "on" || value === "off";
    case "object":
      return typeof value === "object" && value !== null && !Array.isArray(value);
    case "list":
      return Array.isArray(value) || typeof value === "string";
    default:
      return true;
  }
}

export function invalid(message: string): HomeAssistantError {
  return new HomeAssistantError("invalid_format", message);
}
