import { type Definitions, toText } from "../python/python.ts";
import { failure, isFailure, type Run } from "../run.ts";

/** Functions that belong together, by what they can be used as. */
export interface Family {
  readonly globals?: Definitions;
  readonly filters?: Definitions;
  readonly tests?: Definitions;
  /** Globals and filters alike. */
  readonly both?: Definitions;
}

/** Home Assistant's error of a function that was given what it cannot use, and no default. */
export function noDefault(run: Run, name: string, value: unknown): Error {
  const message =
    `Template error: ${name} got invalid input '${toText(value)}' when rendering template` +
    ` '${run.template}' but no default was specified`;
  return failure("ValueError", message);
}

/** The result, or the default when it fails as a wrong value does; without a default, Home Assistant's error. */
export function orDefault(
  run: Run,
  name: string,
  { value, otherwise }: { readonly value: unknown; readonly otherwise: unknown },
  compute: () => unknown,
): unknown {
  try {
    return compute();
  } catch (error) {
    if (!isFailure(error, "ValueError", "TypeError", "OverflowError", "ZeroDivisionError"))
      throw error;
    if (otherwise === undefined) throw noDefault(run, name, value);
    return otherwise;
  }
}
