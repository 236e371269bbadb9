import { createHash } from "node:crypto";
import { diffLines } from "diff";
import type { Json, JsonMap } from "#home/automation/automation.ts";
import { canonical } from "#home/automation-config/automation-config.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/**
 * Of a configuration: the same for the same keys and values in any order; the id is not part of it.
 *
 * Old names of keys count as the new ones: Home Assistant renames some of them when it stores.
 */
export const hashOf = (config: JsonMap): string => sha256(canonical(withNewKeys(config)));

const NEW_KEYS: Readonly<Record<string, string>> = {
  trigger: "triggers",
  condition: "conditions",
  action: "actions",
};

const withNewKeys = (config: JsonMap): JsonMap =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      const name = NEW_KEYS[key] ?? key;
      return [name, name === "actions" ? withActionKey(value) : value];
    }),
  );

const OPAQUE = new Set(["data", "target", "event_data", "variables", "metadata"]);

function withActionKey(value: Json): Json {
  if (Array.isArray(value)) return value.map(withActionKey);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const name = key === "service" && !("action" in value) ? "action" : key;
      return [name, OPAQUE.has(key) ? inner : withActionKey(inner)];
    }),
  );
}

/** Of what a person is shown before a yes: the new text, and what it would replace. */
export const hashOfShown = (source: string, baseHash: string | null): string =>
  sha256(JSON.stringify([source, baseHash]));

/** Lines that stay, come or go, in the order of reading. */
export interface DiffPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
  readonly lines: number;
}

/** What changes from one text to the other. */
export const diffOf = (before: string, after: string): readonly DiffPart[] =>
  diffLines(before, after).map(({ added, removed, value, count }) => ({
    kind: kindOf(added, removed),
    text: value,
    lines: count,
  }));

function kindOf(added: boolean, removed: boolean): DiffPart["kind"] {
  if (added) return "added";
  return removed ? "removed" : "same";
}

/** The alias, or the name of a scene, when there is one that says something. */
export function aliasOf(config: JsonMap): string | undefined {
  const alias = config.alias ?? config.name;
  return typeof alias === "string" && alias.trim() !== "" ? alias.trim() : undefined;
}
