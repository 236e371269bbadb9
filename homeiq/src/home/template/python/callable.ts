import { failure, type Run } from "../run.ts";
import { Dict } from "./collection.ts";
import { Callable, type Named } from "./value.ts";

/** What a function does. What was not given is `undefined`. */
export type FunctionBody = (run: Run, args: readonly unknown[]) => unknown;

interface Parameters {
  readonly names: readonly string[];
  /** How many of them must be given. */
  readonly required: number;
  readonly rest: boolean;
  readonly restNamed: boolean;
}

/**
 * A function of ours. Its parameters are written `"value default? *rest"`: `?` may be left out; `*rest` takes all
 * others as one list, `**named` all others by name as one dict.
 */
export class NativeFunction extends Callable {
  readonly name: string;
  readonly #parameters: Parameters;
  readonly #body: FunctionBody;

  constructor(name: string, parameters: string, body: FunctionBody) {
    super();
    this.name = name;
    this.#parameters = readParameters(parameters);
    this.#body = body;
  }

  override repr(): string {
    return `<function ${this.name}>`;
  }

  call(run: Run, args: readonly unknown[], named?: Named): unknown {
    const { names, required, rest, restNamed } = this.#parameters;
    const isPlain = named === undefined && !rest && !restNamed;
    if (isPlain && args.length >= required && args.length <= names.length) {
      return this.#body(run, args);
    }
    return this.#body(run, this.#bind(args, named));
  }

  #bind(args: readonly unknown[], named: Named | undefined): unknown[] {
    const { names, required, rest, restNamed } = this.#parameters;
    if (args.length > names.length && !rest) {
      const most = names.length === 1 ? "1 argument" : `${names.length} arguments`;
      throw failure("TypeError", `${this.name}() takes at most ${most} (${args.length} given)`);
    }
    const bound: unknown[] = names.map((_, index) => args[index]);
    const others = new Dict();
    for (const [name, value] of named ?? []) {
      const index = names.indexOf(name);
      if (index < 0 && !restNamed) {
        throw failure("TypeError", `${this.name}() got an unexpected keyword argument '${name}'`);
      }
      if (index >= 0 && bound[index] !== undefined) {
        throw failure("TypeError", `${this.name}() got multiple values for argument '${name}'`);
      }
      if (index < 0) others.set(name, value);
      else bound[index] = value;
    }
    const missing = names.findIndex((_, index) => index < required && bound[index] === undefined);
    if (missing >= 0) {
      const message = `${this.name}() missing 1 required positional argument: '${names[missing]}'`;
      throw failure("TypeError", message);
    }
    if (rest) bound.push(args.slice(names.length));
    if (restNamed) bound.push(others);
    return bound;
  }
}

function readParameters(text: string): Parameters {
  const words = text.split(" ").filter((word) => word !== "");
  const plain = words.filter((word) => !word.startsWith("*"));
  return {
    names: plain.map((word) => word.replace("?", "")),
    required: plain.filter((word) => !word.endsWith("?")).length,
    rest: words.some((word) => word.startsWith("*") && !word.startsWith("**")),
    restNamed: words.some((word) => word.startsWith("**")),
  };
}

/** A function together with the value that it is a method of. */
export class BoundMethod extends Callable {
  override readonly typeName = "builtin_function_or_method";
  readonly #self: unknown;
  readonly #method: Callable;
  constructor(self: unknown, method: Callable) {
    super();
    this.#self = self;
    this.#method = method;
  }
  call(run: Run, args: readonly unknown[], named?: Named): unknown {
    return this.#method.call(run, [this.#self, ...args], named);
  }
}

/** Functions by name, from `name: [parameters, body]`. */
export type Definitions = Readonly<Record<string, readonly [string, FunctionBody]>>;

export function functionsOf(definitions: Definitions): Map<string, NativeFunction> {
  return new Map(
    Object.entries(definitions).map(([name, [parameters, body]]) => [
      name,
      new NativeFunction(name, parameters, body),
    ]),
  );
}
