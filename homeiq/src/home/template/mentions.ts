import { visit } from "./evaluate/evaluate.ts";
import { isText, literalIdsIn, type TextLiteral } from "./literal-ids.ts";
import { ENTITY_ID, LOOK_UPS, type MentionKind } from "./look-ups.ts";
import type { Args, Body, Expression, Statement } from "./syntax/syntax.ts";

/** Something of the house that a template names. */
export interface Mention {
  readonly kind: MentionKind;
  /** As it is written: an id, or a name where the function takes one. */
  readonly id: string;
  /** Where it begins, a quoted text with its quote; an index of the template's characters. */
  readonly at: number;
  /** `path`: `states.light.hall`; `plain`: outside of what is computed. */
  readonly form: "text" | "path" | "plain";
}

/** All that a template names by the functions that it is given to, in the order of reading. */
export function mentionsIn(body: Body): Mention[] {
  const literalIds = literalIdsIn(body);
  const found: Mention[] = [];

  const addTexts = (name: string, node: Expression | undefined) => {
    const lookUp = LOOK_UPS.get(name);
    if (!lookUp || node === undefined) return;
    for (const literal of literalIds(node) ?? []) {
      const isEntity = ENTITY_ID.test(literal.value.toLowerCase());
      const isMistake = lookUp.onlyEntity === true && literal === node && literal.value !== "";
      const isAsked = isEntity || isMistake || (lookUp.of !== "entity" && literal.value !== "");
      if (isAsked) found.push(mentionOf(literal, isEntity ? "entity" : lookUp.of));
    }
  };

  visit(body, (node) => {
    if (node.kind === "filter")
      for (const name of [node.name, ...namedIn(node)]) addTexts(name, node.of);
    if (node.kind === "test") addTexts(node.name, node.of);
    if (node.kind === "call" && node.callee.kind === "name") {
      const [first, ...others] = node.args;
      addTexts(node.callee.name, first);
      if (LOOK_UPS.get(node.callee.name)?.all) for (const one of others) addTexts("expand", one);
    }
    if (node.kind === "item" || node.kind === "attribute") {
      if (node.kind === "item" && isStates(node.of) && node.key.kind !== "slice") {
        for (const literal of literalIds(node.key) ?? []) {
          if (ENTITY_ID.test(literal.value)) found.push(mentionOf(literal, "entity"));
        }
      }
      const path = pathOf(node);
      if (path) found.push({ kind: "entity", id: path.id, at: path.root.at, form: "path" });
    }
  });
  return unique(found);
}

const mentionOf = (literal: TextLiteral, kind: MentionKind): Mention => ({
  kind,
  id: literal.value,
  at: literal.at,
  form: "text",
});

/** Quoted texts that look like an entity's id, wherever they stand: `light.turn_on` and a file are among them. */
export function idsIn(body: Body): Mention[] {
  const found: Mention[] = [];
  visit(body, (node) => {
    if (node.kind === "literal" && isText(node) && ENTITY_ID.test(node.value))
      found.push(mentionOf(node, "entity"));
  });
  return found;
}

/** The texts that a template may print as a whole: `{{ 'light.a' if late else 'light.b' }}`. */
export function printedIn(body: Body): Mention[] {
  if (hasNeighbours(body)) return []; // what stands beside one another is printed as one text
  const literalIds = literalIdsIn(body);
  const found: Mention[] = [];
  visit(body, (node) => {
    if (node.kind === "print") {
      found.push(...(literalIds(node.value) ?? []).map((one) => mentionOf(one, "entity")));
    }
    const id = node.kind === "text" ? node.text.trim() : "";
    if (node.kind === "text" && /^[\w.]+$/.test(id)) {
      found.push({ kind: "entity", id, at: node.at + node.text.indexOf(id), form: "plain" });
    }
  });
  return found;
}

function hasNeighbours(body: Body): boolean {
  const prints = (one: Statement) =>
    one.kind === "print" || (one.kind === "text" && one.text.trim() !== "");
  let neighbours = false;
  const judge = (list: Body) => {
    if (list.filter(prints).length > 1) neighbours = true;
    if (list.some(prints) && list.some((one) => one.kind === "if")) neighbours = true;
  };
  judge(body);
  visit(body, (node) => {
    if (node.kind === "if") for (const { body: own } of node.branches) judge(own);
    if (node.kind === "if") judge(node.otherwise);
  });
  return neighbours;
}

export const isStates = (node: Expression) => node.kind === "name" && node.name === "states";

/** `states.light.hall`, also with brackets: the entity and the node `states` in it. */
export function pathOf(node: Expression): { id: string; root: Expression } | undefined {
  if (node.kind !== "attribute" && node.kind !== "item") return undefined;
  const { of } = node;
  const name = lastName(node);
  if (name === undefined || (of.kind !== "attribute" && of.kind !== "item")) return undefined;
  const domain = lastName(of);
  if (domain === undefined || domain.includes(".") || !isStates(of.of)) return undefined;
  const id = `${domain}.${name}`;
  return ENTITY_ID.test(id) ? { id, root: of.of } : undefined;
}

function lastName(node: Expression): string | undefined {
  if (node.kind === "attribute") return node.name;
  if (node.kind !== "item" || node.key.kind !== "literal") return undefined;
  return typeof node.key.value === "string" ? node.key.value : undefined;
}

/** The filters and tests that `map('…')`, `select('…')` name. */
export function namedIn({ args }: Args): string[] {
  return args.flatMap((one) => (isText(one) ? [one.value] : []));
}

/** What is followed by two names is found twice. */
function unique(mentions: readonly Mention[]): Mention[] {
  const seen = new Set<string>();
  return mentions.filter(({ kind, at }) => {
    const key = `${kind} ${at}`;
    return !seen.has(key) && seen.add(key);
  });
}
