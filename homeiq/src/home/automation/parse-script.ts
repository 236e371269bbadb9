import type { BlueprintUse, Scene, Script } from "./configuration.ts";
import { isEntityId } from "./entity-id.ts";
import { openFields } from "./fields.ts";
import {
  isBlueprintUse,
  readBlueprintUse,
  readRuns,
  readTrace,
  warnOfMax,
} from "./parse-automation.ts";
import { readActions } from "./read-action.ts";
import { readMetadata } from "./read-action-plain.ts";
import { readMap, toJson } from "./read-json.ts";
import { readBoolean, readText } from "./read-text.ts";
import {
  type At,
  createReading,
  given,
  type Parsed,
  type ParseOptions,
  type Reading,
} from "./reading.ts";
import { readSelector } from "./selector.ts";
import type { Json, JsonMap } from "./value.ts";

/** Reads a script (what stands under its key), or the use of a blueprint of scripts. */
export function parseScript(
  raw: unknown,
  options: ParseOptions = {},
): Parsed<Script | BlueprintUse> {
  const r = createReading(options);
  const at = { value: raw, path: [] };
  return r.finish(() => (isBlueprintUse(raw) ? readBlueprintUse(r, at) : readScript(r, at)));
}

function readScript(r: Reading, at: At): Script | undefined {
  const fields = openFields(r, at, "a script");
  if (!fields) return undefined;
  const script: Script = given({
    kind: "script" as const,
    alias: fields.pick("alias", readText),
    description: fields.pick("description", readText),
    icon: fields.pick("icon", readIcon),
    ...readRuns(fields),
    sequence: fields.must("sequence", readActions) ?? [],
    variables: fields.pick("variables", readMap),
    fields: fields.pick("fields", readScriptFields),
    storedTraces: fields.pick("trace", readTrace),
  });
  fields.close();
  warnOfMax(r, fields, script.mode);
  return r.keep(script, at.path);
}

/** `prefix:name`. */
function readIcon(r: Reading, at: At): string | undefined {
  const text = readText(r, at);
  if (text?.includes(":")) return text;
  if (text !== undefined)
    r.error(
      at.path,
      "invalid_icon",
      `An icon is \`prefix:name\`, as in \`mdi:lamp\`; \`${text}\` is not.`,
    );
  return undefined;
}

/** The fields that a script takes; checked, and kept as they are. */
function readScriptFields(r: Reading, at: At): JsonMap | undefined {
  const map = openFields(r, at, "`fields`");
  if (!map) return undefined;
  for (const [name, value] of Object.entries(at.value as object)) {
    const field = openFields(r, { value: value as unknown, path: [...at.path, name] }, "a field");
    if (!field) continue;
    for (const key of ["name", "description", "example"]) field.pick(key, readText);
    for (const key of ["required", "advanced"]) field.pick(key, readBoolean);
    field.get("default");
    field.pick("selector", readSelector);
    field.close();
  }
  return map.rest();
}

/** Reads one scene as it stands in the list of scenes. */
export function parseScene(raw: unknown, options: ParseOptions = {}): Parsed<Scene> {
  const r = createReading(options);
  return r.finish(() => readScene(r, { value: raw, path: [] }));
}

function readScene(r: Reading, at: At): Scene | undefined {
  const fields = openFields(r, at, "a scene");
  if (!fields) return undefined;
  const metadata = fields.pick("metadata", readMetadata);
  const scene: Scene = given({
    kind: "scene" as const,
    id: fields.pick("id", readText),
    name: fields.must("name", readText) ?? "",
    icon: fields.pick("icon", readIcon),
    entities: fields.must("entities", readEntities) ?? {},
    extra: metadata && { metadata },
  });
  fields.close();
  return r.keep(scene, at.path);
}

/** By entity a state, or a set of keys with the state and attributes. */
function readEntities(r: Reading, at: At): Scene["entities"] | undefined {
  const map = openFields(r, at, "`entities`");
  if (!map) return undefined;
  const entities = Object.entries(at.value as object).map(([id, value]) => {
    const each = { value: value as unknown, path: [...at.path, id] };
    if (!isEntityId(id.toLowerCase())) {
      r.error(each.path, "invalid_entity_id", `\`${id}\` is not an entity id.`, { facts: { id } });
    }
    return [id.toLowerCase(), readWanted(r, each)] as const;
  });
  return Object.fromEntries(entities);
}

function readWanted(r: Reading, { value, path }: At): { state?: Json; attributes: JsonMap } {
  if (typeof value !== "object" || value === null) {
    if (typeof value === "string" || typeof value === "boolean")
      return { state: value, attributes: {} };
    r.error(path, "not_text", "A state must be text; quote it.");
    return { attributes: {} };
  }
  const { state, ...attributes } = (readMap(r, { value, path }) ?? {}) as Record<string, Json>;
  if (typeof state !== "string" && typeof state !== "boolean") {
    r.error(
      [...path, "state"],
      state === undefined ? "missing_key" : "not_text",
      "A state must be given, as text.",
    );
  }
  return { ...(state !== undefined && { state: toJson(r, { value: state, path }) }), attributes };
}
