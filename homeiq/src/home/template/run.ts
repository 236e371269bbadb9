import { AppError } from "#foundation/errors.ts";
import type { TemplateWorld } from "./world.ts";

/** A function, filter or test by its name; `undefined` when there is none of that name. */
export interface Library<T = unknown> {
  global(name: string): unknown;
  filter(name: string): T | undefined;
  test(name: string): T | undefined;
}

/** One rendering of one template. */
export interface Run {
  readonly template: string;
  readonly world: TemplateWorld;
  readonly library: Library;
  readonly variables: Readonly<Record<string, unknown>>;
  /** What has been printed so far. */
  out: string;
  /** Turns of all loops so far. */
  steps: number;
}

const MOST_STEPS = 100_000;
const MOST_CHARACTERS = 262_144; // Home Assistant's MAX_TEMPLATE_OUTPUT

/** A turn of a loop, so that no template runs for ever. */
export function step(run: Run): void {
  if (++run.steps > MOST_STEPS) {
    throw failure("OverflowError", `more than ${MOST_STEPS} steps in one template`);
  }
  if (run.out.length > MOST_CHARACTERS) throw tooLong();
}

/** The error of a text that is longer than Home Assistant allows a template's result to be. */
export function tooLong(): AppError {
  return failure(
    "TemplateError",
    `Template output exceeded maximum size of ${MOST_CHARACTERS} characters`,
  );
}

/** Throws when a text of this length may not be made. */
export function checkLength(length: number): void {
  if (length > MOST_CHARACTERS) throw tooLong();
}

/** What Python would raise: `type` is the name of its exception. */
export function failure(type: string, message: string): AppError {
  return new AppError("invalid", "template.failed", `${type}: ${message}`, { facts: { type } });
}

/** Is it one of these exceptions of Python? */
export function isFailure(error: unknown, ...types: readonly string[]): boolean {
  return (
    error instanceof AppError &&
    error.code === "template.failed" &&
    types.includes(String(error.facts.type))
  );
}

/** What Home Assistant can do and we cannot say for a moment of the past. */
export function notSupported(name: string): AppError {
  return new AppError(
    "invalid",
    "template.not_supported",
    `${name} cannot be evaluated for another moment`,
    { facts: { name } },
  );
}
