import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { z } from "zod";
import { AppError, type ErrorKind, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";

export const STATUS: Readonly<Record<ErrorKind, ContentfulStatusCode>> = {
  invalid: 400,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  unconfigured: 424,
  unavailable: 503,
  internal: 500,
};

/** The body of every answer that is not a success. */
export const ErrorAnswer = z.object({
  error: z.object({
    code: z.string(),
    message: z.string(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
});

/** A thrown thing as an HTTP answer. What is our own fault is logged and not described to the caller. */
export function toAnswer(thrown: unknown, log: Log) {
  // Hono's own: a body that is not JSON, and the like. All of them are the caller's.
  const error =
    thrown instanceof HTTPException
      ? new AppError("invalid", "request.invalid", thrown.message)
      : toAppError(thrown);
  const status = STATUS[error.kind];
  if (error.kind === "internal") {
    log.error({ err: thrown }, "A request failed");
    const message = "HomeIQ has a fault here. The log of the app says more.";
    return { status, body: { error: { code: error.code, message } } };
  }
  log.debug({ code: error.code }, error.message);
  const facts = Object.keys(error.facts).length > 0 ? { facts: error.facts } : {};
  return { status, body: { error: { code: error.code, message: error.message, ...facts } } };
}
