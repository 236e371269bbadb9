import {
  type Automation,
  type BlueprintUse,
  type Parsed,
  type ParseOptions,
  type Problem,
  parseAutomation,
  parseScene,
  parseScript,
  readYaml,
  type Scene,
  type Script,
  type Stage,
} from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { compileTemplate } from "#home/template/template.ts";
import { findInabilities } from "./abilities.ts";
import { findFieldProblems } from "./action-fields.ts";
import { expand, inBlueprint } from "./blueprint-use.ts";
import { askHomeAssistant, type ValidateConfig } from "./home-assistant.ts";
import { findNumberProblems } from "./numbers.ts";
import { findPurposeMismatches } from "./purposes.ts";
import { findUnreachable } from "./reachability.ts";
import { findDeadReferences } from "./references.ts";
import { findDangers } from "./safety.ts";
import { findImpossibleInScene } from "./scene.ts";
import { findImpossibleStates } from "./state-values.ts";
import { type Found, type Level, type Subject, toProblem, toSubject } from "./subject.ts";
import { findUnknownFunctions } from "./template-names.ts";
import { findUnknownVariables } from "./template-variables.ts";

export interface CheckOptions {
  readonly level?: Level;
  /** Absent: it is an automation. */
  readonly kind?: "automation" | "script" | "scene";
  /**
   * To look into what is made of a blueprint: its text, as YAML or JSON said it. Absent: only what it is given is
   * looked up.
   */
  readonly blueprint?: unknown;
  /** Asked last, and only when nothing else is an error. Its failure is the caller's: it is not caught here. */
  readonly validateConfig?: ValidateConfig;
}

export interface Checked {
  /** Absent when syntax or schema are wrong. */
  readonly automation?: Automation | Script | Scene | BlueprintUse;
  /** In the order of the stages, then of the source. */
  readonly problems: readonly Problem[];
  /** No error; warnings and hints may be there. */
  readonly passed: boolean;
}

type Readable = Automation | Script | Scene | BlueprintUse;

const PARSE: Readonly<
  Record<
    NonNullable<CheckOptions["kind"]>,
    (raw: unknown, options: ParseOptions) => Parsed<Readable>
  >
> = { automation: parseAutomation, script: parseScript, scene: parseScene };

/**
 * Whether a configuration is right for this house: syntax, schema, references, types, reachability, safety,
 * and last Home Assistant's own opinion. `source` is YAML text, or what JSON or YAML said.
 */
export async function check(
  source: unknown,
  home: HomeSnapshot,
  { level = "moderate", kind = "automation", blueprint, validateConfig }: CheckOptions = {},
): Promise<Checked> {
  const text = typeof source === "string" ? readYaml(source) : undefined;
  const raw = text ? text.value : source;
  const lineOf: Subject["lineOf"] = (path) => text?.lineOf(path);
  if (text?.problems.some((one) => one.severity === "error"))
    return verdict({ problems: text.problems });

  const parsed = PARSE[kind](raw, parseOptions(home, lineOf));
  const problems: Problem[] = [...(text?.problems ?? []), ...parsed.problems];
  const add = (stage: Stage, found: readonly Found[]) => {
    problems.push(...inOrder(found).map((one) => toProblem(one, { stage, lineOf })));
  };
  // A name for an id is no valid schema, and yet what it means is known.
  const dead = [
    ...findDeadReferences(raw, { home, level }),
    ...findUnknownFunctions(raw, { level }),
  ];
  add("references", withoutTold(dead, parsed.problems));
  const configuration = parsed.value;
  if (!configuration) return verdict({ problems });
  if (configuration.kind === "blueprint_use") {
    const expanded = expand(configuration, {
      blueprint,
      parse: parseOptions(home, () => undefined),
    });
    problems.push(...(expanded?.problems ?? []));
    const inside = expanded?.configuration;
    if (expanded && inside) {
      const { raw: filled, pathOf } = expanded;
      const subject = toSubject({
        configuration: inside,
        raw: filled,
        home,
        level,
        pathOf,
        lineOf,
      });
      for (const [stage, found] of examine(subject)) add(stage, found.map(inBlueprint));
      if (validateConfig && !hasError(problems)) {
        const refused = await askHomeAssistant(filled, validateConfig);
        add("home_assistant", refused.map(inBlueprint));
      }
    }
  } else if (configuration.kind === "scene") {
    add("types", findImpossibleInScene(configuration, home));
  } else {
    const { pathOf } = parsed;
    const subject = toSubject({ configuration, raw, home, level, pathOf, lineOf });
    for (const [stage, found] of examine(subject)) add(stage, found);
  }
  const isRun = configuration.kind === "automation" || configuration.kind === "script";
  if (validateConfig && isRun && !hasError(problems)) {
    add("home_assistant", await askHomeAssistant(raw, validateConfig));
  }
  return verdict({ automation: configuration, problems });
}

/** The stages that work on the model, in their order. */
function examine(subject: Subject): [Stage, Found[]][] {
  return [
    ["references", [...findFieldProblems(subject), ...findUnknownVariables(subject)]],
    [
      "types",
      [
        ...findNumberProblems(subject),
        ...findImpossibleStates(subject),
        ...findInabilities(subject),
        ...findPurposeMismatches(subject),
      ],
    ],
    ["reachability", findUnreachable(subject)],
    ["safety", findDangers(subject)],
  ];
}

function parseOptions(home: HomeSnapshot, lineOf: Subject["lineOf"]): ParseOptions {
  return {
    lineOf,
    checkTemplate: (template) => compileTemplate(template).problems[0]?.message,
    ...(home.version !== undefined && { haVersion: home.version }),
    ...(home.triggerKeys && { triggerKeys: home.triggerKeys }),
    ...(home.conditionKeys && { conditionKeys: home.conditionKeys }),
  };
}

/** What the schema has said of a place is not said again, unless we know what would mend it. */
function withoutTold(found: readonly Found[], told: readonly Problem[]): Found[] {
  const places = new Set(told.map((one) => JSON.stringify(one.path)));
  return found.filter((one) => one.fix || !places.has(JSON.stringify(one.path)));
}

function inOrder(found: readonly Found[]): Found[] {
  const seen = new Set<string>();
  return found.filter((one) => {
    const key = JSON.stringify([one.code, one.path, one.message]);
    return !seen.has(key) && seen.add(key);
  });
}

const hasError = (problems: readonly Problem[]) => problems.some((one) => one.severity === "error");

const verdict = (checked: Omit<Checked, "passed">): Checked => ({
  ...checked,
  passed: !hasError(checked.problems),
});
