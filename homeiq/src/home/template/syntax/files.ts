import type { Expression, Statement } from "./node.ts";
import type { Grammar } from "./primary.ts";
import { parseTargetName } from "./target.ts";

type FileKind = "import" | "include" | "extends";

const fileOf = (kind: FileKind, file: Expression, at: number, names: readonly string[] = []) =>
  ({ kind, file, names, at }) as const;

function skipContext(grammar: Grammar): boolean {
  if (!grammar.is("name:with", "name:without")) return false;
  const { type, value } = grammar.look();
  if (type !== "name" || value !== "context") return false;
  grammar.next();
  grammar.next();
  return true;
}

/** `{% include … %}` */
export function parseInclude(grammar: Grammar, at: number): Statement {
  const file = grammar.expression();
  if (grammar.is("name:ignore") && grammar.look().value === "missing") {
    grammar.next();
    grammar.next();
  }
  skipContext(grammar);
  return fileOf("include", file, at);
}

/** `{% import … as … %}` */
export function parseImport(grammar: Grammar, at: number): Statement {
  const file = grammar.expression();
  grammar.expect("name:as");
  const name = parseTargetName(grammar);
  skipContext(grammar);
  return fileOf("import", file, at, [name]);
}

/** `{% from … import … %}` */
export function parseFrom(grammar: Grammar, at: number): Statement {
  const file = grammar.expression();
  grammar.expect("name:import");
  const names: string[] = [];
  for (;;) {
    if (names.length > 0) grammar.expect(",");
    if (skipContext(grammar)) break;
    const name = parseTargetName(grammar);
    if (name.startsWith("_")) {
      throw grammar.fail("names starting with an underline can not be imported");
    }
    names.push(grammar.skipIf("name:as") ? parseTargetName(grammar) : name);
    if (skipContext(grammar) || !grammar.is(",")) break;
  }
  return fileOf("import", file, at, names);
}

/** `{% extends … %}` */
export function parseExtends(grammar: Grammar, at: number): Statement {
  return fileOf("extends", grammar.expression(), at);
}
