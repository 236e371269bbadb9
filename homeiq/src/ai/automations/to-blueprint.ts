import { AppError } from "#foundation/errors.ts";
import type {
  Blueprint,
  BlueprintInput,
  Json,
  JsonMap,
  Path,
} from "#home/automation/automation.ts";
import { aliasOf } from "./text.ts";

/** A place in a configuration that whoever uses the blueprint fills in. */
export interface ChosenInput {
  /** `actions.0.target.entity_id` as keys and indexes. */
  readonly path: Path;
  /** As the form shows it; absent: made of the place. */
  readonly name?: string;
  readonly description?: string;
}

const DURATION_KEYS = new Set(["for", "delay", "timeout", "offset", "transition"]);
const TIME_KEYS = new Set(["at", "after", "before"]);
const REGISTRY_KEYS: Readonly<Record<string, string>> = {
  device_id: "device",
  area_id: "area",
  floor_id: "floor",
  label_id: "label",
};

/**
 * A blueprint of an automation or a script, in which the chosen places are inputs whose defaults are what stood there.
 *
 * Two places with the same kind and value become one input. Throws `invalid` for a place that is not there.
 */
export function toBlueprint(
  config: JsonMap,
  {
    chosen,
    domain,
  }: { readonly chosen: readonly ChosenInput[]; readonly domain: "automation" | "script" },
): Blueprint {
  const { id: _id, alias: _alias, description, ...rest } = config;
  const inputs = new Map<string, BlueprintInput>();
  let body: Json = rest;
  for (const { path, name, description: words } of chosen) {
    const value = valueAt(rest, path);
    const input: BlueprintInput = {
      name: name ?? nameOf(path),
      ...(words === undefined ? {} : { description: words }),
      default: value,
      selector: selectorFor(path, value),
    };
    const key = keyFor(inputs, input);
    inputs.set(key, input);
    body = replaceAt(body, path, { tag: "!input", value: key });
  }
  return {
    kind: "blueprint",
    name: aliasOf(config) ?? (domain === "script" ? "Script" : "Automation"),
    domain,
    ...(typeof description === "string" && description !== "" ? { description } : {}),
    inputs,
    sections: new Map(),
    body: body as JsonMap, // replacing within a mapping leaves one
  };
}

/** An input with the same question and the same default is the same input. */
function keyFor(inputs: ReadonlyMap<string, BlueprintInput>, input: BlueprintInput): string {
  const text = JSON.stringify([input.name, input.default, input.selector]);
  const known = [...inputs].find(
    ([, one]) => JSON.stringify([one.name, one.default, one.selector]) === text,
  );
  if (known) return known[0];
  const base = slugOf(input.name ?? "input");
  let key = base;
  for (let n = 2; inputs.has(key); n += 1) key = `${base}_${n}`;
  return key;
}

/** What kind of question it is, by where it stands and what stood there. */
function selectorFor(path: Path, value: Json): JsonMap {
  const key = String(path.findLast((part) => typeof part === "string") ?? "");
  if (key === "entity_id" || (!NO_ENTITY.has(key) && isEntityIds(value)))
    return { entity: entitySelector(value) };
  if (key === "target") return { target: {} };
  const registry = REGISTRY_KEYS[key];
  if (registry) return { [registry]: Array.isArray(value) ? { multiple: true } : {} };
  if (DURATION_KEYS.has(key)) return { duration: {} };
  if (TIME_KEYS.has(key) && /^\d{1,2}:\d{2}(:\d{2})?$/.test(String(value))) return { time: {} };
  if (key === "actions" || key === "sequence") return { action: {} };
  if (key === "triggers") return { trigger: {} };
  if (key === "conditions") return { condition: {} };
  if (typeof value === "boolean") return { boolean: {} };
  if (typeof value === "number") return { number: numberSelector(key, value) };
  return typeof value === "string" ? { text: {} } : { object: {} };
}

const ENTITY_ID = /^[a-z0-9_]+\.[a-z0-9_]+$/;
const listOf = (value: Json): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [value];
const NO_ENTITY = new Set(["action", "service", "trigger", "condition", "event_type"]);
const isEntityIds = (value: Json): boolean =>
  listOf(value).length > 0 &&
  listOf(value).every((one) => typeof one === "string" && ENTITY_ID.test(one) && !/^\d/.test(one));

function entitySelector(value: Json): JsonMap {
  const domains = new Set(listOf(value).map((one) => String(one).split(".")[0] ?? ""));
  const [domain] = domains;
  return {
    ...(domains.size === 1 && domain ? { filter: [{ domain }] } : {}),
    ...(Array.isArray(value) ? { multiple: true } : {}),
  };
}

/** A slider needs bounds; percentages have them, anything else gets room around what stood there. */
function numberSelector(key: string, value: number): JsonMap {
  if (/_pct$|percentage|position|humidity/.test(key)) {
    return { min: 0, max: 100, unit_of_measurement: "%" };
  }
  const most = Math.max(100, Math.abs(value) * 10);
  return {
    min: value < 0 ? -most : 0,
    max: most,
    step: Number.isInteger(value) ? 1 : 0.1,
    mode: "box",
  };
}

const isContainer = (value: unknown): value is Record<string | number, Json> =>
  typeof value === "object" && value !== null;

function valueAt(config: Json, path: Path): Json {
  let value: Json | undefined = config;
  for (const part of path) value = isContainer(value) ? value[part] : undefined;
  if (value !== undefined && path.length > 0) return value;
  throw new AppError("invalid", "automations.no_place", `There is nothing at ${path.join(".")}`, {
    facts: { path: path.join(".") },
  });
}

function replaceAt(value: Json, [first, ...rest]: Path, next: Json): Json {
  if (first === undefined) return next;
  if (!isContainer(value)) return value;
  const inner = replaceAt(value[first] ?? null, rest, next);
  if (Array.isArray(value)) return value.with(Number(first), inner);
  return { ...value, [first]: inner };
}

/** "Actions 1 entity": the keys, with indexes as people count. */
function nameOf(path: Path): string {
  const words = path.map((part) => (typeof part === "number" ? String(part + 1) : part));
  const text = words.join(" ").replaceAll("_", " ").replace(/ id\b/g, "");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "") || "input";
