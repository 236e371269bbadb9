import type { Filter } from "#lib/api.ts";

type Rule = Filter["rules"][number];
const KINDS: readonly Rule["by"][] = ["entity", "domain", "device_class", "area"];

export const toLines = (rules: readonly Rule[]) =>
  rules.map(({ by, pattern }) => `${by}:${pattern}`).join("\n");

/** The rules of a text, or the number of the first line that is none. */
export function toRules(text: string): { rules: Rule[] } | { badLine: number } {
  const rules: Rule[] = [];
  for (const [index, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const split = line.indexOf(":");
    const by = KINDS.find((kind) => kind === line.slice(0, split).trim());
    const pattern = line.slice(split + 1).trim();
    if (!by || pattern === "") return { badLine: index + 1 };
    rules.push({ by, pattern });
  }
  return { rules };
}
