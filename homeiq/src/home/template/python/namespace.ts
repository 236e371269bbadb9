import { PythonObject } from "./value.ts";

/** `namespace(…)`: what a loop can change for what comes after it. */
export class Namespace extends PythonObject {
  readonly typeName = "Namespace";
  readonly #values: Map<string, unknown>;
  constructor(values: Iterable<readonly [string, unknown]>) {
    super();
    this.#values = new Map(values);
  }
  set(name: string, value: unknown): void {
    this.#values.set(name, value);
  }
  override attribute(name: string): unknown {
    return this.#values.get(name);
  }
}
