import type { Core } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { isTrue, parseExpression, type Scope } from "./expression.ts";

/** True when a text is a template and not just a text. */
export function isTemplate(value: unknown): value is string {
  return typeof value === "string" && (value.includes("{{") || value.includes("{%"));
}

/** Throws `template_error` when a template cannot be read. */
export function checkTemplate(template: string): void {
  for (const part of partsOf(template)) if (part.expression) parseExpression(part.text);
}

/**
 * Renders expressions and `if` blocks: a small part of what Home Assistant can.
 *
 * Other statements render to nothing.
 */
export function renderText(template: string, core: Core, variables: Scope = {}): string {
  const scope = { ...builtIns(core), ...variables };
  const shown: boolean[] = [];
  const taken: boolean[] = [];
  let text = "";
  for (const part of partsOf(template)) {
    const visible = shown.every(Boolean);
    if (part.statement !== undefined) {
      const [, word = "", rest = ""] = /^(\w+)\s*([\s\S]*)$/u.exec(part.statement.trim()) ?? [];
      const last = shown.length - 1;
      if (word === "if") {
        const holds = isTrue(parseExpression(rest)(scope));
        shown.push(holds);
        taken.push(holds);
      } else if (word === "elif") {
        const holds = taken[last] !== true && isTrue(parseExpression(rest)(scope));
        shown[last] = holds;
        taken[last] = taken[last] === true || holds;
      } else if (word === "else") {
        shown[last] = taken[last] !== true;
      } else if (word === "endif") {
        shown.pop();
        taken.pop();
      }
    } else if (visible) {
      text += part.expression ? toText(parseExpression(part.text)(scope)) : part.text;
    }
  }
  if (shown.length > 0) {
    throw new HomeAssistantError(
      "template_error",
      "TemplateSyntaxError: Unexpected end of template. Jinja was looking for 'endif'.",
    );
  }
  return text.trim();
}

/** As `renderText`, with numbers, booleans, lists and objects as what they are. */
export function render(template: string, core: Core, variables: Scope = {}): unknown {
  const text = renderText(template, core, variables);
  if (text === "True") return true;
  if (text === "False") return false;
  if (text === "None") return null;
  if (/^-?\d+(\.\d+)?$/u.test(text) && !/^-?0\d/u.test(text)) return Number(text);
  if (/^[[{]/u.test(text)) {
    try {
      return JSON.parse(text.replaceAll("'", '"'));
    } catch {
      return text; // it only looked like a list; Home Assistant gives the text then, too
    }
  }
  return text;
}

/** Renders every template inside a value; the rest stays as it is. */
export function renderDeep(value: unknown, core: Core, variables: Scope): unknown {
  if (isTemplate(value)) return render(value, core, variables);
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, core, variables));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renderDeep(item, core, variables)]),
  );
}

/** The entities that a template names. */
export function entitiesIn(template: string): readonly string[] {
  return [...new Set(template.match(/\b[a-z_]+\.[a-z0-9_]+\b/gu) ?? [])];
}

interface Part {
  readonly text: string;
  readonly expression: boolean;
  readonly statement?: string;
}

function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  const mark = /\{\{([\s\S]*?)\}\}|\{%-?([\s\S]*?)-?%\}/gu;
  let last = 0;
  for (const match of template.matchAll(mark)) {
    parts.push({ text: template.slice(last, match.index), expression: false });
    const [whole, expression, statement] = match;
    if (expression !== undefined) parts.push({ text: expression, expression: true });
    else parts.push({ text: "", expression: false, statement: statement ?? "" });
    last = match.index + whole.length;
  }
  const rest = template.slice(last);
  if (rest.includes("{{") || rest.includes("{%")) {
    throw new HomeAssistantError(
      "template_error",
      "TemplateSyntaxError: unexpected end of template, expected 'end of print statement'.",
    );
  }
  parts.push({ text: rest, expression: false });
  return parts;
}

function toText(value: unknown): string {
  if (value === true) return "True";
  if (value === false) return "False";
  if (value === null) return "None";
  if (value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value).replaceAll('"', "'") : String(value);
}

function builtIns({ states, clock, calendar }: Core): Scope {
  const stateOf = (id: unknown) => states.get(String(id));
  return {
    states: (id: unknown) => stateOf(id)?.state ?? "unknown",
    is_state: (id: unknown, wanted: unknown) =>
      Array.isArray(wanted)
        ? wanted.includes(stateOf(id)?.state)
        : stateOf(id)?.state === String(wanted),
    state_attr: (id: unknown, name: unknown) => stateOf(id)?.attributes[String(name)] ?? null,
    is_state_attr: (id: unknown, name: unknown, wanted: unknown) =>
      stateOf(id)?.attributes[String(name)] === wanted,
    has_value: (id: unknown) => !["unknown", "unavailable", undefined].includes(stateOf(id)?.state),
    now: () => momentOf(calendar.iso(clock.now())),
    utcnow: () => momentOf(new Date(clock.now()).toISOString()),
    as_timestamp: (value: unknown) => Date.parse(String(value)) / 1000,
    range: (to: unknown) => Array.from({ length: Number(to) }, (_, index) => index),
    float: (value: unknown, otherwise: unknown) =>
      Number.isFinite(Number(value)) ? Number(value) : otherwise,
    int: (value: unknown) => Math.trunc(Number(value)),
    iif: (test: unknown, then: unknown = true, otherwise: unknown = false) =>
      isTrue(test) ? then : otherwise,
  };
}

function momentOf(iso: string) {
  return {
    hour: Number(iso.slice(11, 13)),
    minute: Number(iso.slice(14, 16)),
    second: Number(iso.slice(17, 19)),
    day: Number(iso.slice(8, 10)),
    month: Number(iso.slice(5, 7)),
    year: Number(iso.slice(0, 4)),
    isoformat: () => iso,
    timestamp: () => Date.parse(iso) / 1000,
  };
}
