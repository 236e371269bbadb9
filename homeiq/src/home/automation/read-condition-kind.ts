import { eachOf } from "./fields.ts";
import { readEntityIds, readPlainEntityIds } from "./read-entity.ts";
import { toPlainJson } from "./read-json.ts";
import type { ReadCondition } from "./read-kind.ts";
import { readOffset, readPeriod } from "./read-period.ts";
import { readStrictText, readTemplateText, readText, readWord } from "./read-text.ts";
import { readConditionTime, readWeekdays } from "./read-time.ts";
import { readBounds, readDeviceKind, readValueTemplate } from "./read-trigger-state.ts";
import { type At, given, type Reading } from "./reading.ts";
import type { Json } from "./value.ts";
import { isBefore } from "./version.ts";

const SUN_EVENTS = ["sunrise", "sunset"] as const;
const HELPER_ID = /^input_(?:select|text|number|boolean|datetime)\./;

/** The built-in conditions that hold no others. */
export const CONDITION_READERS: Readonly<Record<string, ReadCondition>> = {
  state(r, fields, common) {
    const states = fields.must("state", fields.has("attribute") ? readAnyStates : readStates);
    const condition = given({
      ...common,
      kind: "state" as const,
      entityIds: fields.must("entity_id", readEntityIds) ?? [],
      states: states ?? [],
      attribute: fields.pick("attribute", readStrictText),
      for: fields.pick("for", readPeriod),
      match: fields.pick("match", readWord(["all", "any"], { anyCase: true })),
    });
    if (condition.for) {
      const fromHelper = condition.states.some((state) => HELPER_ID.test(String(state)));
      const why = fromHelper ? "a state that a helper holds" : "an attribute";
      if (fromHelper || condition.attribute !== undefined) {
        refuseSince(r, [...fields.path, "for"], `\`for\` does not go together with ${why}.`);
      }
    }
    return condition;
  },

  numeric_state(r, fields, common) {
    return given({
      ...common,
      kind: "numeric_state" as const,
      entityIds: fields.must("entity_id", readEntityIds) ?? [],
      ...readBounds(r, fields),
      attribute: fields.pick("attribute", readStrictText),
      valueTemplate: fields.pick("value_template", readTemplateText),
    });
  },

  template(_r, fields, common) {
    const valueTemplate = fields.must("value_template", readValueTemplate) ?? "";
    return { ...common, kind: "template", valueTemplate };
  },

  time(r, fields, common) {
    needOne(r, fields, ["after", "before", "weekday"], "A time condition");
    return given({
      ...common,
      kind: "time" as const,
      after: fields.pick("after", readConditionTime),
      before: fields.pick("before", readConditionTime),
      weekdays: fields.pick("weekday", readWeekdays),
    });
  },

  sun(r, fields, common) {
    needOne(r, fields, ["after", "before"], "A sun condition");
    const readEvent = readWord(SUN_EVENTS, { anyCase: true });
    return given({
      ...common,
      kind: "sun" as const,
      after: fields.pick("after", readEvent),
      before: fields.pick("before", readEvent),
      afterOffset: fields.pick("after_offset", readOffset),
      beforeOffset: fields.pick("before_offset", readOffset),
    });
  },

  zone(_r, fields, common) {
    return {
      ...common,
      kind: "zone",
      entityIds: fields.must("entity_id", readPlainEntityIds) ?? [],
      zones: fields.must("zone", readPlainEntityIds) ?? [],
    };
  },

  trigger(_r, fields, common) {
    return { ...common, kind: "trigger", ids: fields.must("id", readTexts) ?? [] };
  },

  device(_r, fields, common) {
    return given({
      ...common,
      kind: "device" as const,
      deviceId: fields.must("device_id", readStrictText) ?? "",
      domain: fields.must("domain", readStrictText) ?? "",
      ...readDeviceKind(fields),
      rest: fields.rest(),
    });
  },
};

/** Home Assistant names the condition as the place when none of these is there. */
function needOne(
  r: Reading,
  fields: { path: At["path"]; has(key: string): boolean; get(key: string): unknown },
  keys: readonly [string, ...string[]],
  what = "It",
): void {
  if (keys.some((key) => fields.has(key))) return;
  for (const key of keys) fields.get(key);
  const words = keys.map((key) => `\`${key}\``).join(", ");
  r.error(fields.path, "missing_key", `${what} needs one of ${words}.`, {
    facts: { key: keys[0] },
  });
}

/** Refused since 2026.11 at the latest; accepted before. */
function refuseSince(r: Reading, path: At["path"], message: string): void {
  const { haVersion } = r.options;
  const report = haVersion !== undefined && !isBefore(haVersion, "2026.11") ? r.error : r.warn;
  report(path, "for_without_state", message);
}

function readStates(r: Reading, at: At): string[] | undefined {
  if (at.value === null) {
    readStrictText(r, at);
    return undefined;
  }
  const texts = eachOf(at).map((each) => readStrictText(r, each));
  const found = texts.filter((text) => text !== undefined);
  return found.length === texts.length ? found : undefined;
}

function readAnyStates(r: Reading, at: At): Json[] {
  return Array.isArray(at.value)
    ? eachOf(at).map((each) => toPlainJson(r, each))
    : [toPlainJson(r, at)];
}

function readTexts(r: Reading, at: At): string[] {
  return eachOf(at).flatMap((each) => readText(r, each) ?? []);
}
