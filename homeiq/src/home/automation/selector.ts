import { isEntityId } from "./entity-id.ts";
import { eachOf, kindOf, openFields } from "./fields.ts";
import { toJson } from "./read-json.ts";
import { toFloat, toInteger } from "./read-number.ts";
import { oneOf, readBoolean, readStrictText, readText } from "./read-text.ts";
import { type At, type Reading, renameKey } from "./reading.ts";
import { DEVICE_FILTER, ENTITY_FILTER, SELECTORS } from "./selector-kinds.ts";
import { nearest } from "./spelling.ts";
import type { Json } from "./value.ts";

/** `{entity: {domain: light}}`: one kind of field and what it takes. */
export function readSelector(r: Reading, at: At): Json | undefined {
  const fields = openFields(r, at, "a selector");
  if (!fields) return undefined;
  const keys = Object.keys(at.value as object); // it was opened as a mapping
  const [kind] = keys;
  if (kind === undefined || keys.length > 1) {
    r.error(at.path, "invalid_selector", `A selector names exactly one kind, not ${keys.length}.`);
    return toJson(r, at);
  }
  const known = SELECTORS[kind];
  if (known === undefined) reportUnknown(r, at, kind);
  else {
    const inner = fields.get(kind)?.value ?? {};
    checkKeys(
      r,
      { value: inner, path: [...at.path, kind] },
      { known: `read_only:b ${known}`, what: `a selector of kind \`${kind}\`` },
    );
    if (kind === "number") checkSlider(r, { value: inner, path: [...at.path, kind] });
  }
  return toJson(r, at);
}

function reportUnknown(r: Reading, at: At, kind: string): void {
  const meant = nearest(kind, Object.keys(SELECTORS));
  const path = [...at.path, kind];
  r.error(
    path,
    "unknown_selector",
    `There is no selector \`${kind}\`${meant ? `; is \`${meant.word}\` meant?` : "."}`,
    {
      ...(meant && { fix: renameKey(path, meant.word, meant.score) }),
    },
  );
}

function checkKeys(r: Reading, at: At, { known, what }: { known: string; what: string }): void {
  const fields = openFields(r, at, what);
  if (!fields) return;
  for (const entry of known.split(" ").filter(Boolean)) {
    const [name = "", code = ""] = entry.split(":");
    const check = code.includes("|") ? wordOf(code.split("|")) : (CHECKS[code] ?? toJson);
    if (name.endsWith("!")) fields.must(name.slice(0, -1), check);
    else fields.pick(name, check);
  }
  fields.close();
}

type Check = (r: Reading, at: At) => unknown;

const refuse = (r: Reading, at: At, wanted: string) =>
  r.error(
    at.path,
    "invalid_selector",
    `\`${String(at.path.at(-1))}\` must be ${wanted}, not ${kindOf(at.value)}.`,
  );

const CHECKS: Readonly<Record<string, Check>> = {
  B: readBoolean,
  b: when((value) => typeof value === "boolean", "true or false"),
  s: readStrictText,
  S: readText,
  ss: (r, at) => eachOf(at).map((each) => readStrictText(r, each)),
  l: listOf(readStrictText),
  L: listOf((r, at) => eachOf(at).map((each) => checkFeature(r, each))),
  t: when((value) => value === "any" || (toFloat(value) ?? 0) >= 0.001, "a number or `any`"),
  f: fieldsOfSelectors("selector!:selector label:s required:b default:"),
  c: fieldsOfSelectors("selector!:selector"),
  selector: readSelector,
  n: when((value) => toFloat(value) !== undefined, "a number"),
  i: when((value) => toInteger(value) !== undefined, "a whole number"),
  e: when((value) => typeof value === "string" && isEntityId(value.toLowerCase()), "an entity id"),
  m: when(
    (value) => typeof value === "object" && value !== null && !Array.isArray(value),
    "a set of keys",
  ),
  E: filterOf(ENTITY_FILTER),
  F: filterOf(`${ENTITY_FILTER} device:One`),
  D: filterOf(DEVICE_FILTER),
  One: (r, at) => checkKeys(r, at, { known: DEVICE_FILTER, what: "a filter of devices" }),
  o: listOf(checkOption),
};

/** `light.LightEntityFeature.EFFECT` */
function checkFeature(r: Reading, at: At): void {
  const text = readStrictText(r, at);
  if (text === undefined || text.split(".").length > 2) return;
  r.error(at.path, "invalid_selector", `\`${text}\` is no feature: it is \`domain.Enum.MEMBER\`.`);
}

/** Fields or choices that have a selector each. */
function fieldsOfSelectors(known: string): Check {
  return (r, at) => {
    const fields = openFields(r, at, `\`${String(at.path.at(-1))}\``);
    for (const [name, value] of fields ? Object.entries(at.value as object) : []) {
      checkKeys(
        r,
        { value: value as unknown, path: [...at.path, name] },
        { known, what: "a field" },
      );
    }
  };
}

function when(fits: (value: unknown) => boolean, wanted: string): Check {
  return (r, at) => {
    if (!fits(at.value)) refuse(r, at, wanted);
  };
}

function wordOf(words: readonly string[]): Check {
  return when((value) => words.some((word) => word === value), oneOf(words));
}

function listOf(check: Check): Check {
  return (r, at) => {
    if (!Array.isArray(at.value)) refuse(r, at, "a list");
    else for (const each of eachOf(at)) check(r, each);
  };
}

/** One set of keys or several. */
function filterOf(known: string): Check {
  return (r, at) => {
    for (const each of eachOf(at)) checkKeys(r, each, { known, what: "a filter" });
  };
}

function checkOption(r: Reading, at: At): void {
  if (typeof at.value === "string") return;
  if (typeof at.value === "object" && at.value !== null) {
    const fields = openFields(r, at, "an option");
    fields?.must("value", readStrictText);
    fields?.must("label", readStrictText);
    fields?.close();
    return;
  }
  readStrictText(r, at);
}

/** A slider needs both ends. Without a mode a number is one when it has them. */
function checkSlider(r: Reading, { value, path }: At): void {
  const { min, max, mode } = value as { min?: unknown; max?: unknown; mode?: unknown };
  if (mode !== "slider" || (min !== undefined && max !== undefined)) return;
  r.error(path, "missing_key", "A number as a slider needs `min` and `max`.");
}
