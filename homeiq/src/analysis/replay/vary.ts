import type { Automation, Path } from "#home/automation/automation.ts";

/**
 * The automation with another value at a place of its typed form: `["triggers", 0, "above"]`.
 *
 * Everything else is the same. A path that leads nowhere gives the automation as it is.
 */
export const vary = (automation: Automation, path: Path, value: unknown): Automation =>
  changed(automation, path, value) as Automation;

function changed(node: unknown, path: Path, value: unknown): unknown {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (typeof node !== "object" || node === null) return node;
  if (Array.isArray(node)) {
    return node.map((one, n) => (n === key ? changed(one, rest, value) : one));
  }
  if (rest.length > 0 && !(key in node)) return node;
  const before = (node as Readonly<Record<string, unknown>>)[key];
  return { ...node, [key]: changed(before, rest, value) };
}
