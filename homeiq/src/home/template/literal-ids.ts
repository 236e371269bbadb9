import { visit } from "./evaluate/evaluate.ts";
import { LOOK_UPS } from "./look-ups.ts";
import type { Body, Expression, Literal, Target } from "./syntax/syntax.ts";

/** A quoted text. */
export type TextLiteral = Literal & { readonly value: string };

/** The quoted texts that an expression can be, when the template says all of them; `undefined` when it does not. */
export type LiteralIds = (node: Expression) => readonly TextLiteral[] | undefined;

export const isText = (node: Expression): node is TextLiteral =>
  node.kind === "literal" && typeof node.value === "string";

/**
 * Follows names to what the template gives them: `{% set lights = ['light.a'] %}{% for light in lights %}` makes
 * `light` to be `light.a`.
 */
export function literalIdsIn(body: Body): LiteralIds {
  const given = valuesOfNames(body);
  const following = new Set<string>();

  function ofName(name: string): readonly TextLiteral[] | undefined {
    const values = given.get(name);
    if (values === undefined || following.has(name)) return undefined;
    following.add(name);
    const ids = allOf(values.map((value) => (value === "unknown" ? undefined : idsOf(value))));
    following.delete(name);
    return ids;
  }

  function idsOf(node: Expression): readonly TextLiteral[] | undefined {
    if (isText(node)) return [node];
    if (node.kind === "literal") return [];
    if (node.kind === "list" || node.kind === "tuple") return allOf(node.items.map(idsOf));
    if (node.kind === "filter" && node.of !== undefined && !CHANGING.has(node.name)) {
      return idsOf(node.of);
    }
    if (node.kind === "conditional" && node.no !== undefined) {
      return allOf([idsOf(node.yes), idsOf(node.no)]);
    }
    return node.kind === "name" ? ofName(node.name) : undefined;
  }
  return idsOf;
}

/** Filters whose result holds other texts than what they are given. */
const CHANGING = new Set([
  ...["replace", "regex_replace", "regex_findall", "regex_findall_index", "format", "map", "join"],
  ...["default", "d", "combine", "union", "iif"],
  ...LOOK_UPS.keys(),
]);

function allOf(
  some: readonly (readonly TextLiteral[] | undefined)[],
): readonly TextLiteral[] | undefined {
  return some.includes(undefined) ? undefined : some.flatMap((ids) => ids ?? []);
}

type Given = Expression | "unknown";

function valuesOfNames(body: Body): Map<string, Given[]> {
  const given = new Map<string, Given[]>();
  const add = (name: string, value: Given) => {
    given.set(name, [...(given.get(name) ?? []), value]);
  };
  const assign = (target: Target, value: Given) => {
    if (target.kind === "name") add(target.name, value);
    if (target.kind === "targets") for (const one of target.targets) assign(one, "unknown");
  };
  visit(body, (node) => {
    if (node.kind === "set") assign(node.target, node.value);
    if (node.kind === "set block") assign(node.target, "unknown");
    if (node.kind === "for") assign(node.target, node.of);
    if (node.kind === "with") for (const [target, value] of node.values) assign(target, value);
    if (node.kind === "macro" || node.kind === "call block") {
      for (const name of node.signature.names) add(name, "unknown");
    }
    if (node.kind === "import") for (const name of node.names) add(name, "unknown");
  });
  return given;
}
