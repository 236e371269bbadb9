import { eachOf, type Fields } from "./fields.ts";
import { readBound, readEntityId, readEntityIds } from "./read-entity.ts";
import { readMap, toPlainJson } from "./read-json.ts";
import type { ReadTrigger } from "./read-kind.ts";
import { readPeriod } from "./read-period.ts";
import { readStrictText, readTemplateText, readText, readWord } from "./read-text.ts";
import { type At, given, type Reading } from "./reading.ts";
import type { NumericStateTrigger, StateMatch } from "./trigger.ts";
import { isTemplateText, type Json } from "./value.ts";

/** Triggers on what entities and the house say. */
export const STATE_READERS: Readonly<Record<string, ReadTrigger>> = {
  state(_r, fields, common) {
    fields.atMostOne("to", "not_to");
    fields.atMostOne("from", "not_from");
    const match = fields.has("attribute") ? readAnyMatch : readStateMatch;
    return given({
      ...common,
      kind: "state" as const,
      entityIds: fields.must("entity_id", readEntityIds) ?? [],
      to: fields.pick("to", match),
      notTo: fields.pick("not_to", match),
      from: fields.pick("from", match),
      notFrom: fields.pick("not_from", match),
      attribute: fields.pick("attribute", readAnyText),
      for: fields.pick("for", readPeriod),
    });
  },

  numeric_state(r, fields, common) {
    const trigger: NumericStateTrigger = given({
      ...common,
      kind: "numeric_state" as const,
      entityIds: fields.must("entity_id", readEntityIds) ?? [],
      ...readBounds(r, fields),
      attribute: fields.pick("attribute", readAnyText),
      valueTemplate: fields.pick("value_template", readTemplateText),
      for: fields.pick("for", readPeriod),
    });
    const { above, below } = trigger;
    if (typeof above === "number" && typeof below === "number" && above > below) {
      const message = `No value is above ${above} and below ${below} at once; two triggers are meant, or the bounds are swapped.`;
      r.error(fields.path, "bounds_crossed", message);
    }
    return trigger;
  },

  event(_r, fields, common) {
    return given({
      ...common,
      kind: "event" as const,
      eventTypes: fields.must("event_type", readEventTypes) ?? [],
      data: fields.pick("event_data", readMap),
      context: fields.pick("context", readMap),
    });
  },

  zone(_r, fields, common) {
    return {
      ...common,
      kind: "zone",
      entityIds: fields.must("entity_id", readEntityIds) ?? [],
      zone: fields.must("zone", readEntityId) ?? "",
      event: fields.pick("event", readWord(["enter", "leave"])) ?? "enter",
    };
  },

  template(_r, fields, common) {
    return given({
      ...common,
      kind: "template" as const,
      valueTemplate: fields.must("value_template", readValueTemplate) ?? "",
      for: fields.pick("for", readPeriod),
    });
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

/** What device triggers, conditions and actions say beside device and domain, where it is text. */
export function readDeviceKind(fields: Fields): { type?: string; entityId?: string } {
  const textOf = (key: string) => {
    const value = fields.peek(key);
    return typeof value === "string" ? fields.pick(key, readText) : undefined;
  };
  return given({ type: textOf("type"), entityId: textOf("entity_id") });
}

/** Home Assistant takes anything here; what is no text names no attribute. */
function readAnyText(r: Reading, at: At): string | undefined {
  if (typeof at.value === "string") return at.value;
  r.warn(at.path, "not_text", "The name of an attribute must be text.");
  return at.value === null ? undefined : JSON.stringify(at.value);
}

/** `above` and `below`, of which one is needed. Home Assistant names the trigger or condition as the place. */
export function readBounds(r: Reading, fields: Fields) {
  if (!fields.has("above") && !fields.has("below")) {
    fields.get("above");
    fields.get("below");
    r.error(fields.path, "missing_key", "A bound is needed: `above`, `below` or both.", {
      facts: { key: "above" },
    });
  }
  return { above: fields.pick("above", readBound), below: fields.pick("below", readBound) };
}

/** A template that decides something; text without one never changes. */
export function readValueTemplate(r: Reading, at: At): string | undefined {
  const text = readTemplateText(r, at);
  if (text !== undefined && !isTemplateText(text)) {
    r.warn(at.path, "static_template", "This is no template: what it says never changes.");
  }
  return text;
}

/** States must be text: what YAML made of a bare `on` or `5` never matches. */
function readStateMatch(r: Reading, at: At): StateMatch | undefined {
  if (at.value === null) return null;
  const texts = eachOf(at).map((each) => readStrictText(r, each));
  const found = texts.filter((text) => text !== undefined);
  return found.length === texts.length ? found : undefined;
}

function readAnyMatch(r: Reading, at: At): StateMatch {
  if (at.value === null) return null;
  return eachOf(at).map((each): Json => toPlainJson(r, each));
}

function readEventTypes(r: Reading, at: At): string[] {
  return eachOf(at).flatMap((each) => {
    const text = readTemplateText(r, each);
    if (text === "state_reported") {
      r.error(
        each.path,
        "invalid_choice",
        "Home Assistant does not let a trigger listen to `state_reported`.",
      );
    }
    return text ?? [];
  });
}
