import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { en } from "../../../homeiq/ui/src/lib/i18n/en.ts";
import { enAgent } from "../../../homeiq/ui/src/lib/i18n/en-agent.ts";
import { enErrors } from "../../../homeiq/ui/src/lib/i18n/en-errors.ts";
import { enPatterns } from "../../../homeiq/ui/src/lib/i18n/en-patterns.ts";
import { enSourceErrors } from "../../../homeiq/ui/src/lib/i18n/en-source-errors.ts";
import { enSuggestions } from "../../../homeiq/ui/src/lib/i18n/en-suggestions.ts";
import { enSynergies } from "../../../homeiq/ui/src/lib/i18n/en-synergies.ts";

const SERVER = fileURLToPath(new URL("../../../homeiq/src/", import.meta.url));
/** Where what is answered to the pages of automations and suggestions is thrown. */
const WORKSHOP = [
  "ai/**/*.ts",
  "analysis/{automation-*,patterns,replay,synergies}/**/*.ts",
  "home/automation*/**/*.ts",
  "api/visitor.ts",
];
/** `new AppError("conflict", "automations.undone", …`, also with another code that goes before. */
const THROWN = /new AppError\(\s*"\w+",\s*(?:[\w?.]+ \?\? )?"([\w.]+)"/g;

/** A short word for those of one room: `conflict("expired", …` where `agent.${what}` stands beside it. */
const SHORT = /\bconflict\("(\w+)"/g;
const ROOM = /`(\w+)\.\$\{what\}`/;

const thrown = new Set(
  globSync(WORKSHOP, { cwd: SERVER }).flatMap((file) => {
    const text = readFileSync(`${SERVER}${file}`, "utf8");
    const [, room] = ROOM.exec(text) ?? [];
    const short = room ? [...text.matchAll(SHORT)].map(([, code]) => `${room}.${code}`) : [];
    return [...[...text.matchAll(THROWN)].map(([, code = ""]) => code), ...short];
  }),
);
/** What these pages have of texts for codes. */
const texts = { ...enErrors, ...enAgent, ...enPatterns, ...enSuggestions, ...enSynergies };

test("whatever the workshop's server refuses is said in words of the catalogue", () => {
  expect(thrown.size).toBeGreaterThan(30);
  const untold = [...thrown].filter((code) => !(`error.${code}` in { ...en, ...texts }));
  expect(untold).toEqual([]);
});

test("no text stands there for a code that nobody sends", () => {
  const told = Object.keys(texts).flatMap((key) => /^error\.(.+)/.exec(key)?.[1] ?? []);
  expect(told.filter((code) => !thrown.has(code))).toEqual([]);
});

/** Where what a source of outside said, or did not, becomes a failure; some have a short word for `new AppError`. */
const SOURCES = ["enrichment/**/*.ts", "foundation/http.ts"];
const FAILED = /(?:new AppError|refused)\((?=([^;]{0,160}))/g;
/** The first code, or both of `isTheirs ? "a.b" : "c.d"`. */
const CODES = /"([a-z][a-z0-9_-]*\.[a-z_]+)"(?:\s*:\s*"([a-z][a-z0-9_-]*\.[a-z_]+)")?/;

const failed = new Set(
  globSync(SOURCES, { cwd: SERVER }).flatMap((file) =>
    [...readFileSync(`${SERVER}${file}`, "utf8").matchAll(FAILED)].flatMap(([, said = ""]) =>
      (CODES.exec(said) ?? []).slice(1).filter((code) => code !== undefined),
    ),
  ),
);

test("whatever a source of outside refuses is said in words of the catalogue, with what to do", () => {
  expect(failed.size).toBeGreaterThan(60);
  const untold = [...failed].filter((code) => !(`error.${code}` in { ...en, ...enSourceErrors }));
  expect(untold).toEqual([]);
});

test("no text stands there for a failure that no source has", () => {
  const told = Object.keys(enSourceErrors).map((key) => key.replace("error.", ""));
  const isOfOneSource = (key: string) => key.startsWith("http.refused.");
  expect(told.filter((code) => !failed.has(code) && !isOfOneSource(code))).toEqual([]);
});

test("an option that a text names is one of this app", () => {
  const options = ["enrichment/enrichment.options.ts", "enrichment/publish/publish.options.ts"]
    .map((file) => readFileSync(`${SERVER}${file}`, "utf8"))
    .join("\n");
  const named = Object.values(enSourceErrors).flatMap((text) =>
    [...text.matchAll(/\b[a-z]+(?:_[a-z]+)+\b/g)].map(([option]) => option),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((option) => !options.includes(`${option}:`))).toEqual([]);
});
