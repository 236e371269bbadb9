import type { Target } from "./node.ts";
import type { Grammar } from "./primary.ts";
import { describe } from "./token-stream.ts";

const CONSTANTS = new Set(["true", "false", "none", "True", "False", "None"]);

/** A name that is made known: of a macro, of an argument. */
export function parseTargetName(grammar: Grammar): string {
  const { value, at } = grammar.expect("name");
  if (CONSTANTS.has(value)) throw grammar.fail("can't assign to 'name'", at);
  return value;
}

interface TargetOptions {
  /** `ns.attribute` may be one. */
  readonly namespaced?: boolean;
}

/** What a value is assigned to: `a`, `a, b`, `(a, (b, c))`, `ns.a`. */
export function parseTarget(grammar: Grammar, options: TargetOptions = {}): Target {
  const { at } = grammar.current();
  const targets: Target[] = [];
  const atEnd = () => grammar.is("variable_end", "block_end", ")");
  let isTuple = false;
  for (;;) {
    if (targets.length > 0) grammar.expect(",");
    if (atEnd()) break;
    targets.push(parseOne(grammar, options));
    if (!grammar.is(",")) break;
    isTuple = true;
  }
  const [only] = targets;
  if (!isTuple && only !== undefined) return only;
  if (isTuple) return { kind: "targets", targets, at };
  const { type, value } = grammar.current();
  throw grammar.fail(`Expected an expression, got '${describe(type, value)}'`);
}

function parseOne(grammar: Grammar, options: TargetOptions): Target {
  const { type, value, at } = grammar.current();
  if (type === "(") {
    grammar.next();
    const { namespaced = false } = options;
    const inside = parseTarget(grammar, { namespaced });
    grammar.expect(")");
    return inside;
  }
  if (type !== "name") {
    const isLiteral = grammar.is("string", "integer", "float");
    const message = isLiteral ? "can't assign to 'const'" : `unexpected '${describe(type, value)}'`;
    throw grammar.fail(message, at);
  }
  grammar.next();
  if (CONSTANTS.has(value)) throw grammar.fail("can't assign to 'const'", at);
  if (options.namespaced !== true || !grammar.skipIf(".")) return { kind: "name", name: value, at };
  return { kind: "namespaced", name: value, attribute: grammar.expect("name").value, at };
}
