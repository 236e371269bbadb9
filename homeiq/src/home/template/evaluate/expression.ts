import {
  calculate,
  compares,
  contains,
  Dict,
  equals,
  getAttribute,
  getItem,
  sign,
  sliceOf,
  Tuple,
  toFloat,
  toText,
  truthy,
  Undefined,
} from "../python/python.ts";
import { failure } from "../run.ts";
import type {
  Binary,
  Call,
  Compare,
  Comparison,
  Conditional,
  Expression,
  Filter,
  Item,
  Test,
} from "../syntax/syntax.ts";
import { callValue, compileArgs } from "./call.ts";
import type { Compilation, Evaluate } from "./compilation.ts";
import { type Frame, findName } from "./frame.ts";
import { fromOutside } from "./from-outside.ts";

/** A function that computes the expression, made once and run often. */
export function compileExpression(node: Expression, compilation: Compilation): Evaluate {
  const compile = (one: Expression) => compileExpression(one, compilation);
  switch (node.kind) {
    case "number":
      return constant(node.float ? toFloat(node.value) : node.value);
    case "literal":
      return constant(node.value);
    case "name":
      return compileName(node.name, compilation);
    case "list": {
      const items = node.items.map(compile);
      return (frame) => items.map((item) => item(frame));
    }
    case "tuple": {
      const items = node.items.map(compile);
      return (frame) => new Tuple(items.map((item) => item(frame)));
    }
    case "dict": {
      const pairs = node.pairs.map(([key, value]) => [compile(key), compile(value)] as const);
      return (frame) => new Dict(pairs.map(([key, value]) => [key(frame), value(frame)]));
    }
    case "unary": {
      const { operator } = node;
      const operand = compile(node.operand);
      if (operator === "not") return (frame) => !truthy(operand(frame));
      return (frame) => sign(operator, operand(frame));
    }
    case "binary":
      return compileBinary(node, compile);
    case "compare":
      return compileCompare(node, compile);
    case "concat": {
      const parts = node.parts.map(compile);
      return (frame) => {
        let text = "";
        for (const part of parts) text += toText(part(frame));
        return text;
      };
    }
    case "conditional":
      return compileConditional(node, compile);
    case "attribute": {
      const of = compile(node.of);
      const { name } = node;
      return (frame) => fromOutside(frame.run, getAttribute(frame.run, of(frame), name));
    }
    case "item":
      return compileItem(node, compile);
    case "call":
      return compileCall(node, compilation);
    case "filter":
      return compileFilter(node, compilation);
    case "test":
      return compileTest(node, compilation);
  }
}

const constant =
  (value: unknown): Evaluate =>
  () =>
    value;

function compileName(name: string, { library, assigned }: Compilation): Evaluate {
  const builtin = library.global(name) ?? new Undefined(`'${name}' is undefined`);
  const fromContext = ({ run }: Frame): unknown => {
    const { variables } = run;
    if (!Object.hasOwn(variables, name)) return builtin;
    const value = variables[name];
    return value === undefined ? builtin : fromOutside(run, value);
  };
  if (!assigned.has(name)) return fromContext;
  return (frame) => {
    const value = findName(frame, name);
    return value === undefined ? fromContext(frame) : value;
  };
}

type Compile = (node: Expression) => Evaluate;

function compileBinary(node: Binary, compile: Compile): Evaluate {
  const { operator } = node;
  const [left, right] = [compile(node.left), compile(node.right)];
  if (operator === "and") {
    return (frame) => {
      const value = left(frame);
      return truthy(value) ? right(frame) : value;
    };
  }
  if (operator === "or") {
    return (frame) => {
      const value = left(frame);
      return truthy(value) ? value : right(frame);
    };
  }
  return (frame) => calculate(operator, left(frame), right(frame));
}

function compare(frame: Frame, operator: Comparison, one: unknown, other: unknown): boolean {
  if (operator === "==") return equals(one, other);
  if (operator === "!=") return !equals(one, other);
  if (operator === "in") return contains(frame.run, other, one);
  if (operator === "not in") return !contains(frame.run, other, one);
  return compares(operator, one, other);
}

function compileCompare(node: Compare, compile: Compile): Evaluate {
  const first = compile(node.first);
  const operations = node.operations.map(([operator, one]) => [operator, compile(one)] as const);
  const [only] = operations;
  if (operations.length === 1 && only !== undefined) {
    const [operator, operand] = only;
    return (frame) => compare(frame, operator, first(frame), operand(frame));
  }
  return (frame) => {
    let left = first(frame);
    for (const [operator, operand] of operations) {
      const right = operand(frame);
      if (!compare(frame, operator, left, right)) return false;
      left = right;
    }
    return true;
  };
}

function compileConditional(node: Conditional, compile: Compile): Evaluate {
  const [test, yes] = [compile(node.test), compile(node.yes)];
  const message =
    "the inline if-expression on line 1 evaluated to false and no else section was defined.";
  const no = node.no ? compile(node.no) : constant(new Undefined(message));
  return (frame) => (truthy(test(frame)) ? yes(frame) : no(frame));
}

function compileItem(node: Item, compile: Compile): Evaluate {
  const of = compile(node.of);
  const { key } = node;
  if (key.kind === "slice") {
    const [start, stop, step] = [key.start, key.stop, key.step].map((one) => one && compile(one));
    return (frame) =>
      sliceOf(frame.run, of(frame), {
        start: start?.(frame),
        stop: stop?.(frame),
        step: step?.(frame),
      });
  }
  const compiled = compile(key);
  return (frame) => fromOutside(frame.run, getItem(frame.run, of(frame), compiled(frame)));
}

function compileCall(node: Call, compilation: Compilation): Evaluate {
  const callee = compileExpression(node.callee, compilation);
  const { args, named } = compileArgs(node, compilation, compileExpression);
  return (frame) => {
    const called = callee(frame);
    return callValue(frame.run, called, args(frame), named?.(frame));
  };
}

/** A filter's value; `input` stands for what is before the `|` when the filter is that of a block. */
export function compileFilter(node: Filter, compilation: Compilation, input?: Evaluate): Evaluate {
  const { name, of } = node;
  const { args, named } = compileArgs(node, compilation, compileExpression);
  const filter = compilation.library.filter(name);
  const value = compileInput(of, compilation, input);
  if (filter === undefined) {
    return () => {
      throw failure("TemplateRuntimeError", `No filter named '${name}' found.`);
    };
  }
  return (frame) => {
    const given = value(frame);
    return filter.call(frame.run, args(frame, given), named?.(frame));
  };
}

function compileInput(
  of: Expression | undefined,
  compilation: Compilation,
  input?: Evaluate,
): Evaluate {
  if (of === undefined) return input ?? constant("");
  const isChain = of.kind === "filter" && input !== undefined;
  return isChain ? compileFilter(of, compilation, input) : compileExpression(of, compilation);
}

function compileTest(node: Test, compilation: Compilation): Evaluate {
  const { name } = node;
  const of = compileExpression(node.of, compilation);
  if (name === "defined" && node.args.length === 0)
    return (frame) => !(of(frame) instanceof Undefined);
  const { args, named } = compileArgs(node, compilation, compileExpression);
  const test = compilation.library.test(name);
  if (test === undefined) {
    return () => {
      throw failure("TemplateRuntimeError", `No test named '${name}' found.`);
    };
  }
  return (frame) => {
    const given = of(frame);
    return truthy(test.call(frame.run, args(frame, given), named?.(frame)));
  };
}
