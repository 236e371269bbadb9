import {
  type Automation,
  isTagged,
  type JsonMap,
  type ParseOptions,
  type Path,
  type Problem,
  parseAutomation,
  readYaml,
  sameMeaning,
} from "#home/automation/automation.ts";
import type { Checked } from "./drafts.ts";
import { isMap } from "./steps.ts";
import { aliasOf } from "./text.ts";

/**
 * Reads a draft's text, YAML or JSON: one automation, or a list that holds one.
 *
 * The stages syntax and schema only; what comes after them needs the house.
 */
export function readDraft(source: string, options: ParseOptions): Checked {
  const text = readYaml(source);
  if (text.problems.some(({ severity }) => severity === "error")) {
    return { problems: text.problems };
  }
  const isList = Array.isArray(text.value) && text.value.length === 1;
  const raw: unknown = isList ? (text.value as unknown[])[0] : text.value;
  const prefix: Path = isList ? [0] : [];
  const lineOf = (path: Path) => text.lineOf([...prefix, ...path]);
  const parsed = parseAutomation(raw, { ...options, lineOf });
  const problems = [...text.problems, ...parsed.problems, ...tagsIn(raw, lineOf)];
  const hasError = problems.some(({ severity }) => severity === "error");
  // Without an error it is a mapping of what JSON can say.
  return hasError || !isMap(raw) ? { problems } : { problems, config: raw };
}

/** Home Assistant takes configurations as JSON, which has no tags. */
function tagsIn(
  value: unknown,
  lineOf: (path: Path) => number | undefined,
  path: Path = [],
): Problem[] {
  if (isTagged(value)) {
    const line = lineOf(path);
    return [
      {
        code: "schema.tag",
        stage: "schema",
        severity: "error",
        path,
        ...(line === undefined ? {} : { line }),
        message: `\`${value.tag}\` works in files only: Home Assistant takes no automation with it from an app.`,
        facts: { tag: value.tag },
      },
    ];
  }
  if (typeof value !== "object" || value === null) return [];
  const isList = Array.isArray(value);
  return Object.entries(value).flatMap(([key, inner]) =>
    tagsIn(inner, lineOf, [...path, isList ? Number(key) : key]),
  );
}

/** The typed form; `undefined` for one that cannot be read, or is made of a blueprint. */
export function toAutomation(config: JsonMap): Automation | undefined {
  const { value } = parseAutomation(config);
  return value?.kind === "automation" ? value : undefined;
}

/** Whether two configurations have one name and do the same. */
export function meansTheSame(one: JsonMap, other: JsonMap): boolean {
  if (aliasOf(one) !== aliasOf(other)) return false;
  const [here, there] = [toAutomation(one), toAutomation(other)];
  return here !== undefined && there !== undefined && sameMeaning(here, there);
}
