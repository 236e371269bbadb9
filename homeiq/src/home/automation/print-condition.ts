import type { Condition } from "./condition.ts";
import { noneWhenEmpty, printDays, printDevice } from "./print-trigger.ts";
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
import { type Json, type JsonMap, untagText } from "./value.ts";

export function printCondition(condition: Condition): JsonMap {
  const { alias, enabled, extra } = condition;
  return mapping({
    alias: printText(alias),
    condition: condition.kind === "purpose" ? condition.key : condition.kind,
    ...printFields(condition),
    enabled: printOr(enabled),
    ...extra,
  });
}

function printFields(condition: Condition): Record<string, Json | undefined> {
  switch (condition.kind) {
    case "state":
      return {
        entity_id: printSome(condition.entityIds),
        match: condition.match,
        attribute: printText(condition.attribute),
        state: printStates(condition.states),
        for: printPeriod(condition.for),
      };
    case "numeric_state":
      return {
        entity_id: printSome(condition.entityIds),
        attribute: printText(condition.attribute),
        value_template: printText(condition.valueTemplate),
        above: printBound(condition.above),
        below: printBound(condition.below),
      };
    case "template":
      return { value_template: untagText(condition.valueTemplate) };
    case "time":
      return {
        after: printTime(condition.after),
        before: printTime(condition.before),
        weekday: printDays(condition.weekdays),
      };
    case "sun":
      return {
        after: condition.after,
        after_offset: printPeriod(condition.afterOffset),
        before: condition.before,
        before_offset: printPeriod(condition.beforeOffset),
      };
    case "zone":
      return { entity_id: printSome(condition.entityIds), zone: printSome(condition.zones) };
    case "trigger":
      return { id: printSome(condition.ids) };
    case "device":
      return printDevice(condition);
    case "and":
    case "or":
    case "not":
      return { conditions: condition.conditions.map(printCondition) };
    case "purpose":
      return { target: printTarget(condition.target), options: noneWhenEmpty(condition.options) };
  }
}

function printStates(states: readonly Json[]): Json {
  const printed = states.map((state) => (typeof state === "string" ? untagText(state) : state));
  const [first] = printed;
  return printed.length === 1 && first !== undefined && !Array.isArray(first) ? first : printed;
}
