import { Document, isMap, isSeq, type Node, Pair, Scalar, YAMLMap, YAMLSeq } from "yaml";
import { isTagged } from "./value.ts";
import { needsQuotes } from "./yaml-scalar.ts";

/** A value as YAML text that Home Assistant reads back as the same: `on`, `12:30` and their like are quoted. */
export function writeYaml(value: unknown): string {
  const document = new Document(null, { version: "1.1", schema: "failsafe" });
  document.contents = toNode(value);
  return document.toString({ lineWidth: 0, indent: 2 });
}

/** The same on one line, for within a line: `{a: 1, b: [x, y]}`. */
export function writeInline(value: unknown): string {
  const document = new Document(null, { version: "1.1", schema: "failsafe" });
  document.contents = toNode(value, true);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}

/** Whether it is written on one line anyway. */
export const isInline = (value: unknown): boolean => {
  if (typeof value === "string") return !value.includes("\n");
  if (typeof value !== "object" || value === null) return true;
  return isTagged(value) || Object.keys(value).length === 0;
};

/** A node of the failsafe schema: what is no text is a bare word that reads as what it is. */
export function toNode(value: unknown, flow = false): Node {
  if (typeof value === "string") return textNode(value, flow);
  if (isTagged(value)) {
    const node = typeof value.value === "string" ? plain(value.value) : toNode(value.value, flow);
    node.tag = value.tag;
    return node;
  }
  if (Array.isArray(value)) {
    const seq = new YAMLSeq();
    for (const item of value as unknown[]) seq.items.push(toNode(item, flow));
    return flowed(seq, flow);
  }
  if (typeof value === "object" && value !== null) {
    const map = new YAMLMap<Node, Node>();
    for (const [key, item] of Object.entries(value)) {
      if (item !== undefined)
        map.items.push(new Pair<Node, Node>(textNode(key, flow), toNode(item, flow)));
    }
    return flowed(map, flow);
  }
  return plain(bareWord(value));
}

function flowed<Collection extends YAMLMap<Node, Node> | YAMLSeq>(
  node: Collection,
  flow: boolean,
): Collection {
  const empty = (isMap(node) || isSeq(node)) && node.items.length === 0;
  if (flow || empty) node.flow = true;
  return node;
}

function textNode(text: string, flow: boolean): Scalar {
  const node = new Scalar(text);
  const oneLine = flow && text.includes("\n");
  if (needsQuotes(text) || oneLine || /^\s|\s$/.test(text)) node.type = Scalar.QUOTE_DOUBLE;
  return node;
}

function plain(word: string): Scalar {
  const node = new Scalar(word);
  node.type = Scalar.PLAIN;
  return node;
}

function bareWord(value: unknown): string {
  if (typeof value !== "number") return value === undefined ? "null" : String(value);
  if (Number.isNaN(value)) return ".nan";
  if (!Number.isFinite(value)) return value > 0 ? ".inf" : "-.inf";
  const digits = String(value);
  // YAML 1.1 wants a point and a sign: 1e21 would be text
  return digits.includes("e") && !digits.includes(".") ? digits.replace("e", ".0e") : digits;
}
