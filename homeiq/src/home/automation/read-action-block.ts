import type { Action, ActionCommon, Choice, RepeatAction } from "./action.ts";
import { eachOf, type Fields, openFields, readNoteOf } from "./fields.ts";
import { readMetadata, readTimeout } from "./read-action-plain.ts";
import { readConditions } from "./read-condition.ts";
import { toJson } from "./read-json.ts";
import { readCount } from "./read-number.ts";
import { readTemplateText, readText } from "./read-text.ts";
import { readTriggers } from "./read-trigger.ts";
import { type At, given, type Reading } from "./reading.ts";
import { isTemplateText, type Json, type Template } from "./value.ts";

/** How to read the actions inside. */
export interface Nested {
  readActions(r: Reading, at: At): Action[];
  readAction(r: Reading, at: At): Action | undefined;
}
type ReadBlock = (r: Reading, fields: Fields, common: ActionCommon, nested: Nested) => Action;

/** The actions that hold others, or triggers. */
export const BLOCK_READERS = {
  wait_for_trigger(_r, fields, common) {
    return {
      ...common,
      kind: "wait_for_trigger",
      triggers: fields.must("wait_for_trigger", readTriggers) ?? [],
      ...readTimeout(fields),
    };
  },

  if(_r, fields, common, { readActions }) {
    return given({
      ...common,
      kind: "if" as const,
      conditions: fields.must("if", readConditions) ?? [],
      // biome-ignore lint/suspicious/noThenProperty: Home Assistant's key
      then: fields.must("then", readActions) ?? [],
      else: fields.pick("else", readActions),
    });
  },

  choose(_r, fields, common, { readActions }) {
    const readChoices = (r: Reading, at: At) =>
      eachOf(at).flatMap((each) => readChoice(r, each, readActions) ?? []);
    return given({
      ...common,
      kind: "choose" as const,
      choices: fields.must("choose", readChoices) ?? [],
      default: fields.pick("default", readActions),
    });
  },

  repeat(_r, fields, common, { readActions }) {
    const readInner = (r: Reading, at: At) => readRepeat(r, at, readActions);
    const repeat = fields.must("repeat", readInner) ?? { until: { count: 0 }, sequence: [] };
    return { ...common, kind: "repeat", ...repeat };
  },

  parallel(_r, fields, common, { readActions }) {
    // a branch is an action (a sequence with a name among them) or a list of actions
    const readBranches = (r: Reading, at: At) => eachOf(at).map((each) => readActions(r, each));
    return { ...common, kind: "parallel", branches: fields.must("parallel", readBranches) ?? [] };
  },

  sequence(_r, fields, common, { readActions }) {
    const sequence = fields.must("sequence", readActions) ?? [];
    const metadata = fields.pick("metadata", readMetadata);
    return {
      ...common,
      kind: "sequence",
      sequence,
      ...(metadata && { extra: { ...common.extra, metadata } }),
    };
  },
} as const satisfies Readonly<Record<string, ReadBlock>>;

function readChoice(r: Reading, at: At, readActions: Nested["readActions"]): Choice | undefined {
  const fields = openFields(r, at, "a choice");
  if (!fields) return undefined;
  const choice = given({
    alias: fields.pick("alias", readText),
    conditions: fields.must("conditions", readConditions) ?? [],
    sequence: fields.must("sequence", readActions) ?? [],
    extra: readNoteOf(fields),
  });
  fields.close();
  return r.keep(choice, at.path);
}

const ENDS = ["count", "for_each", "while", "until"] as const;

function readRepeat(
  r: Reading,
  at: At,
  readActions: Nested["readActions"],
): Pick<RepeatAction, "until" | "sequence"> | undefined {
  const fields = openFields(r, at, "`repeat`");
  if (!fields) return undefined;
  fields.atMostOne(...ENDS);
  const end = ENDS.find((key) => fields.has(key));
  for (const key of ENDS) fields.get(key);
  if (!end) {
    r.error(
      at.path,
      "missing_key",
      "`repeat` needs one of `count`, `for_each`, `while`, `until`.",
      {
        facts: { key: "count" },
      },
    );
  }
  const until = readEnd(fields, end ?? "count");
  const sequence = fields.must("sequence", readActions) ?? [];
  fields.close();
  return { until, sequence };
}

function readEnd(fields: Fields, end: (typeof ENDS)[number]): RepeatAction["until"] {
  if (end === "while") return { while: fields.pick("while", readConditions) ?? [] };
  if (end === "until") return { until: fields.pick("until", readConditions) ?? [] };
  if (end === "for_each") return { forEach: fields.pick("for_each", readEach) ?? [] };
  return { count: fields.pick("count", readCount) ?? 0 };
}

function readEach(r: Reading, at: At): readonly Json[] | Template | undefined {
  if (Array.isArray(at.value)) return eachOf(at).map((each) => toJson(r, each));
  if (typeof at.value === "string" && isTemplateText(at.value)) {
    return { template: readTemplateText(r, at) ?? "" };
  }
  r.error(at.path, "not_a_list", "`for_each` must be a list or a template.");
  return undefined;
}
