import {
  mapping,
  printBound,
  printOr,
  printPeriod,
  printSome,
  printTarget,
  printText,
  printTime,
} from "./print-value.ts";
import type { StateMatch, Trigger } from "./trigger.ts";
import { type Json, type JsonMap, untagText } from "./value.ts";

/** `legacy`: as before Home Assistant 2024.10, with `platform` and `service`. */
export type Syntax = "modern" | "legacy";

export function printTrigger(trigger: Trigger, syntax: Syntax): JsonMap {
  const key = syntax === "legacy" ? "platform" : "trigger";
  const { alias, id, enabled, variables, extra } = trigger;
  const fields = printFields(trigger);
  return mapping({
    alias: printText(alias),
    [key]: kindOf(trigger),
    ...fields,
    id: printText(id),
    variables,
    enabled: printOr(enabled),
    ...extra,
  });
}

function kindOf(trigger: Trigger): string {
  if (trigger.kind === "purpose") return trigger.key;
  return trigger.kind === "other" ? trigger.platform : trigger.kind;
}

function printFields(trigger: Trigger): Record<string, Json | undefined> {
  switch (trigger.kind) {
    case "state":
      return {
        entity_id: printSome(trigger.entityIds),
        attribute: printText(trigger.attribute),
        from: printMatch(trigger.from),
        not_from: printMatch(trigger.notFrom),
        to: printMatch(trigger.to),
        not_to: printMatch(trigger.notTo),
        for: printPeriod(trigger.for),
      };
    case "numeric_state":
      return {
        entity_id: printSome(trigger.entityIds),
        attribute: printText(trigger.attribute),
        value_template: printText(trigger.valueTemplate),
        above: printBound(trigger.above),
        below: printBound(trigger.below),
        for: printPeriod(trigger.for),
      };
    case "event":
      return {
        event_type: printSome(trigger.eventTypes),
        event_data: trigger.data,
        context: trigger.context,
      };
    case "homeassistant":
      return { event: trigger.event };
    case "time": {
      const at = trigger.at.map((time) => printTime(time));
      return { at: at.length === 1 ? at[0] : at, weekday: printDays(trigger.weekdays) };
    }
    case "time_pattern":
      return { hours: trigger.hours, minutes: trigger.minutes, seconds: trigger.seconds };
    case "sun":
      return { event: trigger.event, offset: printPeriod(trigger.offset) };
    case "zone":
      return {
        entity_id: printSome(trigger.entityIds),
        zone: untagText(trigger.zone),
        event: trigger.event,
      };
    case "template":
      return { value_template: untagText(trigger.valueTemplate), for: printPeriod(trigger.for) };
    case "calendar":
      return {
        entity_id: untagText(trigger.entityId),
        event: trigger.event,
        offset: printPeriod(trigger.offset),
      };
    case "device":
      return printDevice(trigger);
    case "purpose":
      return { target: printTarget(trigger.target), options: noneWhenEmpty(trigger.options) };
    case "other":
      return trigger.fields;
  }
}

export const printDays = (days: readonly string[] | undefined): Json | undefined =>
  days === undefined ? undefined : [...days];

export const noneWhenEmpty = (map: JsonMap): JsonMap | undefined =>
  Object.keys(map).length === 0 ? undefined : map;

/** What device triggers, conditions and actions share. */
export function printDevice(device: {
  readonly deviceId: string;
  readonly domain: string;
  readonly type?: string;
  readonly entityId?: string;
  readonly rest: JsonMap;
}): Record<string, Json | undefined> {
  return {
    device_id: printText(device.deviceId),
    domain: printText(device.domain),
    type: printText(device.type),
    entity_id: printText(device.entityId),
    ...device.rest,
  };
}

function printMatch(match: StateMatch | undefined): Json | undefined {
  if (match === undefined || match === null) return match;
  const [first] = match;
  const single =
    match.length === 1 && first !== undefined && first !== null && !Array.isArray(first);
  return single ? untag(first) : match.map(untag);
}

const untag = (value: Json): Json => (typeof value === "string" ? untagText(value) : value);
