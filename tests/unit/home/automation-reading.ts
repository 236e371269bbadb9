import { expect } from "vitest";
import {
  type Automation,
  type Problem,
  parseAutomation,
  readYaml,
} from "#src/home/automation/automation.ts";

/** The errors of an automation as a person writes it. */
export const errorsIn = (yaml: string) =>
  problemsIn(yaml).filter(({ severity }) => severity === "error");

function problemsIn(yaml: string): readonly Problem[] {
  const text = readYaml(yaml);
  return [...text.problems, ...parseAutomation(text.value, { lineOf: text.lineOf }).problems];
}

/** The automation of a text that is right. */
export function read(yaml: string): Automation {
  const { value, problems } = parseAutomation(readYaml(yaml).value);
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (value?.kind !== "automation") throw new Error("it is not an automation");
  return value;
}
