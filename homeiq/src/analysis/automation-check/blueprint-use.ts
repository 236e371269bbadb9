import {
  type Automation,
  type BlueprintUse,
  type ParseOptions,
  type Path,
  type Problem,
  parseAutomation,
  parseBlueprint,
  parseScript,
  type Script,
  substitute,
} from "#home/automation/automation.ts";

/** What runs when a blueprint's inputs are filled in. */
export interface Expanded {
  /** Absent when an input is missing, or the result cannot be read. */
  readonly configuration?: Automation | Script;
  readonly raw: unknown;
  readonly problems: readonly Problem[];
  pathOf(node: object): Path | undefined;
}

interface Options {
  /** The blueprint's text as YAML or JSON said it; `undefined`: it is not known. */
  readonly blueprint: unknown;
  readonly parse: ParseOptions;
}

/** Fills in what is given; `undefined` when the blueprint is not known. */
export function expand(
  { input }: BlueprintUse,
  { blueprint: raw, parse }: Options,
): Expanded | undefined {
  const blueprint = raw === undefined ? undefined : parseBlueprint(raw, parse).value;
  if (!blueprint) return undefined;
  const filled = substitute(blueprint, input);
  if (!filled.value) return { raw: undefined, problems: filled.problems, pathOf: () => undefined };
  const read = blueprint.domain === "script" ? parseScript : parseAutomation;
  const parsed = read(filled.value, parse);
  const { value } = parsed;
  return {
    raw: filled.value,
    problems: [...filled.problems, ...parsed.problems.map(inBlueprint)],
    ...(value && value.kind !== "blueprint_use" && { configuration: value }),
    pathOf: parsed.pathOf,
  };
}

/** The place is in the blueprint's text, which is not what was checked; nothing there can be edited here. */
export function inBlueprint<P extends { readonly path: Path; readonly message: string }>({
  ...problem
}: P & { fix?: unknown }): P {
  delete problem.fix;
  return {
    ...problem,
    path: ["use_blueprint", "input"],
    message: `With these inputs: ${problem.message}`,
  };
}
