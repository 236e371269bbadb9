import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { type Bar, type Measure, type MeasureOptions, toLine } from "./bars.ts";
import { requireNode, root } from "./root.ts";
import { buildUiWhenStale } from "./ui-build.ts";

// `npm run bench|eval -- NAME [--data DIR] [--short]`. The last line is one JSON object; exit 1 when a bar fails.

const kind = process.argv[2] === "eval" ? "eval" : "bench";
requireNode(`npm run ${kind}`);
const folder = join(root, "tests", kind);

const { values, positionals } = parseArgs({
  args: process.argv.slice(3),
  allowPositionals: true,
  options: { data: { type: "string" }, short: { type: "boolean", default: false } },
});
const name = positionals[0];
const file = name && join(folder, `${name}.${kind}.ts`);
if (!file || !existsSync(file)) {
  const known = names();
  process.stderr.write(
    `${name ? `There is no ${kind} called ${name}. ` : ""}` +
      `Usage: npm run ${kind} -- NAME [--data DIR] [--short]\n` +
      `Names: ${known.length > 0 ? known.join(", ") : "none yet"}\n`,
  );
  process.exit(2);
}

buildUiWhenStale();
// The folder's promise: each file's default export is a Measure.
const { default: measure }: { default: Measure } = await import(pathToFileURL(file).href);
const options: MeasureOptions = {
  short: values.short,
  ...(values.data !== undefined && {
    dataFolder: resolve(process.env.INIT_CWD ?? ".", values.data),
  }),
};
const { bars } = await measure(options);
const holds = (bar: Bar) => bar.pass || (values.short && bar.noData === true);
const pass = bars.length > 0 && bars.every(holds);
process.stdout.write(`\n${bars.map(toLine).join("\n")}\n`);
process.stdout.write(`${JSON.stringify({ name, bars, pass })}\n`, () => process.exit(pass ? 0 : 1));

function names(): string[] {
  if (!existsSync(folder)) return [];
  const ending = `.${kind}.ts`;
  return readdirSync(folder)
    .filter((entry) => entry.endsWith(ending))
    .map((entry) => entry.slice(0, -ending.length))
    .toSorted();
}
