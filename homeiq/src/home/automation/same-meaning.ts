import type { Condition } from "./condition.ts";
import type { Automation, Script } from "./configuration.ts";

/**
 * Whether two automations, or two scripts, do the same: all but names, descriptions, the id, what the interface keeps, how
 * many traces are stored, and whether what is the default was written.
 */
export function sameMeaning<One extends Automation | Script>(one: One, other: One): boolean {
  return meaningOf(one) === meaningOf(other);
}

const meaningOf = (automation: Automation | Script): string => {
  const {
    alias: _alias,
    description: _words,
    storedTraces: _traces,
    extra: _extra,
    ...rest
  } = { ...automation, id: undefined, icon: undefined };
  const counts = rest.mode === "queued" || rest.mode === "parallel";
  return JSON.stringify(ordered({ ...rest, max: counts ? (rest.max ?? 10) : undefined }));
};

/** Keys that say nothing about what happens. */
const SILENT = new Set(["alias", "extra", "metadata"]);

/** Keys in one order, and what is the default left out. */
function ordered(value: unknown, key?: string): unknown {
  if (Array.isArray(value))
    return lists(
      value.map((item) => ordered(item)),
      key,
    );
  if (typeof value !== "object" || value === null) return value;
  const plain = flatten(value);
  const kept = Object.entries(plain)
    .filter(([name, item]) => !SILENT.has(name) && !isDefault(name, item))
    .map(([name, item]) => [name, ordered(item, name)] as const)
    .toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(kept);
}

/** The order of days, and of the entities of a condition, does not matter. */
function lists(items: unknown[], key: string | undefined): unknown[] {
  if (key !== "weekdays" && key !== "labelIds") return items;
  return items.toSorted((one, other) => (String(one) < String(other) ? -1 : 1));
}

/** A group of one that is `and` or `or` is what it holds. */
function flatten(value: object): object {
  const condition = value as Condition;
  if ((condition.kind !== "and" && condition.kind !== "or") || condition.enabled !== undefined)
    return value;
  const [only] = condition.conditions ?? [];
  return condition.conditions?.length === 1 && only ? flatten(only) : value;
}

function isDefault(name: string, value: unknown): boolean {
  if (value === undefined) return true;
  switch (name) {
    case "enabled":
    case "continueOnTimeout":
      return value === true;
    case "continueOnError":
    case "error":
      return value === false;
    case "match":
      return value === "all";
    case "maxExceeded":
      return value === "warning";
    case "target":
      return isNoTarget(value);
    case "data":
    case "options":
    case "variables":
    case "triggerVariables":
      return isEmpty(value);
    case "offset":
    case "afterOffset":
    case "beforeOffset":
      return JSON.stringify(value) === '{"ms":0}';
    default:
      return false;
  }
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length === 0;

const isNoTarget = (value: unknown): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.values(value).every((ids) => Array.isArray(ids) && ids.length === 0);
