import { toText, truthy } from "../python/python.ts";
import { notSupported } from "../run.ts";
import type { Body, Expression, Statement } from "../syntax/syntax.ts";
import { compileAssign } from "./assign.ts";
import { callValue, compileArgs } from "./call.ts";
import type { Compilation, Execute } from "./compilation.ts";
import { compileExpression, compileFilter } from "./expression.ts";
import { compileFor } from "./for.ts";
import { assign, capture, type Frame, innerFrame } from "./frame.ts";
import { Macro, macroShape } from "./macro.ts";

/** Runs the statements of a body one after the other. */
export function compileBody(body: Body, compilation: Compilation): Execute {
  const statements = body.map((statement) => compileStatement(statement, compilation));
  const [only] = statements;
  if (statements.length === 1 && only !== undefined) return only;
  return (frame) => {
    for (const statement of statements) {
      const outcome = statement(frame);
      if (outcome !== undefined) return outcome;
    }
    return undefined;
  };
}

type Of<Kind extends Statement["kind"]> = Extract<Statement, { readonly kind: Kind }>;

function compileStatement(node: Statement, compilation: Compilation): Execute {
  const compile = (one: Expression) => compileExpression(one, compilation);
  switch (node.kind) {
    case "text": {
      const { text } = node;
      return ({ run }) => {
        run.out += text;
        return undefined;
      };
    }
    case "print": {
      const value = compile(node.value);
      return (frame) => {
        const text = toText(value(frame));
        frame.run.out += text;
        return undefined;
      };
    }
    case "set": {
      const store = compileAssign(node.target);
      const value = compile(node.value);
      return (frame) => {
        store(frame, value(frame));
        return undefined;
      };
    }
    case "set block":
      return compileSetBlock(node, compilation);
    case "for":
      return compileFor(node, compilation, compileBody);
    case "if":
      return compileIf(node, compilation);
    case "with":
      return compileWith(node, compilation);
    case "macro":
      return compileMacro(node, compilation);
    case "call block":
      return compileCallBlock(node, compilation);
    case "filter block": {
      const value = compileFilter(
        node.filter,
        compilation,
        compileCaptured(node.body, compilation),
      );
      return (frame) => {
        const text = toText(value(frame));
        frame.run.out += text;
        return undefined;
      };
    }
    case "do": {
      const value = compile(node.value);
      return (frame) => {
        value(frame);
        return undefined;
      };
    }
    case "break":
    case "continue": {
      const { kind } = node;
      return () => kind;
    }
    case "block": {
      const body = compileBody(node.body, compilation);
      return (frame) => body(innerFrame(frame));
    }
    case "import":
    case "include":
    case "extends": {
      const { kind } = node;
      return () => {
        throw notSupported(kind);
      };
    }
  }
}

function compileCaptured(body: Body, compilation: Compilation) {
  const execute = compileBody(body, compilation);
  return (frame: Frame): string => {
    const inner = innerFrame(frame);
    return capture(frame.run, () => void execute(inner));
  };
}

function compileSetBlock(node: Of<"set block">, compilation: Compilation): Execute {
  const store = compileAssign(node.target);
  const body = compileCaptured(node.body, compilation);
  const value = node.filter ? compileFilter(node.filter, compilation, body) : body;
  return (frame) => {
    store(frame, value(frame));
    return undefined;
  };
}

function compileIf(node: Of<"if">, compilation: Compilation): Execute {
  const branches = node.branches.map(({ test, body }) => ({
    test: compileExpression(test, compilation),
    body: compileBody(body, compilation),
  }));
  const otherwise = compileBody(node.otherwise, compilation);
  return (frame) => {
    for (const { test, body } of branches) if (truthy(test(frame))) return body(frame);
    return otherwise(frame);
  };
}

function compileWith(node: Of<"with">, compilation: Compilation): Execute {
  const values = node.values.map(([target, value]) => {
    return [compileAssign(target), compileExpression(value, compilation)] as const;
  });
  const body = compileBody(node.body, compilation);
  return (frame) => {
    const inner = innerFrame(frame);
    for (const [store, value] of values) store(inner, value(frame));
    return body(inner);
  };
}

function compileMacro(node: Of<"macro">, compilation: Compilation): Execute {
  const shape = macroShape(node.name, node.signature, node.body, {
    defaults: node.signature.defaults.map((one) => compileExpression(one, compilation)),
    body: compileBody(node.body, compilation),
  });
  return (frame) => {
    assign(frame, node.name, new Macro(shape, frame));
    return undefined;
  };
}

function compileCallBlock(node: Of<"call block">, compilation: Compilation): Execute {
  const shape = macroShape("caller", node.signature, node.body, {
    defaults: node.signature.defaults.map((one) => compileExpression(one, compilation)),
    body: compileBody(node.body, compilation),
  });
  const callee = compileExpression(node.call.callee, compilation);
  const { args, named } = compileArgs(node.call, compilation, compileExpression);
  return (frame) => {
    const given = new Map(named?.(frame));
    given.set("caller", new Macro(shape, frame));
    const text = toText(callValue(frame.run, callee(frame), args(frame), given));
    frame.run.out += text;
    return undefined;
  };
}
