import type { Callable } from "../python/python.ts";
import type { Library, Run } from "../run.ts";
import type { Body } from "../syntax/syntax.ts";
import type { Compilation } from "./compilation.ts";
import { visit } from "./names-in.ts";
import { compileBody } from "./statement.ts";

export { type AnyNode, visit } from "./names-in.ts";

/** A template as a function that prints it into `run.out`. */
export function compile(body: Body, library: Library<Callable>): (run: Run) => void {
  const compilation: Compilation = { library, assigned: assignedIn(body) };
  const execute = compileBody(body, compilation);
  return (run) => void execute({ run, parent: undefined, names: undefined });
}

/** All names that a template gives a value itself, and those of `for` and macros. */
export function assignedIn(body: Body): Set<string> {
  const names = new Set(["loop", "caller", "varargs", "kwargs"]);
  const add = (target: unknown) =>
    visit(target, (node) => {
      if (node.kind === "name") names.add(node.name);
    });
  visit(body, (node) => {
    if (node.kind === "set" || node.kind === "set block" || node.kind === "for") add(node.target);
    if (node.kind === "with") for (const [target] of node.values) add(target);
    if (node.kind === "macro") names.add(node.name);
    if (node.kind === "macro" || node.kind === "call block") {
      for (const name of node.signature.names) names.add(name);
    }
    if (node.kind === "import") for (const name of node.names) names.add(name);
  });
  return names;
}
