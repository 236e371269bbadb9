import { readdirSync, rmSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

// `node slim.ts [FOLDER] [ARCH]`: takes out of a production node_modules what this Linux never loads.
// onnxruntime-node alone carries the binaries of five platforms, over 250 MB (measured 2026-11).

const modules = resolve(process.argv[2] ?? "node_modules");
const arch = process.argv[3] ?? process.arch;

keepOnly(join(modules, "onnxruntime-node/bin/napi-v6"), "linux");
keepOnly(join(modules, "onnxruntime-node/bin/napi-v6/linux"), arch);
keepOnly(join(modules, "better-sqlite3/prebuilds"), `linux-${arch}.node`);
for (const unread of [
  "better-sqlite3/deps",
  "better-sqlite3/src",
  "openai/src",
  "pdfkit/js/pdfkit.standalone.js", // for browsers
]) {
  rmSync(join(modules, unread), { recursive: true, force: true });
}
removeFiles(modules, /\.(d\.[cm]?ts|map)$/); // types and source maps of packages: nothing reads them at run time

/** Fails when `name` is missing: a new version moved it, and deleting its neighbors would break the app. */
function keepOnly(folder: string, name: string): void {
  statSync(join(folder, name));
  for (const entry of readdirSync(folder)) {
    if (entry !== name) rmSync(join(folder, entry), { recursive: true });
  }
}

function removeFiles(folder: string, pattern: RegExp): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && pattern.test(entry.name)) rmSync(join(entry.parentPath, entry.name));
  }
}
