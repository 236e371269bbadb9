import { isDeepStrictEqual } from "node:util";
import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { AppError } from "#foundation/errors.ts";
import type { Edit } from "./problem.ts";
import type { Path } from "./value.ts";
import { parseText, readYaml } from "./yaml-read.ts";
import { readScalar } from "./yaml-scalar.ts";
import { isInline, writeInline, writeYaml } from "./yaml-write.ts";

/**
 * Applies edits, in order, to a YAML text. What they do not touch stays as it is, comments, quotes and
 * blank lines too. Throws `invalid` when the text cannot be read, `not_found` when nothing stands at a path.
 */
export function editYaml(text: string, edits: readonly Edit[]): string {
  return edits.reduce(applyEdit, text);
}

function applyEdit(text: string, edit: Edit): string {
  const document = parseText(text, new LineCounter());
  if (document.errors.length > 0) {
    throw new AppError("invalid", "automation.yaml_unreadable", "The text is no valid YAML");
  }
  const { path } = edit;
  if ("renameTo" in edit) {
    const { pair } = pairAt(document.contents, path);
    const [start, end] = rangeOf(keyOf(pair, path), path);
    return splice(text, { start, end, by: writeInline(edit.renameTo) });
  }
  if ("remove" in edit) return remove(text, document.contents, path);
  if (path.length === 0) return writeYaml(edit.value);
  const { value } = edit;
  const edited = set(text, document.contents, { path, value });
  if (holds(edited, path, value)) return edited;
  // a comment stands where a text of several lines would take it in
  return set(text, document.contents, { path, value, inline: true });
}

function holds(text: string, path: Path, value: unknown): boolean {
  let found = readYaml(text).value;
  for (const step of path) {
    if (typeof found !== "object" || found === null) return false;
    found = (found as Record<string | number, unknown>)[step];
  }
  return isDeepStrictEqual(found, value);
}

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}
const splice = (text: string, { start, end, by }: Splice) =>
  text.slice(0, start) + by + text.slice(end);

type Contents = Node | null;

function notFound(path: Path): AppError {
  return new AppError("not_found", "automation.no_such_path", "Nothing stands there in the text", {
    facts: { path: path.join(".") },
  });
}

const keyMatches = (key: unknown, step: unknown) =>
  isScalar(key) && String(readScalar(String(key.value))) === String(step);

/** The node at a path; `undefined` when it is not there. */
function nodeAt(contents: Contents, path: Path): Node | null | undefined {
  let node: unknown = contents;
  for (const step of path) {
    if (isMap(node)) node = node.items.findLast(({ key }) => keyMatches(key, step))?.value;
    else if (isSeq(node) && typeof step === "number") node = node.items[step];
    else return undefined;
    if (node === undefined) return undefined;
  }
  return node as Node | null;
}

function pairAt(contents: Contents, path: Path): { map: YAMLMap; pair: Pair } {
  const map = nodeAt(contents, path.slice(0, -1));
  const pair = isMap(map)
    ? map.items.findLast(({ key }) => keyMatches(key, path.at(-1)))
    : undefined;
  if (!isMap(map) || !pair) throw notFound(path);
  return { map, pair };
}

function keyOf({ key }: Pair, path: Path): Node {
  if (!isScalar(key)) throw notFound(path);
  return key;
}

function rangeOf(node: Node | null | undefined, path: Path): readonly [number, number] {
  if (!node?.range) throw notFound(path);
  return [node.range[0], node.range[1]];
}

/** Where the content of a node ends: before the comment and the line break that follow. */
function endOf(text: string, node: Node | null | undefined, fallback: number): number {
  if (!node?.range) return fallback;
  if ((isMap(node) || isSeq(node)) && !node.flow) {
    const last = node.items.at(-1);
    if (isSeq(node)) return endOf(text, last as Node | undefined, node.range[1]);
    const pair = last as Pair<Node, Node | null> | undefined;
    const keyEnd = pair?.key.range?.[1] ?? node.range[1];
    const valueEnd = endOf(text, pair?.value, keyEnd);
    return Math.max(valueEnd, afterColon(text, keyEnd));
  }
  let end = Math.max(node.range[1], node.range[0]);
  while (end > node.range[0] && /\s/.test(text[end - 1] ?? "")) end -= 1;
  return end;
}

const afterColon = (text: string, keyEnd: number): number => {
  const [gap = ""] = /^\s*:/.exec(text.slice(keyEnd)) ?? [];
  return keyEnd + gap.length;
};

const columnOf = (text: string, offset: number) =>
  offset - (text.lastIndexOf("\n", offset - 1) + 1);
const lineEnd = (text: string, offset: number) => {
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end;
};

/** A block of YAML with every line but the first moved to the right. */
const indented = (yaml: string, by: number) =>
  yaml.trimEnd().replaceAll(/\n(?!\n|$)/g, `\n${" ".repeat(by)}`);

/** What to write where; `inline`: on one line. */
interface Wanted {
  readonly path: Path;
  readonly value: unknown;
  readonly inline?: boolean;
}

function set(text: string, contents: Contents, wanted: Wanted): string {
  const { path, value, inline = false } = wanted;
  const parent = nodeAt(contents, path.slice(0, -1));
  const step = path.at(-1);
  if (isMap(parent)) {
    const pair = parent.items.findLast(({ key }) => keyMatches(key, step)) as
      | Pair<Node, Node | null>
      | undefined;
    if (!pair) return addPair(text, parent, wanted);
    const keyEnd = rangeOf(pair.key, path)[1];
    const end = Math.max(endOf(text, pair.value, keyEnd), afterColon(text, keyEnd));
    const column = columnOf(text, rangeOf(pair.key, path)[0]);
    return splice(text, {
      start: afterColon(text, keyEnd),
      end,
      by: valueText(value, { column, inline: inline || parent.flow === true }),
    });
  }
  if (isSeq(parent) && typeof step === "number") {
    const item = parent.items[step] as Node | undefined;
    if (!item) return addItem(text, parent, wanted);
    const start = propsStart(text, rangeOf(item, path)[0]);
    const column = columnOf(text, start);
    const by = parent.flow || inline ? writeInline(value) : indented(writeYaml(value), column);
    return splice(text, { start, end: endOf(text, item, start), by });
  }
  if ((parent === null || parent === undefined) && path.length > 1) {
    return set(text, contents, {
      ...wanted,
      path: path.slice(0, -1),
      value: typeof step === "number" ? [value] : { [String(step)]: value },
    });
  }
  throw notFound(path);
}

/** What follows a key's colon. */
function valueText(
  value: unknown,
  { column, inline }: { column: number; inline: boolean },
): string {
  if (inline || isInline(value)) return ` ${writeInline(value)}`;
  if (typeof value === "string") {
    const [, body = ""] = /^k:([\s\S]*)$/.exec(writeYaml({ k: value }).trimEnd()) ?? [];
    return indented(body, column);
  }
  return `\n${" ".repeat(column + 2)}${indented(writeYaml(value), column + 2)}`;
}

/** Back over a tag or an anchor before a value. */
function propsStart(text: string, start: number): number {
  const line = text.slice(text.lastIndexOf("\n", start - 1) + 1, start);
  const [props = ""] = /(?:[!&][^\s]*\s+)+$/.exec(line) ?? [];
  return start - props.length;
}

function addPair(text: string, map: YAMLMap, { path, value, inline }: Wanted): string {
  const key = String(path.at(-1));
  const [start, end] = rangeOf(map, path);
  if (map.flow || map.items.length === 0) {
    const inner = writeInline({ [key]: value }).slice(1, -1);
    const close = text.lastIndexOf("}", end - 1);
    const comma = map.items.length > 0 ? ", " : "";
    return splice(text, { start: close, end: close, by: comma + inner });
  }
  const column = columnOf(text, start);
  const at = lineEnd(text, endOf(text, map, end));
  const pair = inline
    ? `${writeInline(key)}: ${writeInline(value)}`
    : indented(writeYaml({ [key]: value }), column);
  const by = `\n${" ".repeat(column)}${pair}`;
  return splice(text, { start: at, end: at, by });
}

function addItem(text: string, seq: YAMLSeq, { path, value, inline }: Wanted): string {
  const [start, end] = rangeOf(seq, path);
  if (seq.flow || seq.items.length === 0) {
    const close = text.lastIndexOf("]", end - 1);
    const comma = seq.items.length > 0 ? ", " : "";
    return splice(text, { start: close, end: close, by: comma + writeInline(value) });
  }
  const column = columnOf(text, start);
  const at = lineEnd(text, endOf(text, seq, end));
  const item = inline ? `- ${writeInline(value)}` : indented(writeYaml([value]), column);
  return splice(text, { start: at, end: at, by: `\n${" ".repeat(column)}${item}` });
}

function remove(text: string, contents: Contents, path: Path): string {
  const above = path.slice(0, -1);
  const parent = nodeAt(contents, above);
  const step = path.at(-1);
  if (!isMap(parent) && !isSeq(parent)) throw notFound(path);
  const index = isMap(parent)
    ? parent.items.findLastIndex(({ key }) => keyMatches(key, step))
    : Number(step);
  const item = parent.items[index];
  if (item === undefined) throw notFound(path);
  if (parent.items.length === 1) {
    const value = isMap(parent) ? {} : [];
    return above.length === 0 ? writeYaml(value) : set(text, contents, { path: above, value });
  }
  const starts = parent.items.map((each) => startOf(text, parent, each));
  const start = starts[index] ?? 0;
  const next = starts[index + 1];
  const end = itemEnd(text, parent, item);
  if (parent.flow) {
    if (next !== undefined) return splice(text, { start, end: next, by: "" });
    const before = text.lastIndexOf(",", start);
    return splice(text, { start: before, end, by: "" });
  }
  const line = start - columnOf(text, start);
  const alone = text.slice(line, start).trim() === "";
  if (alone)
    return splice(text, {
      start: line,
      end: Math.min(lineEnd(text, end) + 1, text.length),
      by: "",
    });
  return splice(text, { start, end: next ?? end, by: "" }); // the first key after a dash: the next takes its place
}

/** Where a pair's key or an item's dash stands. */
function startOf(text: string, parent: YAMLMap | YAMLSeq, item: unknown): number {
  const node = isMap(parent) ? ((item as Pair).key as Node) : (item as Node);
  const start = propsStart(text, node.range?.[0] ?? 0);
  if (isMap(parent) || parent.flow) return start;
  return text.lastIndexOf("-", start - 1);
}

function itemEnd(text: string, parent: YAMLMap | YAMLSeq, item: unknown): number {
  if (!isMap(parent)) return endOf(text, item as Node, 0);
  const { key, value } = item as Pair<Node, Node | null>;
  const keyEnd = key.range?.[1] ?? 0;
  return Math.max(endOf(text, value, keyEnd), afterColon(text, keyEnd));
}
