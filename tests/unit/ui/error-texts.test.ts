import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { en } from "../../../homeiq/ui/src/lib/i18n/en.ts";
import { enErrors } from "../../../homeiq/ui/src/lib/i18n/en-errors.ts";

const SERVER = fileURLToPath(new URL("../../../homeiq/src/", import.meta.url));
/** Where what is answered to the workshop's pages is thrown. */
const WORKSHOP = [
  "ai/**/*.ts",
  "analysis/{automation-*,replay}/**/*.ts",
  "home/automation*/**/*.ts",
  "api/visitor.ts",
];
/** `new AppError("conflict", "automations.undone", …`, also with another code that goes before. */
const THROWN = /new AppError\(\s*"\w+",\s*(?:[\w?.]+ \?\? )?"([\w.]+)"/g;

const thrown = new Set(
  globSync(WORKSHOP, { cwd: SERVER }).flatMap((file) =>
    [...readFileSync(`${SERVER}${file}`, "utf8").matchAll(THROWN)].map(([, code = ""]) => code),
  ),
);

test("whatever the workshop's server refuses is said in words of the catalogue", () => {
  expect(thrown.size).toBeGreaterThan(30);
  const untold = [...thrown].filter((code) => !(`error.${code}` in { ...en, ...enErrors }));
  expect(untold).toEqual([]);
});

test("no text stands there for a code that nobody sends", () => {
  const told = Object.keys(enErrors).map((key) => key.replace("error.", ""));
  expect(told.filter((code) => !thrown.has(code))).toEqual([]);
});
