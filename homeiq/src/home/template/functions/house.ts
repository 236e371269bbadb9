import {
  contains,
  type Definitions,
  equals,
  isIterable,
  listOf,
  toText,
  truthy,
} from "../python/python.ts";
import type { Run } from "../run.ts";
import { domainOf, findState, readState, StateValue, stateOf } from "../state.ts";
import type { Family } from "./family.ts";

const NO_VALUE = new Set(["unavailable", "unknown"]);

function attributeOf(run: Run, entityId: unknown, name: unknown): unknown {
  const state = findState(run, entityId);
  const key = toText(name);
  if (state === undefined || !Object.hasOwn(state.attributes, key)) return undefined;
  return state.attributes[key];
}

function isState(run: Run, entityId: unknown, wanted: unknown): boolean {
  const state = findState(run, entityId)?.state;
  if (state === undefined) return false;
  return state === wanted || (Array.isArray(wanted) && contains(run, wanted, state));
}

/** Groups become their members, zones the persons in them; nothing comes twice. */
function expand(run: Run, args: readonly unknown[]): unknown[] {
  const search = [...args];
  const found = new Map<string, StateValue>();
  while (search.length > 0) {
    const one = search.pop();
    const state = typeof one === "string" ? findState(run, one) : undefined;
    const value = state === undefined ? one : stateOf(state);
    if (!(value instanceof StateValue)) {
      const isMany = typeof one !== "string" && isIterable(run, one);
      if (isMany) search.push(...listOf(run, one));
      continue;
    }
    const { entityId, attributes } = value.state;
    if (found.has(entityId)) continue;
    const members = membersOf(entityId, attributes);
    if (members === undefined) found.set(entityId, value);
    else search.push(...members);
  }
  return [...found.values()];
}

/** `undefined`: it is no group. */
function membersOf(
  entityId: string,
  attributes: Readonly<Record<string, unknown>>,
): readonly unknown[] | undefined {
  const domain = domainOf(entityId);
  if (domain === "zone") return listIn(attributes.persons);
  // Groups of the group integration under another domain, as a light group, list their members too.
  if (domain === "group" || Array.isArray(attributes.entity_id))
    return listIn(attributes.entity_id);
  return undefined;
}

const listIn = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const hasValue: Definitions["x"] = [
  "entity_id",
  (run, [entityId]) => {
    const state = findState(run, entityId)?.state;
    return state !== undefined && !NO_VALUE.has(state);
  },
];
const isStateFunction: Definitions["x"] = [
  "entity_id state",
  (run, [entityId, state]) => isState(run, entityId, state),
];
const isStateAttr: Definitions["x"] = [
  "entity_id name value",
  (run, [entityId, name, value]) => {
    const attribute = attributeOf(run, entityId, name);
    return attribute !== undefined && equals(attribute, value);
  },
];

/** What templates ask of states. */
export const house: Family = {
  globals: { is_state: isStateFunction, is_state_attr: isStateAttr },
  tests: { is_state: isStateFunction, is_state_attr: isStateAttr, has_value: hasValue },
  both: {
    has_value: hasValue,
    state_attr: [
      "entity_id name",
      (run, [entityId, name]) => attributeOf(run, entityId, name) ?? null,
    ],
    expand: ["*args", (run, [args]) => expand(run, args as unknown[])],
  },
  filters: {
    states: [
      "entity_id rounded? with_unit?",
      (run, [entityId, rounded, withUnit]) => {
        const unit = truthy(withUnit ?? false);
        return readState(run, entityId, {
          rounded: rounded === undefined ? unit : truthy(rounded),
          unit,
        });
      },
    ],
  },
};
