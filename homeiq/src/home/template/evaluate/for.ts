import { iterate, listOf, truthy } from "../python/python.ts";
import { step } from "../run.ts";
import type { Body, Statement } from "../syntax/syntax.ts";
import { compileAssign } from "./assign.ts";
import type { Compilation, Execute, Outcome } from "./compilation.ts";
import { compileExpression } from "./expression.ts";
import { assign, capture, type Frame, innerFrame } from "./frame.ts";
import { Loop } from "./loop.ts";
import { namesIn } from "./names-in.ts";

type For = Extract<Statement, { readonly kind: "for" }>;
type CompileBody = (body: Body, compilation: Compilation) => Execute;

/** A loop. Names that its body sets are gone at the next turn, as in Jinja2. */
export function compileFor(node: For, compilation: Compilation, compileBody: CompileBody): Execute {
  const of = compileExpression(node.of, compilation);
  const store = compileAssign(node.target);
  const test = node.test && compileExpression(node.test, compilation);
  const body = compileBody(node.body, compilation);
  const otherwise = compileBody(node.otherwise, compilation);
  const usesLoop = node.recursive || namesIn(node.body).has("loop");

  const passing = (frame: Frame, values: unknown): unknown[] => {
    if (test === undefined) return listOf(frame.run, values);
    return listOf(frame.run, values).filter((value) => {
      const inner = innerFrame(frame);
      store(inner, value);
      return truthy(test(inner));
    });
  };

  const turn = (frame: Frame, value: unknown, loop?: Loop): Outcome => {
    step(frame.run);
    const inner = innerFrame(frame);
    if (loop !== undefined) assign(inner, "loop", loop);
    store(inner, value);
    return body(inner);
  };

  const runWithLoop = (frame: Frame, values: unknown, depth: number): boolean => {
    const items = passing(frame, values);
    const again = (more: unknown) =>
      capture(frame.run, () => void runWithLoop(frame, more, depth + 1));
    const loop = new Loop(items, depth, node.recursive ? again : undefined);
    for (const [index, item] of items.entries()) {
      loop.index0 = index;
      if (turn(frame, item, loop) === "break") break;
    }
    return items.length > 0;
  };

  const runPlain = (frame: Frame, values: unknown): boolean => {
    let any = false;
    const items = test === undefined ? iterate(frame.run, values) : passing(frame, values);
    for (const item of items) {
      any = true;
      if (turn(frame, item) === "break") break;
    }
    return any;
  };

  return (frame) => {
    const values = of(frame);
    const any = usesLoop ? runWithLoop(frame, values, 0) : runPlain(frame, values);
    return any ? undefined : otherwise(innerFrame(frame));
  };
}
