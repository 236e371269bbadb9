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
import type { Problem } from "./problem.ts";
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
const MAX_ALIASED = 100_000; // values that aliases may multiply to; more is an attack

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
  const lines = new LineCounter();
  const document = parseText(text, lines);
  const problems: Problem[] = [];
  const report = ({ what, message, path, severity = "error", offset }: Finding) => {
    const line = offset === undefined ? undefined : lines.linePos(offset).line;
    problems.push({
      code: `syntax.${what}`,
      stage: "syntax",
      severity,
      path,
      ...(line !== undefined && { line }),
      message,
    });
  };
  for (const error of document.errors) {
    report({ what: "yaml", message: sentence(error.message), path: [], offset: error.pos[0] });
  }
  if (document.errors.length > 0) return { value: undefined, problems, lineOf: () => undefined };
  const reader = createReader(document, report);
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
}

const sentence = (message: string) => `This is no valid YAML: ${message.split("\n")[0] ?? message}`;

function createReader(document: Document.Parsed, report: (finding: Finding) => void) {
  let aliased = 0;

  function read(node: Node | null | undefined, path: Path): unknown {
    if (!node) return null;
    const offset = node.range?.[0];
    if (isAlias(node)) {
      const target = node.resolve(document);
      aliased += 1;
      if (target && aliased < MAX_ALIASED) return read(target, path);
      report({
        what: "alias",
        message: `There is nothing called \`*${node.source}\` before this.`,
        path,
        offset,
      });
      return null;
    }
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
    if (node.tag === "tag:yaml.org,2002:str" && node.source !== undefined && isTaggedStr(node))
      return text;
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
        report({ what: "key", message, path, offset: pair.key?.range?.[0] });
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

  return { read };
}

/** `!!str 5` is text although it is bare. */
const isTaggedStr = (node: Node): boolean => {
  const token = node.srcToken;
  return token !== undefined && "props" in token;
};

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
