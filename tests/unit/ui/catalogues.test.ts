import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const CATALOGUES = fileURLToPath(new URL("../../../homeiq/ui/src/lib/i18n/", import.meta.url));
const KEY = /^ {2}"([^"]+)":/gm;

test("no two catalogues, nor one twice, have a text for the same key: the later would be said in place of the other", () => {
  const keys = globSync("en*.ts", { cwd: CATALOGUES }).flatMap((file) =>
    [...readFileSync(`${CATALOGUES}${file}`, "utf8").matchAll(KEY)].map(([, key]) => key),
  );
  expect(keys.length).toBeGreaterThan(1000);
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
