import { isDeepStrictEqual } from "node:util";
import { check, type ValidateConfig } from "#analysis/automation-check/automation-check.ts";
import { AppError } from "#foundation/errors.ts";
import { maskSecrets, secretsIn } from "#foundation/secrets.ts";
import {
  type Automation,
  isTagged,
  type JsonMap,
  type Path,
  type Problem,
  parseAutomation,
  parseScene,
  parseScript,
  readYaml,
  sameMeaning,
} from "#home/automation/automation.ts";
import type {
  BlueprintOf,
  Domain,
  UsedBlueprint,
} from "#home/automation-config/automation-config.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Checked } from "./drafts.ts";
import { isMap } from "./steps.ts";
import { aliasOf } from "./text.ts";

/** What the house can say of a draft. */
export interface Judges {
  readonly home: HomeSnapshot;
  readonly validateConfig: ValidateConfig;
  readonly blueprintOf: BlueprintOf;
  readonly kind: Domain;
}

/**
 * Reads a draft's text, YAML or JSON: one of its kind, or a list that holds one; and checks it against the house.
 *
 * While Home Assistant is away its own opinion is left out: it has the last word anyway when it is deployed.
 */
export async function readDraft(source: string, judges: Judges): Promise<Checked> {
  const { home, validateConfig, blueprintOf, kind } = judges;
  const text = readYaml(source);
  const isList = Array.isArray(text.value) && text.value.length === 1;
  const raw: unknown = isList ? (text.value as unknown[])[0] : text.value;
  const prefix: Path = isList ? [0] : [];
  const lineOf = (path: Path) => text.lineOf([...prefix, ...path]);
  const tags = tagsIn(raw, lineOf);
  // With a tag it is no configuration that Home Assistant could judge.
  const isJson = tags.length === 0;
  const used = isJson && isMap(raw) ? await unlessAway(() => blueprintOf(raw, kind)) : undefined;
  const { problems } = await check(isList ? raw : source, home, {
    kind,
    ...(isJson ? { validateConfig: whenThere(validateConfig) } : {}),
    ...(used?.text ? { blueprint: used.text } : {}),
  });
  const secrets = secretsIn(raw);
  const found = [...problems, ...unfit(used, problems)].map(withLine);
  const all = [...found, ...tags].map((problem) => ({
    ...problem,
    message: maskSecrets(problem.message, secrets), // it may cite what is wrong
  }));
  const hasError = all.some(({ severity }) => severity === "error");
  // Without an error it is a mapping of what JSON can say.
  return hasError || !isMap(raw) ? { problems: all } : { problems: all, config: raw };

  function withLine(problem: Problem): Problem {
    const line = problem.line ?? lineOf(problem.path);
    return line === undefined ? problem : { ...problem, line };
  }
}

const whenThere =
  (validateConfig: ValidateConfig): ValidateConfig =>
  async (parts) =>
    (await unlessAway(() => validateConfig(parts))) ?? {};

async function unlessAway<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof AppError && error.kind === "unavailable") return undefined;
    throw error;
  }
}

/** Why Home Assistant makes nothing of a blueprint, when what we found ourselves does not say it. */
function unfit(used: UsedBlueprint | undefined, problems: readonly Problem[]): Problem[] {
  if (used?.problem === undefined || problems.some(({ severity }) => severity === "error"))
    return [];
  return [
    {
      code: "references.blueprint",
      stage: "references",
      severity: "error",
      path: ["use_blueprint", "path"],
      message: `Home Assistant cannot use this blueprint: ${used.problem}`,
      facts: { path: used.path },
    },
  ];
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
export function meansTheSame(one: JsonMap, other: JsonMap, kind: Domain): boolean {
  if (aliasOf(one) !== aliasOf(other)) return false;
  if (kind === "script") {
    const [here, there] = [parseScript(one).value, parseScript(other).value];
    return here?.kind === "script" && there?.kind === "script" && sameMeaning(here, there);
  }
  if (kind === "scene") {
    const [here, there] = [parseScene(one).value, parseScene(other).value];
    return here !== undefined && isDeepStrictEqual(here?.entities, there?.entities);
  }
  if ("use_blueprint" in one || "use_blueprint" in other) {
    return isDeepStrictEqual(one.use_blueprint, other.use_blueprint);
  }
  const [here, there] = [toAutomation(one), toAutomation(other)];
  return here !== undefined && there !== undefined && sameMeaning(here, there);
}
