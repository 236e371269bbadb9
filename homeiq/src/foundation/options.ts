import { readFileSync } from "node:fs";
import { z } from "zod";
import { AppError } from "./errors.ts";

/** Options that concern the process itself, whatever it does. */
export const foundationOptions = z.object({
  log_level: z.enum(["trace", "debug", "info", "warn", "error"]).optional(),
});

/**
 * Reads the options file that the Supervisor writes. A missing file is all defaults: that is a checkout.
 *
 * Throws `unconfigured` that names the option and what is allowed, never its value: it may be a secret.
 */
export function readOptions<S extends z.ZodObject>(file: string, schema: S): z.output<S> {
  const parsed = schema.safeParse(readJson(file));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(
    (issue) => `${issue.path.join(".") || "options"}: ${issue.message}`,
  );
  throw new AppError(
    "unconfigured",
    "options.invalid",
    `Options are wrong. ${problems.join("; ")}`,
  );
}

function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {}; // a checkout has no such file
    throw new AppError("unconfigured", "options.unreadable", `Cannot read ${file}`, {
      cause: error,
    });
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AppError("unconfigured", "options.invalid", `${file} is not JSON`, { cause: error });
  }
}
