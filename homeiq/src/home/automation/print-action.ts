import type { Action, CallAction, RepeatAction } from "./action.ts";
import { printCondition } from "./print-condition.ts";
import { printDevice, printTrigger, type Syntax } from "./print-trigger.ts";
import { mapping, printOr, printPeriod, printTarget, printText } from "./print-value.ts";
import { type Json, type JsonMap, untagText } from "./value.ts";

export const printActions = (actions: readonly Action[], syntax: Syntax): JsonMap[] =>
  actions.map((action) => printAction(action, syntax));

function printAction(action: Action, syntax: Syntax): JsonMap {
  if (action.kind === "condition") {
    return mapping({ ...printCondition(action.condition), ...action.extra });
  }
  const { alias, enabled, continueOnError, extra } = action;
  return mapping({
    alias: printText(alias),
    ...printFields(action, syntax),
    enabled: printOr(enabled),
    continue_on_error: printOr(continueOnError),
    ...extra,
  });
}

function printFields(
  action: Exclude<Action, { kind: "condition" }>,
  syntax: Syntax,
): Record<string, Json | undefined> {
  const inside = (actions: readonly Action[]) => printActions(actions, syntax);
  switch (action.kind) {
    case "call":
      return printCall(action, syntax);
    case "delay":
      return { delay: printPeriod(action.delay) };
    case "wait_template":
      return { wait_template: untagText(action.waitTemplate), ...printTimeout(action) };
    case "wait_for_trigger":
      return {
        wait_for_trigger: action.triggers.map((trigger) => printTrigger(trigger, syntax)),
        ...printTimeout(action),
      };
    case "event":
      return { event: untagText(action.event), event_data: action.data };
    case "device":
      return printDevice(action);
    case "scene":
      return { scene: untagText(action.entityId) };
    case "repeat":
      return { repeat: { ...printUntil(action.until), sequence: inside(action.sequence) } };
    case "choose":
      return {
        choose: action.choices.map(({ alias, conditions, sequence, extra }) =>
          mapping({
            alias: printText(alias),
            conditions: conditions.map(printCondition),
            sequence: inside(sequence),
            ...extra,
          }),
        ),
        default: action.default && inside(action.default),
      };
    case "if":
      return {
        if: action.conditions.map(printCondition),
        // biome-ignore lint/suspicious/noThenProperty: Home Assistant's key
        then: inside(action.then),
        else: action.else && inside(action.else),
      };
    case "parallel":
      return { parallel: action.branches.map((branch) => printBranch(branch, inside)) };
    case "sequence":
      return { sequence: inside(action.sequence) };
    case "variables":
      return { variables: action.variables };
    case "stop":
      return {
        stop: action.stop === null ? null : untagText(action.stop),
        error: printOr(action.error),
        response_variable: action.responseVariable,
      };
    case "set_conversation_response":
      return {
        set_conversation_response: action.response === null ? null : untagText(action.response),
      };
  }
}

function printCall(call: CallAction, syntax: Syntax): Record<string, Json | undefined> {
  const { action, target, data, dataTemplate, metadata, responseVariable } = call;
  const both = data !== undefined && dataTemplate !== undefined;
  return {
    [syntax === "legacy" ? "service" : "action"]: printText(action),
    metadata,
    target: printTarget(target),
    data: both || dataTemplate === undefined ? data : untagText(dataTemplate),
    data_template: both ? untagText(dataTemplate) : undefined,
    response_variable: responseVariable,
  };
}

function printTimeout(wait: {
  readonly timeout?: Parameters<typeof printPeriod>[0];
  readonly continueOnTimeout?: Parameters<typeof printOr>[0];
}) {
  return {
    timeout: printPeriod(wait.timeout),
    continue_on_timeout: printOr(wait.continueOnTimeout),
  };
}

function printUntil(until: RepeatAction["until"]): JsonMap {
  if ("count" in until) return { count: printOr(until.count) ?? 0 };
  if ("forEach" in until) {
    return {
      for_each: "template" in until.forEach ? untagText(until.forEach.template) : until.forEach,
    };
  }
  if ("while" in until) return { while: until.while.map(printCondition) };
  return { until: until.until.map(printCondition) };
}

/** A branch of one action is that action; of several a list. */
function printBranch(
  branch: readonly Action[],
  inside: (actions: readonly Action[]) => JsonMap[],
): Json {
  const printed = inside(branch);
  return printed.length === 1 ? (printed[0] ?? []) : printed;
}
