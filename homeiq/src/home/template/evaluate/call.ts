import {
  Callable,
  dictEntries,
  isDict,
  listOf,
  type Named,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure, type Run } from "../run.ts";
import type { Args, Expression } from "../syntax/syntax.ts";
import type { Compilation, Evaluate } from "./compilation.ts";
import type { Frame } from "./frame.ts";

/** Calls a value; throws TypeError of what cannot be called. */
export function callValue(
  run: Run,
  callee: unknown,
  args: readonly unknown[],
  named?: Named,
): unknown {
  if (callee instanceof Callable) return callee.call(run, args, named);
  if (callee instanceof Undefined) throw callee.failure();
  throw failure("TypeError", `'${typeName(callee)}' object is not callable`);
}

type Compile = (node: Expression, compilation: Compilation) => Evaluate;

interface CompiledArgs {
  readonly args: (frame: Frame, first?: unknown) => unknown[];
  readonly named: ((frame: Frame) => Map<string, unknown>) | undefined;
}

/** The arguments of a call, a filter or a test; `first` is put before them. */
export function compileArgs(node: Args, compilation: Compilation, compile: Compile): CompiledArgs {
  const args = node.args.map((one) => compile(one, compilation));
  const named = node.named.map(([name, one]) => [name, compile(one, compilation)] as const);
  const rest = node.rest && compile(node.rest, compilation);
  const restNamed = node.restNamed && compile(node.restNamed, compilation);
  return {
    args(frame, first) {
      const values: unknown[] = first === undefined ? [] : [first];
      for (const one of args) values.push(one(frame));
      if (rest !== undefined) values.push(...listOf(frame.run, rest(frame)));
      return values;
    },
    named:
      named.length === 0 && restNamed === undefined
        ? undefined
        : (frame) => {
            const values = new Map<string, unknown>();
            for (const [name, one] of named) values.set(name, one(frame));
            if (restNamed !== undefined) addAll(values, restNamed(frame));
            return values;
          },
  };
}

function addAll(values: Map<string, unknown>, more: unknown): void {
  if (!isDict(more)) throw failure("TypeError", "argument after ** must be a mapping");
  for (const [name, value] of dictEntries(more)) values.set(String(name), value);
}
