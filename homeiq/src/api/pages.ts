import { createReadStream, existsSync, statSync } from "node:fs";
import { join, normalize } from "node:path";
import { Readable } from "node:stream";
import { Hono } from "hono";
import { AppError } from "#foundation/errors.ts";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  css: "text/css; charset=utf-8",
  json: "application/json",
  svg: "image/svg+xml",
  png: "image/png",
  ico: "image/x-icon",
  woff2: "font/woff2",
  webmanifest: "application/manifest+json",
};

/** Files whose name holds a hash of what is in them never change. */
const isImmutable = (path: string) => path.includes("/_app/immutable/");

/**
 * The built pages: one prerendered `index.html` per folder, with relative links only.
 *
 * No compression: on the way through ingress Home Assistant compresses, and does so once.
 */
export const pages = ({ folder }: { folder: string }) =>
  new Hono().get("*", (c) => {
    const path = normalize(decodeURIComponent(c.req.path)).replace(/^(\.\.[/\\])+/, "");
    const file = findFile(folder, path);
    if (!file) {
      if (existsSync(folder))
        throw new AppError("not_found", "pages.unknown", `There is no ${c.req.path}`);
      throw new AppError(
        "unavailable",
        "pages.not_built",
        "The pages are not built: npm run build:ui",
      );
    }
    const type = TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream";
    c.header("Content-Type", type);
    c.header("Content-Length", String(statSync(file).size));
    c.header("X-Content-Type-Options", "nosniff");
    c.header(
      "Cache-Control",
      isImmutable(path) ? "public, max-age=31536000, immutable" : "no-store",
    );
    // A web stream of Node is the very type that Response takes; only its declaration differs.
    return c.body(Readable.toWeb(createReadStream(file)) as unknown as ReadableStream);
  });

function findFile(folder: string, path: string): string | undefined {
  const candidates = [join(folder, path), join(folder, path, "index.html")];
  return candidates.find(
    (file) => file.startsWith(folder) && existsSync(file) && statSync(file).isFile(),
  );
}
