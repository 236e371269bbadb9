import { Callable, equals, NativeFunction, Tuple, Undefined } from "../python/python.ts";
import { failure, type Run } from "../run.ts";

const cycle = (index: number) =>
  new NativeFunction("cycle", "*values", (_, [values]) => {
    const list = values as unknown[];
    if (list.length === 0) throw failure("TypeError", "no items for cycling given");
    return list[index % list.length];
  });

/** `loop` within a `for`. */
export class Loop extends Callable {
  override readonly typeName = "LoopContext";
  readonly #items: readonly unknown[];
  readonly #depth: number;
  readonly #again: ((items: unknown) => string) | undefined;
  #last: unknown;
  index0 = 0;

  constructor(items: readonly unknown[], depth: number, again?: (items: unknown) => string) {
    super();
    this.#items = items;
    this.#depth = depth;
    this.#again = again;
  }

  get depth(): number {
    return this.#depth;
  }

  call(_run: Run, [items]: readonly unknown[]): string {
    if (this.#again !== undefined) return this.#again(items);
    const message = "The loop must have the 'recursive' marker to be called recursively.";
    throw failure("TypeError", message);
  }

  override length(): number {
    return this.#items.length;
  }

  override attribute(name: string): unknown {
    const { index0 } = this;
    const { length } = this.#items;
    switch (name) {
      case "index":
        return index0 + 1;
      case "index0":
        return index0;
      case "revindex":
        return length - index0;
      case "revindex0":
        return length - index0 - 1;
      case "first":
        return index0 === 0;
      case "last":
        return index0 === length - 1;
      case "length":
        return length;
      case "depth":
        return this.#depth + 1;
      case "depth0":
        return this.#depth;
      case "previtem":
        return this.#items[index0 - 1] ?? new Undefined("there is no previous item");
      case "nextitem":
        return this.#items[index0 + 1] ?? new Undefined("there is no next item");
      case "cycle":
        return cycle(index0);
      case "changed":
        return new NativeFunction("changed", "*values", (_, [values]) => this.#changed(values));
      default:
        return undefined;
    }
  }

  #changed(values: unknown): boolean {
    const now = new Tuple(values as unknown[]);
    const isSame = this.#last !== undefined && equals(this.#last, now);
    this.#last = now;
    return !isSame;
  }
}
