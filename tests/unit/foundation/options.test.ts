import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { foundationOptions, readOptions } from "#src/foundation/options.ts";

function read(text?: string) {
  const file = join(mkdtempSync(join(tmpdir(), "homeiq-options-")), "options.json");
  if (text !== undefined) writeFileSync(file, text);
  return () => readOptions(file, foundationOptions);
}

test("a checkout has no options file, and needs none", () => {
  expect(read()()).toEqual({});
});

test("what the Supervisor wrote is read", () => {
  expect(read('{"log_level": "debug"}')()).toEqual({ log_level: "debug" });
});

test("a wrong option is named, its value is not told", () => {
  expect(read('{"log_level": "s3cret"}')).toThrow(/log_level/);
  expect(read('{"log_level": "s3cret"}')).not.toThrow(/s3cret/);
});

test("a file that is no JSON says so", () => {
  expect(read("{")).toThrow(/is not JSON/);
});
