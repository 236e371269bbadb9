import type { At, Reading } from "./reading.ts";
import { isTagged, isTemplateText, type Json, type JsonMap } from "./value.ts";

/** Any value as it is, with its templates checked. */
export function toJson(r: Reading, { value, path }: At): Json {
  if (typeof value === "string") {
    checkTemplate(r, { value, path });
    return value;
  }
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) {
    return value.map((item: unknown, index) => toJson(r, { value: item, path: [...path, index] }));
  }
  if (isTagged(value)) return value;
  if (typeof value !== "object") return String(value);
  const entries = Object.entries(value).map(([key, item]): [string, Json] => [
    key,
    toJson(r, { value: item, path: [...path, key] }),
  ]);
  return Object.fromEntries(entries);
}

/** The same where Home Assistant takes a text as it stands, whatever it looks like. */
export const toPlainJson = (r: Reading, at: At): Json => toJson(withoutTemplates(r), at);

const withoutTemplates = (r: Reading): Reading => {
  const { checkTemplate: _, ...options } = r.options;
  return { ...r, options };
};

/** `note`: a text for people. */
export function readNote(r: Reading, at: At): string | undefined {
  if (typeof at.value === "string") return at.value;
  r.error(at.path, "not_text", "`note` must be text.");
  return undefined;
}

/** A set of keys in which no template is rendered. */
export const readPlainMap = (r: Reading, at: At): JsonMap | undefined =>
  readMap(withoutTemplates(r), at);

/** A set of keys with anything in them. */
export function readMap(r: Reading, at: At): JsonMap | undefined {
  const json = toJson(r, at);
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as JsonMap; // a map is what is left
  r.error(at.path, "not_a_mapping", `\`${String(at.path.at(-1))}\` must be a set of keys.`);
  return undefined;
}

/** Reports a template whose syntax is broken, when somebody can tell. */
export function checkTemplate(
  r: Reading,
  { value, path }: { value: string; path: At["path"] },
): void {
  if (!isTemplateText(value)) return;
  const wrong = r.options.checkTemplate?.(value);
  if (/\{[{%][^}]*!input\b/.test(value)) {
    const report = wrong === undefined ? r.warn : r.error;
    report(
      path,
      "input_in_template",
      "`!input` cannot stand in a template: give it a name under `variables`, and use that.",
    );
  } else if (wrong !== undefined) {
    r.error(path, "template", `This template cannot be read: ${wrong}`);
  }
}
