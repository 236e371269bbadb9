import type { ValidationTargets } from "hono";
import { validator } from "hono-openapi";
import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { CATEGORIES, CAUSE_KINDS, CHANGE_KINDS } from "#ingest/normalize/normalize.ts";

/** Parses a part of the request, or throws `invalid` that names each wrong field. */
export const validate = <T extends keyof ValidationTargets, S extends z.ZodType>(
  target: T,
  schema: S,
) =>
  validator(target, schema, (result) => {
    if (result.success) return;
    const problems = result.error.map((issue) => {
      const path = (issue.path ?? []).map((part) => (typeof part === "object" ? part.key : part));
      return `${path.join(".") || target}: ${issue.message}`;
    });
    throw new AppError("invalid", "request.invalid", problems.join("; "));
  });

/** Values separated by commas; absent when there are none. */
export const commaList = <S extends z.ZodType<string, string>>(item: S) =>
  z
    .string()
    .max(4000)
    .transform((text) => text.split(",").filter((part) => part !== ""))
    .pipe(z.array(item).max(200))
    .transform((list) => (list.length > 0 ? list : undefined))
    .optional();

/** A moment as milliseconds since the epoch or as ISO 8601 with a zone. */
export const moment = z
  .string()
  .transform((text) => (/^\d+$/.test(text) ? Number(text) : Date.parse(text)))
  .refine((at) => Number.isSafeInteger(at) && at >= 0 && at < 4102444800000, {
    message: "must be milliseconds since 1970 or a date such as 2026-09-01T18:00:00Z",
  });

export const count = (most: number, usual: number) =>
  z.coerce.number().int().min(1).max(most).default(usual);

/** Entities by id, separated by commas; absent when there are none. */
export const entityList = z
  .string()
  .max(14_000) // Node's own limit is 16 KB for the whole request head
  .transform((text) => text.split(",").filter((part) => part !== ""))
  .pipe(z.array(z.string().max(255)).max(200))
  .transform((list) => (list.length > 0 ? [...new Set(list)] : undefined))
  .optional();

/** Which events, beside their entities: the same in every query that asks for some. */
export const eventFields = {
  domain: commaList(z.string()),
  device: commaList(z.string()),
  area: commaList(z.string()),
  category: commaList(z.enum(CATEGORIES)),
  cause: commaList(z.enum(CAUSE_KINDS)),
  kind: commaList(z.enum(CHANGE_KINDS)),
  from: moment.optional(),
  to: moment.optional(),
  text: z.string().trim().max(200).optional(),
};
