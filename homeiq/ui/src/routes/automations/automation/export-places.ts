/** A place of an automation or a script that whoever uses the blueprint may fill in. */
export interface ExportPlace {
  /** As the export wants it: `actions.0.target.entity_id`. */
  readonly place: string;
  /** What stands there now, as text. */
  readonly value: string;
}

const PARTS = ["triggers", "trigger", "conditions", "condition", "actions", "action", "sequence"];
/** What says which kind of thing it is, and what nobody wants to be asked. */
const FIXED = new Set([
  "trigger",
  "platform",
  "condition",
  "action",
  "service",
  "id",
  "alias",
  "enabled",
  "metadata",
]);

/** Every single value, and every list of single values, of triggers, conditions and actions, and of a script's sequence. */
export function placesIn(config: Readonly<Record<string, unknown>>): ExportPlace[] {
  const found: ExportPlace[] = [];
  const search = (value: unknown, path: readonly (string | number)[]): void => {
    if (value === null || value === undefined) return;
    const isList = Array.isArray(value);
    if (typeof value !== "object" || (isList && value.every((one) => typeof one !== "object"))) {
      const text = isList ? value.join(", ") : String(value);
      if (path.length > 1 && text !== "") found.push({ place: path.join("."), value: text });
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      if (!FIXED.has(key)) search(inner, [...path, isList ? Number(key) : key]);
    }
  };
  for (const part of PARTS) search(config[part], [part]);
  return found;
}
