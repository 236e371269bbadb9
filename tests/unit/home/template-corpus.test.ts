import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseAllDocuments, visit } from "yaml";
import { AppError } from "#src/foundation/errors.ts";
import { compileTemplate } from "#src/home/template/template.ts";
import { dataFolder } from "#support/data-folder.ts";
import { worldOf } from "#support/template-cases.ts";

const AUTOMATIONS = join(dataFolder, "automations");
const WHY_NOT = existsSync(AUTOMATIONS)
  ? undefined
  : `no automations of real homes in ${AUTOMATIONS}`;

function templatesIn(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" });
  const found = new Set<string>();
  for (const file of files.filter((name) => name.endsWith(".yaml"))) {
    const yaml = readFileSync(join(folder, file), "utf8");
    for (const document of parseAllDocuments(yaml, { logLevel: "silent", uniqueKeys: false })) {
      if ("empty" in document) continue;
      visit(document, {
        Scalar(_, { value }) {
          if (typeof value === "string" && /\{[{%#]/.test(value)) found.add(value);
        },
      });
    }
  }
  return [...found];
}

test("every template of real homes compiles", ({ skip }) => {
  if (WHY_NOT !== undefined) skip(WHY_NOT);
  const templates = templatesIn(AUTOMATIONS);
  expect(templates.length).toBeGreaterThan(300);
  const refused = templates.filter((one) => compileTemplate(one).problems.length > 0);
  expect(refused).toEqual([]);
});

test("in an empty house they render, or fail for a reason that is ours", ({ skip }) => {
  if (WHY_NOT !== undefined) skip(WHY_NOT);
  const world = worldOf([]);
  for (const template of templatesIn(AUTOMATIONS)) {
    try {
      compileTemplate(template).render(world);
    } catch (error) {
      expect(error, template).toBeInstanceOf(AppError);
    }
  }
});
