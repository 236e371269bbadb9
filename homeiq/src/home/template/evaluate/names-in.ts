import type { Expression, Statement } from "../syntax/syntax.ts";

export type AnyNode = Expression | Statement;

const isNode = (value: object): value is AnyNode => "kind" in value && "at" in value;

/** Visits every node of a tree, those above before those within. */
export function visit(tree: unknown, each: (node: AnyNode) => void): void {
  if (typeof tree !== "object" || tree === null) return;
  if (!Array.isArray(tree) && isNode(tree)) each(tree);
  for (const inner of Object.values(tree)) visit(inner, each);
}

/** All names that are read in a tree. */
export function namesIn(tree: unknown): Set<string> {
  const names = new Set<string>();
  visit(tree, (node) => {
    if (node.kind === "name") names.add(node.name);
  });
  return names;
}
