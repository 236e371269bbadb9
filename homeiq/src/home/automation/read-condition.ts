import type { Condition } from "./condition.ts";
import { eachOf, type Fields, fieldsOf, openFields, readNoteOf } from "./fields.ts";
import { CONDITION_READERS } from "./read-condition-kind.ts";
import type { ReadCondition } from "./read-kind.ts";
import { CONDITION_BEHAVIORS, readOptions } from "./read-options.ts";
import { readPlainTarget } from "./read-target.ts";
import { readBooleanOrTemplate, readTemplateText, readText } from "./read-text.ts";
import { type At, given, type Reading, renameKey, replaceBy } from "./reading.ts";
import { nearest } from "./spelling.ts";
import { type Common, isTemplateText } from "./value.ts";
import { isBefore } from "./version.ts";

const GROUPS = ["and", "or", "not"] as const;

/** One condition or a list: text is a template, `and`, `or` and `not` may be keys. */
export function readConditions(r: Reading, at: At): Condition[] {
  return eachOf(at).flatMap((each) => readCondition(r, each) ?? []);
}

export function readCondition(r: Reading, at: At): Condition | undefined {
  if (typeof at.value === "string") return readShortTemplate(r, at);
  const outer = openFields(r, at, "a condition");
  return outer && readOpened(r, at, outer);
}

/** A condition among actions, where `condition` itself may be a template. */
export function readConditionAction(r: Reading, at: At): Condition | undefined {
  const outer = openFields(r, at, "a condition");
  const text = outer?.peek("condition");
  if (!outer || typeof text !== "string" || !isTemplateText(text))
    return outer && readOpened(r, at, outer);
  const valueTemplate = outer.pick("condition", readTemplateText) ?? "";
  const condition: Condition = { ...readCommon(outer), kind: "template", valueTemplate };
  outer.close();
  return r.keep(condition, at.path);
}

function readShortTemplate(r: Reading, at: At): Condition | undefined {
  const valueTemplate = readTemplateText(r, at);
  if (valueTemplate === undefined) return undefined;
  if (isTemplateText(valueTemplate)) {
    return r.keep<Condition>({ kind: "template", valueTemplate }, at.path);
  }
  r.error(
    at.path,
    "not_a_mapping",
    "A condition is a set of keys or a template; this is plain text.",
  );
  return undefined;
}

function readOpened(r: Reading, at: At, outer: Fields): Condition | undefined {
  const group = outer.has("conditions") ? undefined : GROUPS.find((key) => outer.has(key));
  if (group && !outer.has("condition")) return readGroup(r, at, { outer, kind: group, key: group });
  if (Array.isArray(outer.peek("condition"))) {
    return readGroup(r, at, { outer, kind: "and", key: "condition" });
  }
  if (!outer.has("condition")) return reportNoKind(r, at, outer);
  const named = outer.get("condition");
  const key = named?.value;
  if (typeof key !== "string") {
    r.error([...at.path, "condition"], "not_text", "`condition` must say what kind it is.");
    return undefined;
  }
  const isGroup = GROUPS.find((word) => word === key);
  if (isGroup) return readGroup(r, at, { outer, kind: isGroup, key: "conditions" });
  const read = CONDITION_READERS[key] ?? unlisted(r, key, [...at.path, "condition"]);
  if (!read) return undefined;
  const fields = key.includes(".") ? outer : withOptions(r, at, key);
  fields.get("condition");
  const condition = read(r, fields, readCommon(fields));
  fields.close();
  return r.keep(condition, at.path);
}

function readGroup(
  r: Reading,
  at: At,
  { outer, kind, key }: { outer: Fields; kind: (typeof GROUPS)[number]; key: string },
): Condition {
  const common = readCommon(outer);
  const conditions = outer.must(key, readConditions) ?? [];
  outer.close();
  return r.keep({ ...common, kind, conditions }, at.path);
}

function readCommon(fields: Fields): Common {
  return given({
    alias: fields.pick("alias", readText),
    enabled: fields.pick("enabled", readBooleanOrTemplate),
    extra: readNoteOf(fields),
  });
}

function reportNoKind(r: Reading, at: At, outer: Fields): undefined {
  const keys = Object.keys(at.value as object); // it was opened as a mapping
  const near = keys.find((written) => nearest(written, ["condition"]));
  const guessed = near ? undefined : guessKind(keys);
  r.error(
    [...at.path, "condition"],
    "missing_key",
    "A condition needs `condition`, which says what kind it is.",
    {
      facts: { key: "condition" },
      ...(near && { fix: renameKey([...at.path, near], "condition", 0.9) }),
      ...(guessed && {
        fix: {
          words: `Add \`condition: ${guessed}\``,
          edits: [{ path: [...at.path, "condition"], value: guessed }],
          score: 0.8,
        },
      }),
    },
  );
  for (const key of keys) outer.get(key);
  return undefined;
}

function guessKind(keys: readonly string[]): string | undefined {
  if (keys.includes("above") || keys.includes("below")) return "numeric_state";
  if (keys.includes("zone")) return "zone";
  if (keys.includes("device_id")) return "device";
  if (keys.includes("entity_id") && keys.includes("state")) return "state";
  if (keys.includes("value_template")) return "template";
  if (keys.includes("weekday")) return "time";
  return keys.includes("conditions") ? "and" : undefined;
}

const BASE_KEYS = new Set(["condition", "alias", "enabled", "note"]);

/** Whose fields may stand in `options`: only their own. */
const STRICT_OPTIONS = new Set(["sun", "zone"]);

function refuseInOptions(r: Reading, path: At["path"]): void {
  r.error(path, "unknown_key", `\`${String(path.at(-1))}\` stands beside \`options\`, not in it.`);
}

/** The fields of some conditions may stand in `options`, when nothing else stands beside it. */
function withOptions(r: Reading, at: At, key: string): Fields {
  const source = at.value as Record<string, unknown>; // it was opened as a mapping
  const { options } = source;
  const beside = Object.keys(source).some((other) => other !== "options" && !BASE_KEYS.has(other));
  const what = `${/^[aeiou]/.test(key) ? "an" : "a"} ${key} condition`;
  const moved =
    STRICT_OPTIONS.has(key) &&
    typeof options === "object" &&
    options !== null &&
    !beside &&
    !Array.isArray(options);
  const entries = new Map<string, At>();
  for (const [name, value] of Object.entries(source)) {
    if (!moved || name !== "options") entries.set(name, { value, path: [...at.path, name] });
  }
  for (const [name, value] of Object.entries(moved ? options : {})) {
    if (BASE_KEYS.has(name)) refuseInOptions(r, [...at.path, "options", name]);
    else entries.set(name, { value, path: [...at.path, "options", name] });
  }
  return fieldsOf(r, at.path, entries, what);
}

function unlisted(r: Reading, key: string, path: At["path"]): ReadCondition | undefined {
  const { conditionKeys, haVersion } = r.options;
  if (conditionKeys?.has(key)) return readPurpose(key);
  if (/^[a-z\d_]+\.[a-z\d_]+$/.test(key)) {
    if (isBefore(haVersion, "2026.7")) {
      r.error(
        path,
        "too_new",
        `\`${key}\` needs Home Assistant 2026.7 or later; this one is ${haVersion}.`,
      );
      return undefined;
    }
    if (!conditionKeys) return readPurpose(key);
  }
  if (isTemplateText(key)) {
    r.error(
      path,
      "unknown_condition",
      "A template stands here alone, without `condition`, or as `condition: template` with `value_template`.",
      {
        fix: {
          words: "Make the template the condition",
          edits: [{ path: path.slice(0, -1), value: key }],
          score: 0.9,
        },
      },
    );
    return undefined;
  }
  const known = [...Object.keys(CONDITION_READERS), ...GROUPS, ...(conditionKeys?.keys() ?? [])];
  const meant = nearest(key, known);
  r.error(
    path,
    "unknown_condition",
    `There is no condition \`${key}\`${meant ? `; is \`${meant.word}\` meant?` : "."}`,
    {
      facts: { kind: key, ...(meant && { meant: meant.word }) },
      ...(meant && { fix: replaceBy(path, meant.word, meant.score) }),
    },
  );
  return undefined;
}

const readPurpose =
  (key: string): ReadCondition =>
  (r, fields, common) => {
    const purpose = r.options.conditionKeys?.get(key);
    const target = purpose?.needsTarget
      ? fields.must("target", readPlainTarget)
      : fields.pick("target", readPlainTarget);
    return {
      ...common,
      kind: "purpose",
      key,
      options: readOptions(fields, {
        behaviors: CONDITION_BEHAVIORS,
        purpose,
      }),
      ...(target && { target }),
    };
  };
