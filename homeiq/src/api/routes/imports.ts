import { Hono } from "hono";
import { z } from "zod";
import { AppError } from "#foundation/errors.ts";
import { FileName, ImportSource, type Imports } from "#ingest/import/import.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  ImportAnswer,
  ImportFilesAnswer,
  ImportPreviewAnswer,
  ImportsAndFilesAnswer,
  ImportsAnswer,
} from "../past-answers.ts";
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
      describe(
        "Imports, newest first, and the files that wait to be imported",
        ImportsAndFilesAnswer,
      ),
      async (c) => answer(c, { imports: imports.list(), files: await imports.files.list() }),
    )
    .post(
      "/preview",
      describe("What an import would bring", ImportPreviewAnswer),
      validate("json", ImportSource),
      async (c) => answer(c, await imports.preview(c.req.valid("json"), c.req.raw.signal)),
    )
    .post(
      "/",
      describe("Starts an import, or goes on with it", ImportAnswer),
      validate("json", ImportSource),
      async (c) => answer(c, await imports.start(c.req.valid("json"))),
    )
    .post(
      "/:id/cancel",
      describe("Ends an import early; what came in stays", ImportsAnswer),
      validate("param", Id),
      (c) => {
        imports.cancel(c.req.valid("param").id);
        return answer(c, { imports: imports.list() });
      },
    )
    .post(
      "/files/:name",
      describe("Puts a file into the imports folder", ImportFilesAnswer),
      validate("param", Name),
      async (c) => {
        const { body } = c.req.raw;
        if (!body)
          throw new AppError("invalid", "imports.no_body", "The request has no file in it");
        await imports.files.keep(c.req.valid("param").name, body);
        return answer(c, { files: await imports.files.list() });
      },
    )
    .delete(
      "/files/:name",
      describe("Deletes a file from the imports folder", ImportFilesAnswer),
      validate("param", Name),
      async (c) => {
        await imports.files.remove(c.req.valid("param").name);
        return answer(c, { files: await imports.files.list() });
      },
    );

/** The one request whose body may be large: it is written to the disk as it comes. */
export const isImportFile = (method: string, path: string): boolean =>
  method === "POST" && path.startsWith("/api/v1/imports/files/");
