import { describeRoute, resolver } from "hono-openapi";
import type { z } from "zod";
import { ErrorAnswer } from "./errors.ts";

/** What the OpenAPI document says of a route; errors are the same for all. */
export const describe = (summary: string, answer?: z.ZodType) =>
  describeRoute({
    summary,
    responses: {
      200: {
        description: "OK",
        content: { "application/json": { schema: answer ? resolver(answer) : { type: "object" } } },
      },
      default: {
        description: "An error: what happened and what to do",
        content: { "application/json": { schema: resolver(ErrorAnswer) } },
      },
    },
  });
