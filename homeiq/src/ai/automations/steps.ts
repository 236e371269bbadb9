import { isTemplateText, type Json, type JsonMap, type Path } from "#home/automation/automation.ts";

/** One action of a sequence, however deep, as it is written. */
export interface WrittenStep {
  readonly path: Path;
  readonly kind: StepKind;
  readonly action: JsonMap;
}

/** By the key that tells what it is; in the order in which Home Assistant looks for them. */
const KINDS = [
  ["action", "call"],
  ["service", "call"],
  ["delay", "delay"],
  ["wait_template", "wait"],
  ["wait_for_trigger", "wait"],
  ["condition", "condition"],
  ["and", "condition"],
  ["or", "condition"],
  ["not", "condition"],
  ["event", "event"],
  ["device_id", "device"],
  ["scene", "scene"],
  ["repeat", "repeat"],
  ["choose", "choose"],
  ["if", "if"],
  ["parallel", "parallel"],
  ["sequence", "sequence"],
  ["variables", "variables"],
  ["stop", "stop"],
  ["set_conversation_response", "response"],
] as const;
export type StepKind = (typeof KINDS)[number][1] | "unknown";

export const isMap = (value: unknown): value is JsonMap =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const toArray = (value: Json | undefined): readonly Json[] => {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value as Json];
};

/** A text is a condition in short, a template. */
function kindOf(action: JsonMap): StepKind {
  return KINDS.find(([key]) => key in action)?.[1] ?? "unknown";
}

/** Under which keys of an action other actions lie, with the way to each list. */
function listsIn(action: JsonMap): [Path, Json | undefined][] {
  const choices = toArray(action.choose).map((choice, index): [Path, Json | undefined] => [
    ["choose", index, "sequence"],
    isMap(choice) ? choice.sequence : undefined,
  ]);
  const repeat = isMap(action.repeat) ? action.repeat.sequence : undefined;
  return [
    ...choices,
    [["default"], action.default],
    [["then"], action.then],
    [["else"], action.else],
    [["sequence"], action.sequence],
    [["parallel"], action.parallel],
    [["repeat", "sequence"], repeat],
  ];
}

/** The actions of a configuration, with the path to where they are written. */
export function actionsOf(config: JsonMap): readonly [Path, Json | undefined] {
  for (const key of ["actions", "action", "sequence"]) {
    if (key in config) return [[key], config[key]];
  }
  return [["actions"], undefined];
}

/** Every action in the order of reading, those within others right after them. */
export function* stepsOf(path: Path, written: Json | undefined): Generator<WrittenStep> {
  for (const [index, one] of toArray(written).entries()) {
    const here = Array.isArray(written) ? [...path, index] : path;
    if (typeof one === "string") {
      yield { path: here, kind: "condition", action: { condition: one } };
      continue;
    }
    if (!isMap(one)) continue;
    if (one.enabled === false) continue;
    yield { path: here, kind: kindOf(one), action: one };
    for (const [inner, list] of listsIn(one)) yield* stepsOf([...here, ...inner], list);
  }
}

/** What a call is aimed at: its target, and the ids that may stand in its data or beside it. */
export function targetOf(action: JsonMap): JsonMap {
  const keys = ["entity_id", "device_id", "area_id", "floor_id", "label_id"];
  const places = [action, action.data, action.target].filter(isMap);
  const found: Record<string, Json> = {};
  for (const place of places) {
    for (const key of keys) {
      const value = place[key];
      if (value === undefined || value === null) continue;
      found[key] = [...toArray(found[key]), ...toArray(value)];
    }
  }
  return found;
}

export const actionOf = (action: JsonMap): string => String(action.action ?? action.service ?? "");

export const isTemplate = (value: unknown): boolean =>
  typeof value === "string" && isTemplateText(value);
