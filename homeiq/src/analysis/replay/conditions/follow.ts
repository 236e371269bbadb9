import type { Action, Automation, Condition, RepeatAction } from "#home/automation/automation.ts";
import { followMet } from "../purposes/purposes.ts";
import type { Stage } from "../stage/stage.ts";

/** Lets every condition of an automation that must have held for a time see from now on since when it does. */
export function followConditions({ conditions, actions }: Automation, stage: Stage): void {
  for (const condition of [...within(conditions), ...actions.flatMap(ofAction)]) {
    if (condition.kind === "purpose") followMet(condition, stage);
  }
}

const loopConditions = ({ until }: RepeatAction): readonly Condition[] => {
  if ("while" in until) return until.while;
  return "until" in until ? until.until : [];
};

const within = (conditions: readonly Condition[]): Condition[] =>
  conditions.flatMap((one) => ("conditions" in one ? within(one.conditions) : [one]));

const ofAll = (actions: readonly Action[] = []): Condition[] => actions.flatMap(ofAction);

function ofAction(action: Action): Condition[] {
  switch (action.kind) {
    case "condition":
      return within([action.condition]);
    case "choose":
      return [
        ...action.choices.flatMap((one) => [...within(one.conditions), ...ofAll(one.sequence)]),
        ...ofAll(action.default),
      ];
    case "if":
      return [...within(action.conditions), ...ofAll(action.then), ...ofAll(action.else)];
    case "repeat":
      return [...within(loopConditions(action)), ...ofAll(action.sequence)];
    case "sequence":
      return ofAll(action.sequence);
    case "parallel":
      return action.branches.flatMap(ofAll);
    default:
      return [];
  }
}
