import { assignedIn, visit } from "./evaluate/evaluate.ts";
import { library } from "./functions/functions.ts";
import type { Body, Compare, Expression } from "./syntax/syntax.ts";

/** Where a template reads what it is given: `trigger.to_state.state`. */
export interface VariableRead {
  readonly name: string;
  /** What is read of it, as far as the text says: `["to_state", "state"]`. */
  readonly path: readonly string[];
  readonly at: number;
  /** What has no value there ends the rendering with an error; else it prints nothing. */
  readonly fails: boolean;
  /** It is called: a function, not a value. */
  readonly called: boolean;
  /** How much of the path the template asks to be there before it reads on; 0: the name itself. */
  readonly asked: readonly number[];
  /** The texts that it is compared with, as equal or as one of a list. */
  readonly comparedWith: readonly ComparedText[];
}

export interface ComparedText {
  readonly text: string;
  readonly at: number;
}

interface Chain {
  readonly name: string;
  readonly path: readonly string[];
  readonly at: number;
}

/** What a template reads of its variables: of those that neither it nor Home Assistant's functions are. */
export function variableReadsIn(body: Body): VariableRead[] {
  const assigned = assignedIn(body);
  const isFree = ({ name }: Chain) => !assigned.has(name) && library.global(name) === undefined;
  const [inside, guarded] = [new Set<Expression>(), new Set<string>()];
  const [called, failing] = [new Set<Expression>(), new Set<Expression>()];
  const compared = new Map<Expression, ComparedText[]>();
  const found: Omit<VariableRead, "asked">[] = [];

  const guard = (node: Expression) => {
    const chain = chainOf(node);
    if (chain) guarded.add(keyOf(chain));
  };
  visit(body, (node) => {
    for (const asked of askedBy(node as Expression)) guard(asked);
    if (node.kind === "if") for (const { test } of node.branches) guard(test);
    if (node.kind === "call") called.add(node.callee);
    for (const operand of operandsOf(node as Expression)) failing.add(operand);
    if (node.kind === "compare") {
      for (const [operand, texts] of comparisonsIn(node)) {
        compared.set(operand, [...(compared.get(operand) ?? []), ...texts]);
      }
    }
    if (node.kind === "attribute" || node.kind === "item") inside.add(node.of);
    const isPart = node.kind === "name" || node.kind === "attribute" || node.kind === "item";
    if (!isPart || inside.has(node)) return;
    const chain = chainOf(node) ?? rootOf(node);
    if (!chain || !isFree(chain)) return;
    const isCalled = called.has(node);
    const comparedWith = compared.get(node) ?? [];
    found.push({ ...chain, called: isCalled, fails: isCalled || failing.has(node), comparedWith });
  });
  return found.map((read) => ({ ...read, asked: depthsOf(read, guarded) }));
}

const keyOf = ({ name, path }: Pick<Chain, "name" | "path">) => [name, ...path].join(".");

function depthsOf(
  { name, path }: Pick<Chain, "name" | "path">,
  asked: ReadonlySet<string>,
): number[] {
  const depths = Array.from({ length: path.length + 1 }, (_, depth) => depth);
  return depths.filter((depth) => asked.has(keyOf({ name, path: path.slice(0, depth) })));
}

/** What an expression only asks to be there, or true. */
function askedBy(node: Expression): readonly Expression[] {
  if (node.kind === "test") return ["defined", "undefined"].includes(node.name) ? [node.of] : [];
  if (node.kind === "filter") {
    return node.of && ["default", "d"].includes(node.name) ? [node.of] : [];
  }
  if (node.kind === "conditional") return [node.test];
  if (node.kind === "unary" && node.operator === "not") return [node.operand];
  const joins = node.kind === "binary" && (node.operator === "and" || node.operator === "or");
  return joins ? [node.left, node.right] : [];
}

/** What cannot be computed with when it has no value. */
function operandsOf(node: Expression): readonly Expression[] {
  if (node.kind === "unary" && node.operator !== "not") return [node.operand];
  if (node.kind === "filter" && ["int", "float"].includes(node.name)) {
    const hasDefault = node.args.length > 0 || node.named.length > 0;
    return node.of && !hasDefault ? [node.of] : [];
  }
  if (node.kind === "binary" && node.operator !== "and" && node.operator !== "or") {
    return [node.left, node.right];
  }
  if (node.kind !== "compare" || node.operations.some(([operator]) => !/[<>]/.test(operator))) {
    return [];
  }
  return [node.first, ...node.operations.map(([, operand]) => operand)];
}

/** What is compared with texts that are written out, and with which. */
function comparisonsIn({ first, operations }: Compare): [Expression, readonly ComparedText[]][] {
  const operands = [first, ...operations.map(([, operand]) => operand)];
  return operations.flatMap(([operator, right], index): [Expression, readonly ComparedText[]][] => {
    const left = operands[index] ?? first;
    if (operator === "==" || operator === "!=") {
      return [
        [left, textsOf(right)],
        [right, textsOf(left)],
      ];
    }
    const isList = right.kind === "list" || right.kind === "tuple";
    return isList && operator.endsWith("in") ? [[left, right.items.flatMap(textsOf)]] : [];
  });
}

const textsOf = (node: Expression): ComparedText[] =>
  node.kind === "literal" && typeof node.value === "string"
    ? [{ text: node.value, at: node.at }]
    : [];

/** `a.b['c']` whole; `undefined` when a part of it is computed. */
function chainOf(node: Expression): Chain | undefined {
  if (node.kind === "name") return { name: node.name, path: [], at: node.at };
  if (node.kind !== "attribute" && node.kind !== "item") return undefined;
  const before = chainOf(node.of);
  const own = node.kind === "attribute" ? node.name : keyIn(node.key);
  return before && own !== undefined ? { ...before, path: [...before.path, own] } : undefined;
}

const keyIn = (key: { readonly kind: string }): string | undefined =>
  key.kind === "literal" && "value" in key && typeof key.value === "string" ? key.value : undefined;

/** As far as it is written out. */
function rootOf(node: Expression): Chain | undefined {
  if (node.kind !== "attribute" && node.kind !== "item") return chainOf(node);
  return chainOf(node) ?? rootOf(node.of);
}
