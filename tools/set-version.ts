import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./root.ts";

// `node tools/set-version.ts VERSION` writes the version everywhere it stands, once the changelog has its heading.
// `node tools/set-version.ts --notes VERSION` prints what the changelog says of it.

const PACKAGES = [
  "package.json",
  "homeiq/package.json",
  "package-lock.json",
  "homeiq/package-lock.json",
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { notes: { type: "boolean", default: false } },
});
const version = positionals[0] ?? "";
if (!/^\d+\.\d+\.\d+$/.test(version)) fail("Usage: node tools/set-version.ts [--notes] 1.2.3");

const changelog = readFileSync(join(root, "homeiq/CHANGELOG.md"), "utf8");
const section = changelog.split(/^## /m).find((text) => text.startsWith(`${version}\n`));
if (!section) fail(`homeiq/CHANGELOG.md has no heading "## ${version}"`);

if (values.notes) process.stdout.write(`${section.slice(version.length).trim()}\n`);
else setVersion();

function setVersion(): void {
  rewrite("homeiq/config.yaml", (text) => text.replace(/^version: .*$/m, `version: "${version}"`));
  for (const file of PACKAGES) {
    rewrite(file, (text) => {
      const content = JSON.parse(text);
      content.version = version;
      if (content.packages) content.packages[""].version = version; // a lockfile says it twice
      return `${JSON.stringify(content, undefined, 2)}\n`;
    });
  }
}

function rewrite(file: string, change: (text: string) => string): void {
  const path = join(root, file);
  writeFileSync(path, change(readFileSync(path, "utf8")));
}

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}
