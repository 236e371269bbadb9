import type { Blueprint } from "./blueprint.ts";
import type { Problem } from "./problem.ts";
import { nearest } from "./spelling.ts";
import { isTagged, type Json, type JsonMap } from "./value.ts";

/**
 * Puts inputs, or their defaults, in the place of `!input`, as Home Assistant does before it reads the result.
 * Value: what stands beside `blueprint`; absent when an input is missing.
 */
export function substitute(
  blueprint: Blueprint,
  input: JsonMap,
): { readonly value?: JsonMap; readonly problems: readonly Problem[] } {
  const values = new Map(Object.entries(input));
  for (const [name, { default: fallback }] of blueprint.inputs) {
    if (!values.has(name) && fallback !== undefined) values.set(name, fallback);
  }
  const missing = [...blueprint.inputs.keys()].filter((name) => !values.has(name));
  const strange = Object.keys(input).filter((name) => !blueprint.inputs.has(name));
  const problems = [
    ...missing.map((name) => missingInput(name, strange)),
    ...strange.map((name) => strangeInput(name, missing)),
  ];
  if (missing.length > 0) return { problems };
  return { value: fill(blueprint.body, values) as JsonMap, problems }; // a map stays one
}

function fill(value: Json, inputs: ReadonlyMap<string, Json>): Json {
  if (isTagged(value)) {
    return value.tag === "!input" ? (inputs.get(String(value.value)) ?? null) : value;
  }
  if (Array.isArray(value)) return value.map((item: Json) => fill(item, inputs));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fill(item, inputs)]));
}

const base = { stage: "schema" } as const;

function missingInput(name: string, strange: readonly string[]): Problem {
  const meant = nearest(name, strange);
  return {
    ...base,
    code: "schema.missing_input",
    severity: "error",
    path: ["use_blueprint", "input", name],
    message: `The blueprint needs the input \`${name}\`${meant ? ` (\`${meant.word}\` may be meant).` : "."}`,
    facts: { input: name },
    ...(meant && {
      fix: {
        words: `Write \`${name}\` instead of \`${meant.word}\``,
        edits: [{ path: ["use_blueprint", "input", meant.word], renameTo: name }],
        score: meant.score,
      },
    }),
  };
}

function strangeInput(name: string, missing: readonly string[]): Problem {
  return {
    ...base,
    code: "schema.strange_input",
    severity: missing.some((other) => nearest(name, [other])) ? "hint" : "warning",
    path: ["use_blueprint", "input", name],
    message: `The blueprint does not ask for \`${name}\`; it is ignored.`,
    facts: { input: name },
  };
}
