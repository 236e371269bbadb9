import { expect, test } from "vitest";
import { AppError } from "#src/foundation/errors.ts";
import { compileTemplate } from "#src/home/template/template.ts";
import {
  type TemplateCase,
  templateCases,
  templateStates,
  worldOf,
} from "#support/template-cases.ts";

const world = worldOf(templateStates);

function ours(template: string): TemplateCase {
  try {
    return { template, result: compileTemplate(template).render(world) };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "template.failed") throw error;
    return { template, error: error.message };
  }
}

test("hundreds of templates give the value and the type that Home Assistant 2026.11 gave them", () => {
  const right = templateCases.filter(({ error }) => error === undefined);
  expect(right.length).toBeGreaterThan(400);
  expect(right.map(({ template }) => ours(template))).toEqual(right);
});

test("templates that fail in Home Assistant fail here, nearly all for the reason that it gives", () => {
  const wrong = templateCases.filter(({ error }) => error !== undefined);
  const results = wrong.map((one) => ({ ...ours(one.template), theirs: one.error ?? "" }));
  expect(results.filter(({ error }) => error === undefined)).toEqual([]);
  const reasonOf = (message: string) => message.replace(/^\w+: /, "").slice(0, 40);
  const sameReason = results.filter(
    ({ error = "", theirs }) => reasonOf(error) === reasonOf(theirs),
  );
  expect(sameReason.length / wrong.length).toBeGreaterThan(0.9);
});
