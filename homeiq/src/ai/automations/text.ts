import { createHash } from "node:crypto";
import { diffLines } from "diff";
import type { JsonMap } from "#home/automation/automation.ts";
import { canonical } from "#home/automation-config/automation-config.ts";

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** Of a configuration: the same for the same keys and values in any order; the id is not part of it. */
export const hashOf = (config: JsonMap): string => sha256(canonical(config));

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

/** The alias, when there is one that says something. */
export function aliasOf(config: JsonMap): string | undefined {
  const { alias } = config;
  return typeof alias === "string" && alias.trim() !== "" ? alias.trim() : undefined;
}
