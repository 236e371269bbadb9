export const ERROR_KINDS = [
  "invalid",
  "forbidden",
  "not_found",
  "conflict",
  "unconfigured",
  "unavailable",
  "internal",
] as const;

/** What went wrong, in the one way that decides what happens next. */
export type ErrorKind = (typeof ERROR_KINDS)[number];

interface Details {
  /** Shown to the caller and the log, except for `internal`. Never holds a secret. */
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/**
 * The only error class of the program.
 *
 * `kind` decides the HTTP status, the retry and the log level; `code` is `<capability>.<what>`, stable,
 * asserted by tests and translated by the UI. The message is for people who read the log.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly kind: ErrorKind;
  readonly code: string;
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(kind: ErrorKind, code: string, message: string, { facts = {}, cause }: Details = {}) {
    super(message, cause === undefined ? undefined : { cause });
    this.kind = kind;
    this.code = code;
    this.facts = facts;
  }
}

/** Anything thrown, as an `AppError`; what is not ours is `internal`. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new AppError("internal", "foundation.unexpected", message, { cause: thrown });
}
