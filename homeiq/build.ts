import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { build } from "esbuild";

// Bundles the sources for the image. Packages stay outside: two of them hold native code, one is loaded only where
// there is a broker, and what is installed is what the lockfile says. The folders beside the bundle keep their place: `../ui/build`,
// `../package.json` and `./migrations` are found from `dist` as from `src`.
const out = new URL("./dist/", import.meta.url);
await rm(out, { recursive: true, force: true });
await build({
  entryPoints: {
    main: "src/main.ts",
    healthcheck: "src/healthcheck.ts",
    "backup-hook": "src/backup-hook.ts",
    // Workers lie beside the bundle under their own names; see store/thread.ts.
    "sqlite.worker": "src/store/sqlite.worker.ts",
    "reader.worker": "src/ingest/history/reader/reader.worker.ts",
    "keeper.worker": "src/ingest/history/keeper/keeper.worker.ts",
    "recorder-file.worker": "src/ingest/import/recorder-file.worker.ts",
    "replay.worker": "src/analysis/replay/replay.worker.ts",
    "detect.worker": "src/analysis/patterns/detect.worker.ts",
    "look.worker": "src/ai/suggestions/look.worker.ts",
    "energy.worker": "src/analysis/energy/energy.worker.ts",
  },
  outdir: "dist",
  bundle: true,
  // What is imported where it is needed lies in a part of its own, which is in memory only then.
  splitting: true,
  chunkNames: "part-[hash]",
  external: ["better-sqlite3", "mqtt", "onnxruntime-node", "pdfkit"],
  // CommonJS packages inside the bundle still ask for Node's own modules by `require`.
  banner: {
    js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);`,
  },
  // Names stay, so that a stack trace can be read; Node holds a source map in memory, 45 MB for ours.
  plugins: [
    {
      name: "zod in English", // its messages never reach people; its other fifty languages are a quarter of main.js
      setup({ onLoad }) {
        onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
          contents: 'export { default as en } from "./en.js";',
        }));
      },
    },
  ],
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 160,
  legalComments: "external",
  platform: "node",
  format: "esm",
  target: "node24",
  absWorkingDir: new URL(".", import.meta.url).pathname,
  logLevel: "warning",
});
// The engine holds a text with one letter beyond ASCII in two bytes a letter: 3 MB more of main.js. What esbuild
// leaves as it is are regular expressions, where an escape means the same.
for (const name of await readdir(out)) {
  if (!name.endsWith(".js")) continue;
  const file = new URL(name, out);
  const text = await readFile(file, "utf8");
  const escaped = text.replaceAll(
    /[^\0-\x7f]/g, // each half of a pair by itself
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  if (escaped !== text) await writeFile(file, escaped);
}
await cp(new URL("./src/store/migrations/", import.meta.url), new URL("./migrations/", out), {
  recursive: true,
});
await cp(new URL("./src/api/export/pdf/fonts/", import.meta.url), new URL("./fonts/", out), {
  recursive: true,
});
