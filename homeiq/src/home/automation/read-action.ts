import type { Action, ActionCommon } from "./action.ts";
import { eachOf, type Fields, openFields, readNoteOf } from "./fields.ts";
import { BLOCK_READERS, type Nested } from "./read-action-block.ts";
import { PLAIN_READERS } from "./read-action-plain.ts";
import { moveInCall, readCall } from "./read-call.ts";
import { readConditionAction } from "./read-condition.ts";
import { readBoolean, readBooleanOrTemplate, readText } from "./read-text.ts";
import { type At, given, type Reading, renameKey } from "./reading.ts";
import { nearest } from "./spelling.ts";
import { isTagged } from "./value.ts";

/** In the order in which Home Assistant looks: the first key that is there says what kind of action it is. */
const KINDS = [
  ["delay", "delay"],
  ["wait_template", "wait_template"],
  ["condition", "condition"],
  ["and", "condition"],
  ["or", "condition"],
  ["not", "condition"],
  ["event", "event"],
  ["device_id", "device"],
  ["scene", "scene"],
  ["repeat", "repeat"],
  ["choose", "choose"],
  ["wait_for_trigger", "wait_for_trigger"],
  ["variables", "variables"],
  ["if", "if"],
  ["action", "call"],
  ["service", "call"],
  ["service_template", "call"],
  ["stop", "stop"],
  ["parallel", "parallel"],
  ["sequence", "sequence"],
  ["set_conversation_response", "set_conversation_response"],
] as const;

/** What a kind is called, for a person. */
const NAMES: Readonly<Record<string, string>> = {
  call: "a call",
  condition: "a condition",
  device: "a device action",
  event: "an event action",
  scene: "a scene action",
  if: "an `if` action",
  stop: "a `stop` action",
  variables: "an action that sets variables",
};

/** One action or a list of them. */
export function readActions(r: Reading, at: At): Action[] {
  return eachOf(at).flatMap((each) => readAction(r, each) ?? []);
}

const nested: Nested = { readActions, readAction };

function readAction(r: Reading, at: At): Action | undefined {
  const { value } = at;
  if (isTagged(value) && value.tag !== "!input") {
    r.error(at.path, "included", "What this file holds is not known here.");
    return undefined;
  }
  const outer = openFields(r, at, "an action");
  if (!outer) return undefined;
  const kind = KINDS.find(([key]) => outer.has(key))?.[1];
  if (kind === undefined) return reportNoKind(r, at, outer);
  if (kind === "condition") {
    const condition = readConditionAction(r, at);
    return condition && r.keep<Action>({ kind: "condition", condition }, at.path);
  }
  const what = NAMES[kind] ?? `a \`${kind}\` action`;
  const fields = openFields(r, at, what) ?? outer;
  const common = readCommon(fields);
  const action =
    kind === "call" ? readCall(r, fields, common) : readKind(kind)(r, fields, common, nested);
  fields.close(kind === "call" ? (key, at) => moveInCall(fields, key, at) : undefined);
  return action && r.keep(action, at.path);
}

function readKind(kind: Exclude<(typeof KINDS)[number][1], "call" | "condition">) {
  return kind in BLOCK_READERS
    ? BLOCK_READERS[kind as keyof typeof BLOCK_READERS]
    : PLAIN_READERS[kind as keyof typeof PLAIN_READERS]; // each kind is in one of the two
}

function readCommon(fields: Fields): ActionCommon {
  return given({
    alias: fields.pick("alias", readText),
    enabled: fields.pick("enabled", readBooleanOrTemplate),
    continueOnError: fields.pick("continue_on_error", readBoolean),
    extra: readNoteOf(fields),
  });
}

/** Keys of which the nearest wins when none says what it is; others would be guessed too freely. */
const GUESSED = [
  "action",
  "delay",
  "wait_template",
  "wait_for_trigger",
  "choose",
  "repeat",
  "parallel",
  "sequence",
  "condition",
  "variables",
  "scene",
  "event",
  "if",
];

function reportNoKind(r: Reading, { path, value }: At, outer: Fields): undefined {
  const keys = Object.keys(value as object); // it was opened as a mapping
  const words = r.oldKeys ? ["service", ...GUESSED] : [...GUESSED, "service"];
  const guesses = keys.flatMap((key) => {
    const meant = nearest(key, words);
    return meant ? [{ key, ...meant }] : [];
  });
  const [best] = guesses.toSorted((one, other) => other.score - one.score);
  const lost =
    keys.includes("else") || keys.includes("then")
      ? " `then` and `else` need `if` beside them."
      : "";
  const hint = best ? ` Is \`${best.word}\` meant by \`${best.key}\`?` : "";
  r.error(
    path,
    "unknown_action",
    `Nothing here says what to do: \`action\`, \`delay\`, \`choose\` or the like is missing.${lost}${hint}`,
    {
      ...(best && { fix: renameKey([...path, best.key], best.word, best.score) }),
    },
  );
  for (const key of keys) outer.get(key);
  return undefined;
}
