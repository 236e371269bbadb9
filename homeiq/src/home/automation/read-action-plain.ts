import type { Action, ActionCommon } from "./action.ts";
import { type Fields, kindOf } from "./fields.ts";
import { readEntityOf } from "./read-entity.ts";
import { readMap } from "./read-json.ts";
import { readPeriod } from "./read-period.ts";
import { readBoolean, readStrictText, readTemplateText, readText } from "./read-text.ts";
import { readDeviceKind } from "./read-trigger-state.ts";
import { type At, given, type Reading } from "./reading.ts";
import type { JsonMap } from "./value.ts";

type ReadAction = (r: Reading, fields: Fields, common: ActionCommon) => Action;

/** The actions that hold no others. */
export const PLAIN_READERS = {
  delay(_r, fields, common) {
    return { ...common, kind: "delay", delay: fields.must("delay", readPeriod) ?? { ms: 0 } };
  },

  wait_template(_r, fields, common) {
    return given({
      ...common,
      kind: "wait_template" as const,
      waitTemplate: fields.must("wait_template", readTemplateText) ?? "",
      ...readTimeout(fields),
    });
  },

  event(_r, fields, common) {
    const data = fields.pick("event_data", readMap);
    const older = fields.pick("event_data_template", readMap);
    return given({
      ...common,
      kind: "event" as const,
      event: fields.must("event", readText) ?? "",
      data: older ? { ...data, ...older } : data,
    });
  },

  device(_r, fields, common) {
    return given({
      ...common,
      kind: "device" as const,
      deviceId: fields.must("device_id", readText) ?? "",
      domain: fields.must("domain", readStrictText) ?? "",
      ...readDeviceKind(fields),
      rest: fields.rest(),
    });
  },

  scene(_r, fields, common) {
    return {
      ...common,
      kind: "scene",
      entityId: fields.must("scene", readEntityOf("scene")) ?? "",
    };
  },

  variables(_r, fields, common) {
    return { ...common, kind: "variables", variables: fields.must("variables", readMap) ?? {} };
  },

  stop(r, fields, common) {
    const action = given({
      ...common,
      kind: "stop" as const,
      stop: fields.must("stop", readTextOrNothing) ?? null,
      error: fields.pick("error", readBoolean),
      responseVariable: fields.pick("response_variable", readStrictText),
    });
    if (action.error === true && action.responseVariable !== undefined) {
      r.error(fields.path, "two_keys", "A stop with an error cannot answer with a variable.");
    }
    return action;
  },

  set_conversation_response(_r, fields, common) {
    return {
      ...common,
      kind: "set_conversation_response",
      response: fields.must("set_conversation_response", readTemplateOrNothing) ?? null,
    };
  },
} as const satisfies Readonly<Record<string, ReadAction>>;

/** How long a wait lasts at most, and whether it goes on then. */
export function readTimeout(fields: Fields) {
  return given({
    timeout: fields.pick("timeout", readPeriod),
    continueOnTimeout: fields.pick("continue_on_timeout", readBoolean),
  });
}

const readTextOrNothing = (r: Reading, at: At) => (at.value === null ? undefined : readText(r, at));
const readTemplateOrNothing = (r: Reading, at: At) =>
  at.value === null ? undefined : readTemplateText(r, at);

/** `metadata`: what the interface keeps; Home Assistant wants keys there. */
export function readMetadata(r: Reading, at: At): JsonMap | undefined {
  if (typeof at.value === "object" && at.value !== null && !Array.isArray(at.value))
    return readMap(r, at);
  r.error(at.path, "not_a_mapping", `\`metadata\` must be a set of keys, not ${kindOf(at.value)}.`);
  return undefined;
}
