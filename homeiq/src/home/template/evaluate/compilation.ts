import type { Callable } from "../python/python.ts";
import type { Library } from "../run.ts";
import type { Frame } from "./frame.ts";

/** Computes the value of an expression. */
export type Evaluate = (frame: Frame) => unknown;

/** What a statement left behind: it went through, or a loop is to be left or continued. */
export type Outcome = undefined | "break" | "continue";
/** Does what a statement says. */
export type Execute = (frame: Frame) => Outcome;

/** What is known while a template is compiled. */
export interface Compilation {
  readonly library: Library<Callable>;
  /** All names that the template itself gives a value anywhere; the others come from outside. */
  readonly assigned: ReadonlySet<string>;
}
