import { assignedIn, visit } from "./evaluate/evaluate.ts";
import { library, NOT_EVALUATED } from "./functions/functions.ts";
import { literalIdsIn } from "./literal-ids.ts";
import type { Args, Body, Expression } from "./syntax/syntax.ts";

/** What a template names, as far as its text says. */
export interface References {
  readonly entityIds: readonly string[];
  readonly usesNow: boolean;
  readonly reads: "entities" | "everything";
  readonly unsupported: readonly string[];
  readonly unknownNames: readonly string[];
}

const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const NOW = new Set(["now", "utcnow", "today_at", "relative_time", "time_since", "time_until"]);
/** Their first argument, or what is before the `|` or `is`, is an entity or several. */
const OF_ENTITIES = new Set([
  "states",
  "is_state",
  "state_attr",
  "is_state_attr",
  "has_value",
  "expand",
  "closest",
  "state_translated",
  "state_attr_translated",
  "distance",
]);
/** They name entities, but what they answer depends on no state. */
const OF_REGISTRY = new Set([
  "device_id",
  "device_name",
  "area_id",
  "area_name",
  "floor_id",
  "floor_name",
  "labels",
  "entity_name",
  "device_attr",
  "is_device_attr",
  "config_entry_id",
  "is_hidden_entity",
]);
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
  const entityIds = new Set<string>();
  const unsupported = new Set<string>();
  const unknownNames = new Set<string>();
  const used = new Set<Expression>();
  let usesNow = false;
  let reads: References["reads"] = "entities";

  const everything = () => {
    reads = "everything";
  };
  const addEntities = (node: Expression | undefined, ofState: boolean) => {
    if (node === undefined) return;
    const ids = literalIds(node);
    for (const id of ids ?? []) if (ENTITY_ID.test(id)) entityIds.add(id);
    if (ids === undefined && ofState && !isFromStates(node)) everything();
  };
  const addFunction = (name: string, first: Expression | undefined) => {
    if (NOW.has(name)) usesNow = true;
    if (OF_ENTITIES.has(name)) addEntities(first, true);
    if (OF_REGISTRY.has(name)) addEntities(first, false);
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
      if (node.callee.name === "expand") for (const other of others) addEntities(other, true);
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
    entityIds: [...entityIds],
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
      if (ids === undefined || !ids.every((id) => ENTITY_ID.test(id))) return;
      used.add(node.of);
      for (const id of ids) entityIds.add(id);
    }
    if (node.kind !== "attribute" && node.kind !== "item") return;
    const { of } = node;
    const name = lastName(node);
    if (name === undefined || (of.kind !== "attribute" && of.kind !== "item")) return;
    const domain = lastName(of);
    if (domain === undefined || domain.includes(".") || !isStates(of.of)) return;
    used.add(of.of);
    const id = `${domain}.${name}`;
    if (ENTITY_ID.test(id)) entityIds.add(id);
  }
}

const includes = (names: readonly string[], name: string) => names.includes(name);
const isStates = (node: Expression) => node.kind === "name" && node.name === "states";

function lastName(node: Expression): string | undefined {
  if (node.kind === "attribute") return node.name;
  if (node.kind !== "item" || node.key.kind !== "literal") return undefined;
  return typeof node.key.value === "string" ? node.key.value : undefined;
}

/** `states.light` given to `expand`: the walk finds it by itself. */
function isFromStates(node: Expression): boolean {
  if (node.kind === "attribute" || node.kind === "item") return isFromStates(node.of);
  return isStates(node);
}

/** The filters and tests that `map('…')`, `select('…')` name. */
function namedIn({ args }: Args): string[] {
  return args.flatMap((one) =>
    one.kind === "literal" && typeof one.value === "string" ? [one.value] : [],
  );
}
