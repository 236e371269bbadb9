import type { Env, MiddlewareHandler } from "hono";
import { describeRoute, resolver } from "hono-openapi";
import type { z } from "zod";
import type { Promised } from "./answer.ts";
import { ErrorAnswer } from "./errors.ts";

/** As it is sent: with every field that always comes, and no other. */
export const sent = (schema: z.ZodType) => resolver(schema, { options: { io: "output" } });

/** What any route answers that cannot do what was asked. */
export const FAILURE = {
  description:
    "What happened and what to do. 400: asked wrongly; 403: not allowed; 404: not there; 409: in a state that forbids it; " +
    "424: only you can help, by an option or in Home Assistant; 503: something outside did not answer; 500: our fault",
  content: { "application/json": { schema: sent(ErrorAnswer) } },
};

/** What the OpenAPI document says of a route. Its handler is held to it by `answer`. */
export function describe<S extends z.ZodType, N extends 200 | 201 = 200>(
  summary: string,
  schema: S,
  status: N = 200 as N,
) {
  const description = status === 201 ? "Made" : "OK";
  return describeRoute({
    summary,
    responses: {
      [status]: { description, content: { "application/json": { schema: sent(schema) } } },
      default: FAILURE,
    },
  }) as MiddlewareHandler<Env, string, Promised<z.output<S>, N>>; // it only adds to the document
}

/** The same for the live stream, whose messages are `LiveMessage` of `live.ts`. */
export const describeLive = () =>
  describeRoute({
    summary: "A WebSocket: the house, the connection and what happens, as it happens",
    responses: { 101: { description: "The WebSocket begins" }, default: FAILURE },
  });

/** The same for a file, whose body is no JSON. */
export const describeFile = (summary: string, mediaTypes: readonly string[]) =>
  describeRoute({
    summary,
    responses: {
      200: {
        description: "The file, made while it is read",
        content: Object.fromEntries(
          mediaTypes.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
        ),
      },
      default: FAILURE,
    },
  });
