import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
} from "yaml";
import type { Fix, Problem } from "./problem.ts";
import type { Path, Tagged } from "./value.ts";
import { isBareDate, readScalar } from "./yaml-scalar.ts";

/** A YAML text as Home Assistant reads it. */
export interface YamlText {
  /** Plain values; a tag that Home Assistant resolves becomes a {@link Tagged} value. `undefined` when it cannot be read. */
  readonly value: unknown;
  /** Of the stage `syntax`. */
  readonly problems: readonly Problem[];
  /** One-based line of a key or an item; of what is nearest above it when it is not there. */
  lineOf(path: Path): number | undefined;
}

const TAGS = new Set([
  "!secret",
  "!input",
  "!env_var",
  "!include",
  "!include_dir_list",
  "!include_dir_merge_list",
  "!include_dir_named",
  "!include_dir_merge_named",
  "!lambda",
]);
const MAX_NODES = 100_000; // aliases may multiply a small text to more than memory holds

/** YAML 1.1 as PyYAML has it: the failsafe schema, so that every scalar is text until it is read here. */
export const parseText = (text: string, lineCounter: LineCounter): Document.Parsed =>
  parseDocument(text, {
    version: "1.1",
    schema: "failsafe",
    uniqueKeys: false,
    merge: false,
    keepSourceTokens: true,
    prettyErrors: false,
    lineCounter,
  });

/** Reads a YAML text; nothing is thrown, and nothing is resolved that needs files. */
export function readYaml(text: string): YamlText {
  try {
    return readText(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error; // the stack is full: thousands of levels
    const message = "This is nested too deeply.";
    const problem: Problem = {
      code: "syntax.yaml",
      stage: "syntax",
      severity: "error",
      path: [],
      message,
    };
    return { value: undefined, problems: [problem], lineOf: () => undefined };
  }
}

function readText(text: string): YamlText {
  const lines = new LineCounter();
  const document = parseText(text, lines);
  const problems: Problem[] = [];
  const report = ({ what, message, path, severity = "error", offset, fix }: Finding) => {
    const line = offset === undefined ? undefined : lines.linePos(offset).line;
    problems.push({
      code: `syntax.${what}`,
      stage: "syntax",
      severity,
      path,
      ...(line !== undefined && { line }),
      message,
      ...(fix && { fix }),
    });
  };
  for (const error of document.errors) {
    report({ what: "yaml", message: sentence(error.message), path: [], offset: error.pos[0] });
  }
  if (document.errors.length > 0) return { value: undefined, problems, lineOf: () => undefined };
  const reader = createReader(text, report);
  const value = reader.read(document.contents, []);
  const failed = problems.some(({ severity }) => severity === "error");
  return {
    value: failed ? undefined : value,
    problems,
    lineOf(path) {
      const offset = offsetOf(document, path);
      return offset === undefined ? undefined : lines.linePos(offset).line;
    },
  };
}

interface Finding {
  readonly what: string;
  readonly message: string;
  readonly path: Path;
  readonly severity?: Problem["severity"];
  readonly offset?: number | undefined;
  readonly fix?: Fix | undefined;
}

const sentence = (message: string) => `This is no valid YAML: ${message.split("\n")[0] ?? message}`;

function createReader(text: string, report: (finding: Finding) => void) {
  const anchors = new Map<string, Node>();
  const open = new Set<Node>();
  let count = 0;

  function read(node: Node | null | undefined, path: Path): unknown {
    if (!node) return null;
    const offset = node.range?.[0];
    count += 1;
    if (count > MAX_NODES) {
      if (count === MAX_NODES + 1)
        report({ what: "alias", message: "This is too much.", path, offset });
      return null;
    }
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (target && !open.has(target)) return read(target, path);
      const message = `There is nothing called \`*${node.source}\` before this.`;
      report({ what: "alias", message, path, offset });
      return null;
    }
    if ("anchor" in node && typeof node.anchor === "string") anchors.set(node.anchor, node);
    open.add(node);
    const value = readTagged(node, path);
    open.delete(node);
    return value;
  }

  function readTagged(node: Node, path: Path): unknown {
    const offset = node.range?.[0];
    const tag = node.tag?.startsWith("!") ? node.tag : undefined;
    if (tag === undefined) return readPlain(node, path);
    if (!TAGS.has(tag)) {
      report({ what: "tag", message: `Home Assistant knows no tag \`${tag}\`.`, path, offset });
      return null;
    }
    const inner = isScalar(node) ? String(node.value ?? "") : readPlain(node, path);
    return { tag, value: inner } as Tagged; // a scalar's text, or what was read
  }

  function readPlain(node: Node, path: Path): unknown {
    if (isMap(node)) return readMap(node, path);
    if (isSeq(node)) {
      return node.items.map((item, index) => read(item as Node | null, [...path, index]));
    }
    if (!isScalar(node)) return null;
    const text = String(node.value ?? "");
    if (node.type !== "PLAIN" && node.type !== undefined) return text;
    if (node.tag === "tag:yaml.org,2002:str") return text; // `!!str 5`
    if (isBareDate(text)) {
      const message = `Quote \`${text}\`: YAML makes a date of it, which Home Assistant does not take for text.`;
      report({ what: "date", message, path, severity: "warning", offset: node.range?.[0] });
    }
    return readScalar(text);
  }

  function readMap(node: YAMLMap, path: Path): Record<string, unknown> {
    const merged: Record<string, unknown> = {};
    const own = new Map<string, unknown>();
    for (const pair of node.items as Pair<Node, Node | null>[]) {
      if (!isScalar(pair.key) && !isAlias(pair.key)) {
        const message = "A key must be text; `{{ … }}` must be quoted.";
        report({
          what: "key",
          message,
          path,
          offset: pair.key?.range?.[0],
          fix: quoted(node, path),
        });
        continue;
      }
      const key = keyOf(pair.key, path);
      if (key === "<<" && isScalar(pair.key) && pair.key.type === "PLAIN") {
        for (const [name, value] of mergedEntries(pair.value, path)) merged[name] ??= value;
        continue;
      }
      if (own.has(key)) {
        const message = `\`${key}\` stands here twice; the last one counts.`;
        report({
          what: "duplicate_key",
          message,
          path: [...path, key],
          severity: "warning",
          offset: pair.key.range?.[0],
        });
      }
      own.set(key, read(pair.value, [...path, key]));
    }
    return { ...merged, ...Object.fromEntries(own) };
  }

  function keyOf(key: Node, path: Path): string {
    const value = read(key, path);
    if (typeof value === "boolean") {
      const message = `The key \`${isScalar(key) ? String(key.value) : value}\` is ${value} for YAML; quote it.`;
      report({ what: "key", message, path, severity: "warning", offset: key.range?.[0] });
    }
    return String(value);
  }

  function mergedEntries(node: Node | null | undefined, path: Path): [string, unknown][] {
    const value = read(node, path);
    const maps = Array.isArray(value) ? value : [value];
    return maps.flatMap((map: unknown) => {
      if (typeof map === "object" && map !== null && !Array.isArray(map))
        return Object.entries(map);
      report({
        what: "merge",
        message: "`<<` merges sets of keys only.",
        path,
        offset: node?.range?.[0],
      });
      return [];
    });
  }

  /** `{{ … }}` without quotes is a set of keys whose key is one. */
  function quoted(node: YAMLMap, path: Path): Fix | undefined {
    const [start, end] = node.range ?? [0, 0];
    const value = text.slice(start, end);
    if (!value.startsWith("{{")) return undefined;
    return { words: "Quote the template", edits: [{ path, value }] };
  }

  return { read };
}

/** Where in the text a key or an item begins, or what is nearest above it. */
function offsetOf(document: Document.Parsed, path: Path): number | undefined {
  let node: unknown = document.contents;
  let offset = (node as Node | null)?.range?.[0];
  for (const step of path) {
    if (isAlias(node)) return offset;
    if (isMap(node)) {
      const pair = node.items.findLast(
        (item) => isScalar(item.key) && String(readScalar(String(item.key.value))) === String(step),
      );
      if (!pair) return offset;
      offset = (pair.key as Node).range?.[0] ?? offset;
      node = pair.value;
    } else if (isSeq(node) && typeof step === "number") {
      node = node.items[step];
      offset = (node as Node | undefined)?.range?.[0] ?? offset;
    } else return offset;
  }
  return offset;
}
