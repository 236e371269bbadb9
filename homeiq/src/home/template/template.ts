import { AppError } from "#foundation/errors.ts";
import { compile, visit } from "./evaluate/evaluate.ts";
import { library } from "./functions/functions.ts";
import { parseResult, toNative } from "./python/python.ts";
import { referencesIn } from "./references.ts";
import { checkLength, failure, type Run } from "./run.ts";
import { type Body, parseTemplate } from "./syntax/syntax.ts";
import type { TemplateWorld } from "./world.ts";

export {
  type Mention,
  type MentionKind,
  namesInTemplate,
  renameInTemplate,
  type TemplateNames,
  templateFunctions,
  type VariableRead,
} from "./names.ts";
export { toNative } from "./python/python.ts";
export type { TemplateWorld, WorldState } from "./world.ts";

/** What Home Assistant would refuse the template for. */
export interface TemplateProblem {
  /** As Jinja2 says it. */
  readonly message: string;
  /** Where in the text, an index of its characters. */
  readonly at?: number;
}

export interface CompiledTemplate {
  /** Empty when the template can be rendered. */
  readonly problems: readonly TemplateProblem[];
  /** Those that its text names. */
  readonly entityIds: readonly string[];
  /** Its result changes as time passes. */
  readonly usesNow: boolean;
  /** `everything`: it goes through all states or those of a domain, or computes an entity's id. */
  readonly reads: "entities" | "everything";
  /** Functions, filters and tests of Home Assistant that we know and cannot evaluate. */
  readonly unsupported: readonly string[];
  /** Names that neither Home Assistant nor the template itself gives a meaning; they may be variables. */
  readonly unknownNames: readonly string[];
  /**
   * The result in the type that Home Assistant gives it: a number, a boolean, a list, a dict (a plain object), `null`
   * or text. Throws `template.failed` when Home Assistant's would fail, `template.not_supported` when only it can.
   */
  render(world: TemplateWorld, variables?: Readonly<Record<string, unknown>>): unknown;
  /**
   * As `render`, but the value keeps what JSON cannot say: that 21.0 is no int, that a list is a tuple.
   * It is there to be a variable of other templates, as Home Assistant's `variables` are.
   */
  renderValue(world: TemplateWorld, variables?: Readonly<Record<string, unknown>>): unknown;
  /** The text, before it is read as a number or list. */
  renderText(world: TemplateWorld, variables?: Readonly<Record<string, unknown>>): string;
}

/** Does Home Assistant render this text, rather than take it as it is? */
export function isTemplate(text: string): boolean {
  return text.includes("{{") || text.includes("{%") || text.includes("{#");
}

/** Reads a template once, to be rendered often. What is wrong with its syntax is in `problems`; never throws. */
export function compileTemplate(text: string): CompiledTemplate {
  const trimmed = text.trim();
  const shift = text.length - text.trimStart().length;
  try {
    const body = isTemplate(trimmed) ? parseTemplate(trimmed) : [];
    const problems = unknownIn(body).map(({ message, at }) => ({ message, at: at + shift }));
    if (problems.length > 0) return withProblems(problems);
    const print = isTemplate(trimmed)
      ? compile(body, library)
      : (run: Run) => printPlain(run, trimmed);
    const renderText = (world: TemplateWorld, variables = NO_VARIABLES) =>
      rendered(print, { template: trimmed, library, world, variables, out: "", steps: 0 });
    return {
      problems,
      ...referencesIn(body),
      renderText,
      renderValue: (world, variables) => parseResult(renderText(world, variables)),
      render: (world, variables) => toNative(parseResult(renderText(world, variables))),
    };
  } catch (error) {
    return withProblems([problemOf(error, shift)]);
  }
}

const NO_VARIABLES: Readonly<Record<string, unknown>> = {};

function printPlain(run: Run, text: string): void {
  run.out = text;
}

function rendered(print: (run: Run) => void, run: Run): string {
  try {
    print(run);
    checkLength(run.out.length);
    return run.out.trim();
  } catch (error) {
    if (error instanceof AppError) throw error;
    if (error instanceof RangeError) {
      throw failure("RecursionError", "maximum recursion depth exceeded");
    }
    throw new AppError("invalid", "template.failed", "The template cannot be evaluated", {
      cause: error,
    });
  }
}

function problemOf(error: unknown, shift: number): TemplateProblem {
  if (error instanceof AppError && typeof error.facts.at === "number") {
    return { message: error.message, at: error.facts.at + shift };
  }
  if (error instanceof RangeError) return { message: "The template is nested too deeply." };
  throw error;
}

function withProblems(problems: readonly TemplateProblem[]): CompiledTemplate {
  const refuse = (): never => {
    const message = problems[0]?.message ?? "invalid template";
    throw failure("TemplateSyntaxError", message);
  };
  return {
    problems,
    entityIds: [],
    usesNow: false,
    reads: "entities",
    unsupported: [],
    unknownNames: [],
    render: refuse,
    renderValue: refuse,
    renderText: refuse,
  };
}

const HARD = new Set(["for", "macro", "with", "call block", "filter block", "set block", "block"]);

/** Unknown filters and tests. Right within an `if` Jinja2 finds them only when it comes there: then they are none. */
function unknownIn(body: Body): { message: string; at: number }[] {
  const problems: { message: string; at: number }[] = [];
  const soft = new Set<unknown>();
  visit(body, (node) => {
    if (node.kind === "if" || node.kind === "conditional") visit(node, (inner) => soft.add(inner));
    if (HARD.has(node.kind) && "body" in node) visit(node.body, (inner) => soft.delete(inner));
    if (soft.has(node)) return;
    if (node.kind === "filter" && library.filter(node.name) === undefined) {
      problems.push({ message: `No filter named '${node.name}'.`, at: node.at });
    }
    if (node.kind === "test" && library.test(node.name) === undefined) {
      problems.push({ message: `No test named '${node.name}'.`, at: node.at });
    }
  });
  return problems;
}
