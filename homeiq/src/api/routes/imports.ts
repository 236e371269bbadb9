import { Hono } from "hono";
import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { FileName, ImportSource, type Imports } from "#ingest/import/import.ts";
import { describe } from "../describe.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });
const Name = z.object({ name: FileName });

/** `/api/v1/imports`. Files come as the bare body of a POST (ingress streams no other), of any size the disk has room for. */
export const importRoutes = ({ imports }: { imports: Imports }) =>
  new Hono<VisitorEnv>()
    .use(adminOnly)
    .get(
      "/",
      describe("Imports, newest first, and the files that wait to be imported"),
      async (c) => c.json({ imports: imports.list(), files: await imports.files.list() }),
    )
    .post(
      "/preview",
      describe("What an import would bring", ImportSource),
      validate("json", ImportSource),
      async (c) => c.json(await imports.preview(c.req.valid("json"), c.req.raw.signal)),
    )
    .post(
      "/",
      describe("Starts an import, or goes on with it", ImportSource),
      validate("json", ImportSource),
      async (c) => c.json(await imports.start(c.req.valid("json"))),
    )
    .post(
      "/:id/cancel",
      describe("Ends an import early; what came in stays"),
      validate("param", Id),
      (c) => {
        imports.cancel(c.req.valid("param").id);
        return c.json({ imports: imports.list() });
      },
    )
    .post(
      "/files/:name",
      describe("Puts a file into the imports folder"),
      validate("param", Name),
      async (c) => {
        const { body } = c.req.raw;
        if (!body)
          throw new AppError("invalid", "imports.no_body", "The request has no file in it");
        await imports.files.keep(c.req.valid("param").name, body);
        return c.json({ files: await imports.files.list() });
      },
    )
    .delete(
      "/files/:name",
      describe("Deletes a file from the imports folder"),
      validate("param", Name),
      async (c) => {
        await imports.files.remove(c.req.valid("param").name);
        return c.json({ files: await imports.files.list() });
      },
    );

/** The one request whose body may be large: it is written to the disk as it comes. */
export const isImportFile = (method: string, path: string): boolean =>
  method === "POST" && path.startsWith("/api/v1/imports/files/");
