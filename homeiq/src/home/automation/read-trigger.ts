import { eachOf, type Fields, fieldsOf, openFields, readNoteOf } from "./fields.ts";
import { readMap } from "./read-json.ts";
import type { ReadTrigger } from "./read-kind.ts";
import { readOptions, TRIGGER_BEHAVIORS } from "./read-options.ts";
import { readPlainTarget } from "./read-target.ts";
import { readBooleanOrTemplate, readStrictText } from "./read-text.ts";
import { OTHER_READERS, readOther } from "./read-trigger-other.ts";
import { STATE_READERS } from "./read-trigger-state.ts";
import { TIME_READERS } from "./read-trigger-time.ts";
import { type At, given, type Reading, renameKey, replaceBy } from "./reading.ts";
import { nearest } from "./spelling.ts";
import type { Trigger, TriggerCommon } from "./trigger.ts";
import { isTagged, type JsonMap } from "./value.ts";
import { isBefore } from "./version.ts";

const READERS: Readonly<Record<string, ReadTrigger>> = {
  ...STATE_READERS,
  ...TIME_READERS,
  ...OTHER_READERS,
};

/** Keys with a dot that are not purpose-specific: triggers of integrations that take any fields. */
const OF_INTEGRATIONS = new Set([
  "zwave_js.event",
  "zwave_js.value_updated",
  "knx.telegram",
  "samsungtv.turn_on",
  "webostv.turn_on",
  "lg_netcast.turn_on",
  "litejet",
]);

/** One trigger, a list, or lists in `{triggers: […]}`. */
export function readTriggers(r: Reading, at: At): Trigger[] {
  return eachOf(at).flatMap((each) => {
    const inner = onlyTriggers(each);
    if (inner) return eachOf(inner).flatMap((one) => readTrigger(r, one) ?? []);
    return readTrigger(r, each) ?? [];
  });
}

function onlyTriggers({ value, path }: At): At | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const keys = Object.keys(value);
  if (keys.length !== 1 || !("triggers" in value)) return undefined;
  return { value: value.triggers, path: [...path, "triggers"] };
}

function readTrigger(r: Reading, at: At): Trigger | undefined {
  const outer = openFields(r, at, "a trigger");
  if (!outer) return undefined;
  outer.atMostOne("trigger", "platform");
  const old = outer.has("platform");
  if (!old && !outer.has("trigger")) return reportNoKind(r, at, outer);
  const named = outer.get(old ? "platform" : "trigger");
  const platform = named && readStrictText(r, named);
  if (named === undefined || platform === undefined) return undefined;
  const read = READERS[platform] ?? unlisted(r, { platform, path: named.path });
  if (!read) return undefined;
  const takesOptions = platform.includes(".") && !OF_INTEGRATIONS.has(platform);
  const fields = takesOptions ? outer : withOptions(r, at, { outer, platform });
  fields.get("trigger");
  fields.get("platform");
  const common = readCommon(fields);
  const trigger = read(r, fields, common);
  fields.close();
  return r.keep(trigger, at.path);
}

function reportNoKind(r: Reading, { path, value }: At, outer: Fields): undefined {
  const keys = Object.keys(value as object); // it was opened as a mapping
  const key = r.oldKeys ? "platform" : "trigger";
  const meant = nearestKey(key, keys);
  const guessed = meant ? undefined : guessKind(keys);
  r.error(
    [...path, key],
    "missing_key",
    `A trigger needs \`${key}\`, which says what kind it is.`,
    {
      facts: { key },
      ...(meant && { fix: renameKey([...path, meant], key, 0.9) }),
      ...(guessed && {
        fix: {
          words: `Add \`${key}: ${guessed}\``,
          edits: [{ path: [...path, key], value: guessed }],
          score: 0.8,
        },
      }),
    },
  );
  for (const each of keys) outer.get(each);
  return undefined;
}

const nearestKey = (key: string, keys: readonly string[]) =>
  keys.find((written) => nearest(written, [key]));

/** A trigger that names its fields but not its kind. */
function guessKind(keys: readonly string[]): string | undefined {
  if (keys.includes("event_type")) return "event";
  if (keys.includes("above") || keys.includes("below")) return "numeric_state";
  if (keys.includes("zone")) return "zone";
  if (keys.includes("device_id")) return "device";
  if (keys.includes("entity_id")) return "state";
  if (keys.includes("at")) return "time";
  if (keys.includes("value_template")) return "template";
  return ["hours", "minutes", "seconds"].some((key) => keys.includes(key))
    ? "time_pattern"
    : undefined;
}

function readCommon(fields: Fields): TriggerCommon {
  return given({
    id: fields.pick("id", readStrictText),
    alias: fields.pick("alias", readStrictText),
    enabled: fields.pick("enabled", readBooleanOrTemplate),
    variables: fields.pick("variables", readMap),
    extra: readNoteOf(fields),
  });
}

const BASE_KEYS = new Set(["platform", "trigger", "id", "alias", "enabled", "variables", "note"]);

/** The fields of a trigger of old may stand in `options`, when nothing else stands beside it. */
function withOptions(
  r: Reading,
  at: At,
  { outer, platform }: { outer: Fields; platform: string },
): Fields {
  const source = at.value as Record<string, unknown>; // it was opened as a mapping
  const { options } = source;
  const others = Object.keys(source).filter((key) => key !== "options" && !BASE_KEYS.has(key));
  const isMap = typeof options === "object" && options !== null && !Array.isArray(options);
  if (!isMap || isTagged(options) || others.length > 0) return named(r, at, { outer, platform });
  const entries = new Map<string, At>();
  for (const key of Object.keys(source)) {
    if (key !== "options") entries.set(key, { value: source[key], path: [...at.path, key] });
  }
  for (const [key, value] of Object.entries(options)) {
    const strict = ["sun", "zone", "calendar"].includes(platform) && BASE_KEYS.has(key);
    const path = [...at.path, "options", key];
    if (strict) r.error(path, "unknown_key", `\`${key}\` stands beside \`options\`, not in it.`);
    else entries.set(key, { value, path: [...at.path, "options", key] });
  }
  return fieldsOf(r, at.path, entries, `a ${platform} trigger`);
}

function named(
  r: Reading,
  at: At,
  { outer, platform }: { outer: Fields; platform: string },
): Fields {
  return (
    openFields(r, at, `${/^[aeiou]/.test(platform) ? "an" : "a"} ${platform} trigger`) ?? outer
  );
}

/** A trigger that is not built in: purpose-specific, of an integration, or unknown. */
function unlisted(
  r: Reading,
  { platform, path }: { platform: string; path: At["path"] },
): ReadTrigger | undefined {
  if (OF_INTEGRATIONS.has(platform)) return readOther(platform);
  const { triggerKeys, haVersion } = r.options;
  if (triggerKeys?.has(platform)) return readPurpose(platform);
  if (/^[a-z\d_]+\.[a-z\d_]+$/.test(platform)) {
    if (isBefore(haVersion, "2026.7")) {
      r.error(
        path,
        "too_new",
        `\`${platform}\` needs Home Assistant 2026.7 or later; this one is ${haVersion}.`,
      );
      return undefined;
    }
    if (!triggerKeys) return readPurpose(platform);
  }
  const known = [...Object.keys(READERS), ...(triggerKeys?.keys() ?? [])];
  const meant = nearest(platform, known);
  r.error(
    path,
    "unknown_trigger",
    `There is no trigger \`${platform}\`${meant ? `; is \`${meant.word}\` meant?` : "."}`,
    {
      facts: { kind: platform, ...(meant && { meant: meant.word }) },
      ...(meant && { fix: replaceBy(path, meant.word, meant.score) }),
    },
  );
  return undefined;
}

const readPurpose =
  (key: string): ReadTrigger =>
  (r, fields, common) => {
    const purpose = r.options.triggerKeys?.get(key);
    const target = purpose?.needsTarget
      ? fields.must("target", readPlainTarget)
      : fields.pick("target", readPlainTarget);
    const options: JsonMap = readOptions(fields, {
      behaviors: TRIGGER_BEHAVIORS,
      purpose,
    });
    return { ...common, kind: "purpose", key, options, ...(target && { target }) };
  };
