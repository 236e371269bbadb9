import type { Automation, BlueprintUse } from "./configuration.ts";
import { MODES } from "./configuration.ts";
import { type Fields, kindOf, openFields } from "./fields.ts";
import { readActions } from "./read-action.ts";
import { readConditions } from "./read-condition.ts";
import { readMap } from "./read-json.ts";
import { readInteger } from "./read-number.ts";
import { readBoolean, readStrictText, readText, readWord } from "./read-text.ts";
import { readTriggers } from "./read-trigger.ts";
import {
  type At,
  createReading,
  given,
  type Parsed,
  type ParseOptions,
  type Reading,
  renameKey,
} from "./reading.ts";
import { isBefore } from "./version.ts";

const LEVELS = [
  "silent",
  "notset",
  "debug",
  "info",
  "warn",
  "warning",
  "error",
  "critical",
  "fatal",
] as const;

/**
 * Reads an automation as Home Assistant would, from YAML or from JSON: today's keys and those of old,
 * or the use of a blueprint. Problems have the code `schema.…`, and stand where they are in `raw`.
 */
export function parseAutomation(
  raw: unknown,
  options: ParseOptions = {},
): Parsed<Automation | BlueprintUse> {
  const r = createReading(options, hasOldKeys(raw));
  const at = { value: raw, path: [] };
  return r.finish(isBlueprintUse(raw) ? readBlueprintUse(r, at) : readAutomation(r, at));
}

function hasOldKeys(raw: unknown): boolean {
  const text = JSON.stringify(raw ?? null).slice(0, 100_000);
  return /"(platform|service)":/.test(text) && !/"triggers":|"actions":/.test(text);
}

function readAutomation(r: Reading, at: At): Automation | undefined {
  const fields = openFields(r, at, "an automation");
  if (!fields) return undefined;
  const trigger = eitherKey(r, fields, { now: "triggers", old: "trigger" });
  const condition = eitherKey(r, fields, { now: "conditions", old: "condition" });
  const action = eitherKey(r, fields, { now: "actions", old: "action" });
  const automation: Automation = given({
    kind: "automation" as const,
    id: fields.pick("id", readStrictText),
    alias: fields.pick("alias", readText),
    description: fields.pick("description", readText),
    ...readRuns(fields),
    triggers: fields.must(trigger, readTriggers) ?? [],
    conditions: fields.pick(condition, readConditions) ?? [],
    actions: fields.must(action, readActions) ?? [],
    variables: fields.pick("variables", readMap),
    triggerVariables: fields.pick("trigger_variables", readMap),
    initialState: fields.pick("initial_state", readBoolean),
    storedTraces: fields.pick("trace", readTrace),
    extra: fields.ignore("hide_entity"),
  });
  fields.close();
  warnOfMax(r, fields, automation.mode);
  return r.keep(automation, at.path);
}

/** Both names of one key are too much. The missing one is named as the source names its others. */
function eitherKey(r: Reading, fields: Fields, { now, old }: { now: string; old: string }): string {
  if (fields.has(now) && fields.has(old)) {
    r.error(
      [...fields.path, old],
      "two_keys",
      `\`${old}\` and \`${now}\` cannot both be given; \`${now}\` alone is right.`,
    );
    fields.get(old);
    return now;
  }
  if (fields.has(now) && isBefore(r.options.haVersion, "2024.10")) {
    r.error([...fields.path, now], "too_new", `Before Home Assistant 2024.10 it is \`${old}\`.`, {
      fix: renameKey([...fields.path, now], old),
    });
  }
  if (fields.has(old) || fields.has(now)) return fields.has(now) ? now : old;
  return r.oldKeys ? old : now;
}

/** `mode`, `max` and `max_exceeded`. */
export function readRuns(fields: Fields) {
  return {
    mode: fields.pick("mode", readWord(MODES)) ?? ("single" as const),
    max: fields.pick("max", readInteger(2)),
    maxExceeded: fields.pick("max_exceeded", readWord(LEVELS, { anyCase: true })),
  };
}

/** Home Assistant accepts `max` with any mode, and uses it with two. */
export function warnOfMax(r: Reading, fields: Fields, mode: string): void {
  if (!fields.has("max") || mode === "queued" || mode === "parallel") return;
  r.hint([...fields.path, "max"], "max_unused", `\`max\` does nothing with mode \`${mode}\`.`);
}

/** `trace: {stored_traces: 10}` */
export function readTrace(r: Reading, at: At): number | undefined {
  const fields = openFields(r, at, "`trace`");
  const stored = fields?.pick("stored_traces", readInteger(0));
  fields?.close();
  return stored;
}

export const isBlueprintUse = (raw: unknown): raw is { use_blueprint: unknown } =>
  typeof raw === "object" && raw !== null && "use_blueprint" in raw;

/** An instance of a blueprint: beside `use_blueprint` any key may stand; it goes over that of the blueprint. */
export function readBlueprintUse(r: Reading, at: At): BlueprintUse | undefined {
  const fields = openFields(r, at, "the use of a blueprint");
  if (!fields) return undefined;
  const use = fields.must("use_blueprint", readUse);
  const common = {
    kind: "blueprint_use" as const,
    id: fields.pick("id", readStrictText),
    alias: fields.pick("alias", readText),
    description: fields.pick("description", readText),
  };
  const rest = fields.rest();
  return r.keep(
    given({
      ...common,
      path: use?.path ?? "",
      input: use?.input ?? {},
      extra: Object.keys(rest).length > 0 ? rest : undefined,
    }),
    at.path,
  );
}

function readUse(r: Reading, at: At) {
  const fields = openFields(r, at, "`use_blueprint`");
  if (!fields) return undefined;
  const path = fields.must("path", readStrictText);
  if (path !== undefined && !path.endsWith(".yaml")) {
    r.error([...at.path, "path"], "invalid_path", "The path of a blueprint ends in `.yaml`.");
  }
  if (path?.split("/").includes("..")) {
    r.error([...at.path, "path"], "invalid_path", "The path of a blueprint stays in its folder.");
  }
  const input = fields.pick("input", (_r, each) =>
    each.value === null ? missingInput(r, each) : readMap(r, each),
  );
  fields.close();
  return { path, input };
}

function missingInput(r: Reading, { path }: At): undefined {
  r.error(path, "not_a_mapping", `\`input\` must be a set of keys, not ${kindOf(null)}.`);
}
