import {
  type Fix,
  isTemplateText,
  nearest as nearestWord,
  type Path,
} from "#home/automation/automation.ts";
import { namesInTemplate, templateFunctions } from "#home/template/template.ts";
import { bySeverity, type Found, type Level } from "./subject.ts";

const NOT_RENDERED = new Set(["id", "alias", "description", "metadata"]);

interface Text {
  readonly text: string;
  readonly path: Path;
}

/** Functions, filters and tests in templates that Home Assistant does not have: rendering fails when it comes there. */
export function findUnknownFunctions(raw: unknown, { level }: { level: Level }): Found[] {
  return templatesIn(raw).flatMap(({ text, path }) => {
    const { unknown, reads } = namesInTemplate(text);
    const called = reads
      .filter((read) => read.called && read.path.length === 0)
      .map(({ name, at }) => ({ what: "function" as const, name, at }));
    return [...unknown, ...called].map(({ what, name, at }): Found => {
      const known = { function: "globals", filter: "filters", test: "tests" } as const;
      const meant = nearestWord(name, templateFunctions[known[what]])?.word;
      const question = meant === undefined ? "" : ` Did you mean \`${meant}\`?`;
      const fix = meant === undefined ? undefined : fixOf({ text, path }, { name, at, meant });
      return {
        code: "unknown_template_function",
        severity: bySeverity(level),
        path,
        message: `Home Assistant has no template ${what} \`${name}\`: it gives up when it comes there.${question}`,
        facts: { [what]: name },
        ...(fix && { fix }),
      };
    });
  });
}

/** The text with another word at the place of a wrong one. */
export function fixOf(
  { text, path }: Text,
  { name, at, meant }: { name: string; at: number; meant: string },
): Fix | undefined {
  const start = text.indexOf(name, at);
  if (start < 0) return undefined;
  const value = text.slice(0, start) + meant + text.slice(start + name.length);
  return { words: `Write \`${meant}\`.`, edits: [{ path, value }], score: 0.8 };
}

function templatesIn(value: unknown, path: Path = []): Text[] {
  if (typeof value === "string") return isTemplateText(value) ? [{ text: value, path }] : [];
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((item, index) => templatesIn(item, [...path, index]));
  return Object.entries(value).flatMap(([key, item]) =>
    NOT_RENDERED.has(key) ? [] : templatesIn(item, [...path, key]),
  );
}
