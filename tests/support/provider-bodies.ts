import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Reply } from "#src/foundation/http.ts";
import { dataFolder } from "./data-folder.ts";

/** Real bodies of one vendor, by file name; none in a checkout that does not have them beside it. */
export function realBodies(vendor: string): readonly { name: string; bytes: Buffer }[] {
  const folder = join(dataFolder, "providers", vendor);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
}

export const noBodies = "the folder of real bodies is not here";

export const reply = (body: unknown, status = 200): Reply => ({
  status,
  text: typeof body === "string" ? body : JSON.stringify(body),
});

/** What vendors send when things go wrong, and the kind and code that it must become. */
export const wrongReplies: readonly (readonly [string, Reply, string])[] = [
  ["a page", reply("<!doctype html><p>Hello"), "internal"],
  ["nothing", reply(""), "internal"],
  ["null", reply("null"), "internal"],
  ["a number", reply("7"), "internal"],
  ["an empty object", reply("{}"), "internal"],
  ["a body that was cut off", reply('{"a":[{"b":1'), "internal"],
  ["401", reply('{"message":"no"}', 401), "unconfigured"],
  ["403", reply("Forbidden", 403), "unconfigured"],
  ["404", reply("not here", 404), "internal"],
  ["429", { ...reply("slow down", 429), retryAfterMs: 60_000 }, "unavailable"],
  ["500", reply("<h1>Oops</h1>", 500), "unavailable"],
];
