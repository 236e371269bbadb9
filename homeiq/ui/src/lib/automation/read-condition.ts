import type { Condition } from "#lib/api.ts";
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

type Of<K extends Condition["kind"]> = Extract<Condition, { kind: K }>;

/** What must hold, to stand after "if". */
export function conditionText(condition: Condition): string {
  const what = kindText(condition);
  return condition.enabled === false ? t("read.off", { what }) : what;
}

/** Several that must all hold. */
export const conditionsText = (conditions: readonly Condition[]): string =>
  listed(conditions.map(conditionText));

function kindText(condition: Condition): string {
  switch (condition.kind) {
    case "state": {
      const of = subjectText(condition.entityIds, condition.attribute);
      const what = t("read.condition.state", { entity: of, state: stateText(condition.states) });
      return forText(what, condition.for);
    }
    case "numeric_state":
      return boundsText("read.condition", condition);
    case "template":
      return t("read.condition.template", { text: shortened(condition.valueTemplate) });
    case "time":
      return timeText(condition);
    case "sun":
      return sunText(condition);
    case "zone":
      return t("read.condition.zone", {
        entity: entities(condition.entityIds),
        zone: listed(condition.zones.map(entity), "read.list.or"),
      });
    case "trigger":
      return t("read.condition.trigger", { ids: condition.ids.join(", ") });
    case "device":
      return t("read.condition.device", {
        type: (condition.type ?? "").replaceAll("_", " "),
        entity: condition.entityId ? entity(condition.entityId) : condition.domain,
      });
    case "and":
      return conditionsText(condition.conditions);
    case "or":
      return listed(condition.conditions.map(conditionText), "read.list.or");
    case "not":
      return t("read.not", {
        what: listed(condition.conditions.map(conditionText), "read.list.or"),
      });
    case "purpose":
      return t("read.condition.purpose", {
        target: targetText(condition.target),
        what: condition.key.replaceAll(/[._]/g, " "),
      });
  }
}

function timeText({ after, before, weekdays }: Of<"time">): string {
  const parts: string[] = [];
  if (after && before) {
    const between = { after: clockText(after), before: clockText(before) };
    parts.push(t("read.condition.between.time", between));
  } else if (after) parts.push(t("read.condition.after", { time: clockText(after) }));
  else if (before) parts.push(t("read.condition.before", { time: clockText(before) }));
  if (weekdays) parts.push(t("read.condition.weekday", { days: daysText(weekdays) }));
  return listed(parts);
}

function sunText({ after, before, afterOffset, beforeOffset }: Of<"sun">): string {
  const parts: string[] = [];
  if (after) {
    const time = withOffset(t(`read.${after}`), afterOffset);
    parts.push(t("read.condition.after", { time }));
  }
  if (before) {
    const time = withOffset(t(`read.${before}`), beforeOffset);
    parts.push(t("read.condition.before", { time }));
  }
  return listed(parts);
}
