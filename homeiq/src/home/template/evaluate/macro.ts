import { Callable, Dict, type Named, Tuple, Undefined } from "../python/python.ts";
import { failure, type Run } from "../run.ts";
import type { Body, Signature } from "../syntax/syntax.ts";
import type { Evaluate, Execute } from "./compilation.ts";
import { assign, capture, type Frame, innerFrame } from "./frame.ts";
import { namesIn } from "./names-in.ts";

/** How a macro is called and what it does; the frame is the one it was defined in. */
export interface MacroShape {
  readonly name: string;
  readonly names: readonly string[];
  /** Of the last names. */
  readonly defaults: readonly Evaluate[];
  readonly body: Execute;
  readonly takesRest: boolean;
  readonly takesNamed: boolean;
  readonly takesCaller: boolean;
}

export function macroShape(
  name: string,
  { names }: Signature,
  body: Body,
  compiled: { readonly defaults: readonly Evaluate[]; readonly body: Execute },
): MacroShape {
  const used = namesIn(body);
  return {
    name,
    names,
    ...compiled,
    takesRest: used.has("varargs"),
    takesNamed: used.has("kwargs"),
    takesCaller: used.has("caller") && !names.includes("caller"),
  };
}

/** A macro, or the body of a call block: what it answers is the text that it prints. */
export class Macro extends Callable {
  override readonly typeName = "Macro";
  readonly #shape: MacroShape;
  readonly #frame: Frame;

  constructor(shape: MacroShape, frame: Frame) {
    super();
    this.#shape = shape;
    this.#frame = frame;
  }

  override repr(): string {
    return `<Macro '${this.#shape.name}'>`;
  }

  override attribute(name: string): unknown {
    if (name === "name") return this.#shape.name;
    return name === "arguments" ? new Tuple(this.#shape.names) : undefined;
  }

  call(run: Run, args: readonly unknown[], named?: Named): string {
    const frame = innerFrame(this.#frame);
    this.#bind(frame, args, named ?? new Map());
    return capture(run, () => void this.#shape.body(frame));
  }

  #bind(frame: Frame, args: readonly unknown[], named: Named): void {
    const { name, names, takesRest, takesNamed, takesCaller } = this.#shape;
    if (args.length > names.length && !takesRest) {
      const message = `macro '${name}' takes not more than ${names.length} argument(s)`;
      throw failure("TypeError", message);
    }
    const others = new Dict();
    for (const [key, value] of named) {
      if (names.includes(key) || (takesCaller && key === "caller")) continue;
      if (!takesNamed) {
        throw failure("TypeError", `macro '${name}' takes no keyword argument '${key}'`);
      }
      others.set(key, value);
    }
    for (const [index, argument] of names.entries()) {
      const given = args[index] ?? (index < args.length ? null : named.get(argument));
      assign(frame, argument, given === undefined ? this.#default(frame, index) : given);
    }
    if (takesRest) assign(frame, "varargs", new Tuple(args.slice(names.length)));
    if (takesNamed) assign(frame, "kwargs", others);
    if (takesCaller) {
      assign(frame, "caller", named.get("caller") ?? new Undefined("No caller defined"));
    }
  }

  #default(frame: Frame, index: number): unknown {
    const { names, defaults } = this.#shape;
    const evaluate = defaults[index - (names.length - defaults.length)];
    if (evaluate !== undefined) return evaluate(frame);
    return new Undefined(`parameter '${names[index]}' was not provided`);
  }
}
