import type { Trigger } from "#lib/api.ts";
import { span } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";
import { entity } from "./phrase.ts";
import {
  boundsText,
  clockText,
  daysText,
  entities,
  forText,
  listed,
  shortened,
  stateText,
  subjectText,
  targetText,
  withOffset,
} from "./words.ts";

type Of<K extends Trigger["kind"]> = Extract<Trigger, { kind: K }>;

/** What starts an automation, to stand after "When". */
export function triggerText(trigger: Trigger): string {
  const what = kindText(trigger);
  return trigger.enabled === false ? t("read.off", { what }) : what;
}

function kindText(trigger: Trigger): string {
  switch (trigger.kind) {
    case "state":
      return forText(changeText(trigger), trigger.for);
    case "numeric_state":
      return forText(boundsText("read.trigger", trigger), trigger.for);
    case "event":
      return t("read.trigger.event", { event: listed(trigger.eventTypes, "read.list.or") });
    case "homeassistant":
      return t(`read.trigger.${trigger.event}`);
    case "time":
      return timeText(trigger);
    case "time_pattern":
      return patternText(trigger);
    case "sun":
      return withOffset(t(`read.trigger.${trigger.event}`), trigger.offset);
    case "zone":
      return t(`read.trigger.${trigger.event}`, {
        entity: entities(trigger.entityIds),
        zone: entity(trigger.zone),
      });
    case "template":
      return forText(
        t("read.trigger.template", { text: shortened(trigger.valueTemplate) }),
        trigger.for,
      );
    case "calendar":
      return withOffset(
        t(`read.trigger.calendar.${trigger.event}`, { entity: entity(trigger.entityId) }),
        trigger.offset,
      );
    case "device":
      return t("read.trigger.device", {
        type: (trigger.type ?? "").replaceAll("_", " "),
        entity: trigger.entityId ? entity(trigger.entityId) : trigger.domain,
      });
    case "purpose":
      return t("read.trigger.purpose", {
        target: targetText(trigger.target),
        what: trigger.key.replaceAll(/[._]/g, " "),
      });
    case "other":
      return t("read.trigger.other", { platform: trigger.platform.replaceAll("_", " ") });
  }
}

function changeText(trigger: Of<"state">): string {
  const of = subjectText(trigger.entityIds, trigger.attribute);
  const { to, from, notTo } = trigger;
  if (to && from) {
    return t("read.trigger.state.fromTo", { entity: of, from: stateText(from), to: stateText(to) });
  }
  if (to) return t("read.trigger.state.to", { entity: of, to: stateText(to) });
  if (notTo) return t("read.trigger.state.notTo", { entity: of, to: stateText(notTo) });
  if (from) return t("read.trigger.state.from", { entity: of, from: stateText(from) });
  const isAny = to === undefined && from === undefined && !trigger.attribute;
  return t(isAny ? "read.trigger.state.any" : "read.trigger.state.changes", { entity: of });
}

function timeText({ at, weekdays }: Of<"time">): string {
  const what = t("read.trigger.time", { time: listed(at.map(clockText), "read.list.or") });
  return weekdays ? `${what} ${t("read.on", { days: daysText(weekdays) })}` : what;
}

const STEPS = [
  ["hours", 3_600_000],
  ["minutes", 60_000],
  ["seconds", 1_000],
] as const;

/** "every 5 minutes" where it is that; else the pattern as a clock. */
function patternText(trigger: Of<"time_pattern">): string {
  const given = STEPS.filter(([unit]) => trigger[unit] !== undefined);
  const [only] = given;
  const value = only && trigger[only[0]];
  if (given.length === 1 && only && value?.startsWith("/")) {
    return t("read.trigger.pattern.every", { span: span(Number(value.slice(1)) * only[1]) });
  }
  const pattern = STEPS.map(([unit]) => trigger[unit] ?? "*").join(":");
  return t("read.trigger.pattern", { pattern });
}
