import { assignedIn, visit } from "./evaluate/evaluate.ts";
import { library, NOT_EVALUATED } from "./functions/functions.ts";
import { literalIdsIn } from "./literal-ids.ts";
import { ENTITY_ID, LOOK_UPS } from "./look-ups.ts";
import { isStates, mentionsIn, namedIn, pathOf } from "./mentions.ts";
import type { Body, Expression } from "./syntax/syntax.ts";

/** What a template names, as far as its text says. */
export interface References {
  readonly entityIds: readonly string[];
  readonly usesNow: boolean;
  readonly reads: "entities" | "everything";
  readonly unsupported: readonly string[];
  readonly unknownNames: readonly string[];
}

const NOW = new Set(["now", "utcnow", "today_at", "relative_time", "time_since", "time_until"]);
/** Given by Home Assistant to what it renders; `states` is a function. */
const FROM_OUTSIDE = new Set([
  "trigger",
  "this",
  "repeat",
  "wait",
  "context",
  "value",
  "value_json",
]);
const STATE_PARTS = new Set(["call", "attribute", "item"]);

/** Reads what a template names. */
export function referencesIn(body: Body): References {
  const assigned = assignedIn(body);
  const literalIds = literalIdsIn(body);
  const unsupported = new Set<string>();
  const unknownNames = new Set<string>();
  const used = new Set<Expression>();
  let usesNow = false;
  let reads: References["reads"] = "entities";

  const everything = () => {
    reads = "everything";
  };
  const readState = (node: Expression | undefined) => {
    if (node && literalIds(node) === undefined && !isFromStates(node)) everything();
  };
  const addFunction = (name: string, first: Expression | undefined) => {
    if (NOW.has(name)) usesNow = true;
    if (LOOK_UPS.get(name)?.readsState) readState(first);
  };

  visit(body, (node) => {
    if (node.kind === "import" || node.kind === "include" || node.kind === "extends") {
      unsupported.add(node.kind);
      return;
    }
    if (node.kind === "filter") {
      addFunction(node.name, node.of);
      if (includes(NOT_EVALUATED.filters, node.name)) unsupported.add(node.name);
      for (const name of namedIn(node)) addFunction(name, node.of);
      if (library.filter(node.name) === undefined) unknownNames.add(node.name);
    }
    if (node.kind === "test") {
      addFunction(node.name, node.of);
      if (includes(NOT_EVALUATED.tests, node.name)) unsupported.add(node.name);
      if (library.test(node.name) === undefined) unknownNames.add(node.name);
    }
    if (node.kind === "call" && node.callee.kind === "name") {
      const [first, ...others] = node.args;
      addFunction(node.callee.name, first);
      if (node.callee.name === "expand") for (const other of others) readState(other);
    }
    if (STATE_PARTS.has(node.kind)) addStatesPath(node as Expression);
    if (node.kind === "name" && !assigned.has(node.name)) {
      if (includes(NOT_EVALUATED.globals, node.name)) unsupported.add(node.name);
      if (NOW.has(node.name)) usesNow = true;
      if (node.name === "states" && !used.has(node)) everything();
      const isKnown = library.global(node.name) !== undefined || FROM_OUTSIDE.has(node.name);
      if (!isKnown) unknownNames.add(node.name);
    }
  });
  return {
    entityIds: entityIdsOf(body),
    usesNow,
    reads,
    unsupported: [...unsupported],
    unknownNames: [...unknownNames],
  };

  /** `states('a.b')`, `states.a.b`, `states['a.b']`: not all states are read, though `states` is named. */
  function addStatesPath(node: Expression): void {
    if (node.kind === "call" && isStates(node.callee)) used.add(node.callee);
    if (node.kind === "item" && isStates(node.of) && node.key.kind !== "slice") {
      const ids = literalIds(node.key);
      if (ids?.every(({ value }) => ENTITY_ID.test(value))) used.add(node.of);
    }
    const path = pathOf(node);
    if (path) used.add(path.root);
  }
}

function entityIdsOf(body: Body): string[] {
  const ids = mentionsIn(body).flatMap(({ kind, id }) =>
    kind === "entity" && ENTITY_ID.test(id) ? [id] : [],
  );
  return [...new Set(ids)];
}

const includes = (names: readonly string[], name: string) => names.includes(name);

/** `states.light` given to `expand`: the walk finds it by itself. */
function isFromStates(node: Expression): boolean {
  if (node.kind === "attribute" || node.kind === "item") return isFromStates(node.of);
  return isStates(node);
}
