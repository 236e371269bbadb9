import type { Action, Automation, Condition } from "#home/automation/automation.ts";
import { isModelled } from "./effects/effects.ts";
import { deviceAction, deviceCondition, purposeProblem } from "./purposes/purposes.ts";
import type { Cannot } from "./run.ts";
import { isFailure, type Stage } from "./stage/stage.ts";
import { approximation, whyNot } from "./triggers/triggers.ts";

interface Where {
  readonly index: number;
  readonly stage: Stage;
  readonly hasEvents: boolean;
}

/** Everything in an automation that history cannot tell, each with its place and in plain words. */
export function whatCannotBe(automation: Automation, where: Where): readonly Cannot[] {
  const found: Cannot[] = [];
  const say = (path: string, why: string | undefined) => {
    if (why !== undefined) found.push({ automation: where.index, path, why });
  };
  const { stage } = where;

  for (const [n, trigger] of automation.triggers.entries()) {
    if (trigger.enabled === false) continue;
    const why = whyNot(trigger, stage, where.hasEvents);
    say(`triggers/${n}`, why);
    const roughly = why === undefined ? approximation(trigger) : undefined;
    if (roughly !== undefined) {
      found.push({
        automation: where.index,
        path: `triggers/${n}`,
        why: roughly,
        isApproximate: true,
      });
    }
  }

  function ofConditions(conditions: readonly Condition[], path: string): void {
    for (const [n, condition] of conditions.entries()) {
      const own = `${path}/${n}`;
      if ("conditions" in condition) ofConditions(condition.conditions, `${own}/conditions`);
      say(own, conditionProblem(condition, stage));
    }
  }

  function ofActions(actions: readonly Action[], path: string): void {
    for (const [n, action] of actions.entries()) {
      const own = `${path}/${n}`;
      say(own, actionProblem(action, stage));
      if (action.kind === "condition") ofConditions([action.condition], own);
      for (const [inner, at] of innerOf(action)) ofActions(inner, `${own}/${at}`);
    }
  }

  ofConditions(automation.conditions, "conditions");
  ofActions(automation.actions, "actions");
  return found;
}

function conditionProblem(condition: Condition, stage: Stage): string | undefined {
  if (condition.kind === "purpose") return purposeProblem(condition.key, "condition");
  if (condition.kind === "sun") return stage.sun ? undefined : "nobody said where the house stands";
  if (condition.kind === "template") return templateProblem(condition.valueTemplate, stage);
  if (condition.kind !== "device") return undefined;
  const found = deviceCondition(condition, stage);
  return isFailure(found) ? found.error : undefined;
}

function actionProblem(action: Action, stage: Stage): string | undefined {
  switch (action.kind) {
    case "call":
      if (action.responseVariable !== undefined) return "what an action answers is not recorded";
      if (typeof action.action !== "string") return undefined;
      return isModelled(action.action) || isHarmless(action.action)
        ? undefined
        : `what ${action.action} changes is not known`;
    case "device": {
      const found = deviceAction(action, stage);
      return isFailure(found) ? found.error : undefined;
    }
    case "wait_template":
      return templateProblem(action.waitTemplate, stage);
    case "wait_for_trigger":
      return action.triggers
        .map((trigger) => whyNot(trigger, stage, false))
        .find((why) => why !== undefined);
    default:
      return undefined;
  }
}

function templateProblem(text: string, stage: Stage): string | undefined {
  const { problems, unsupported } = stage.texts.read(text);
  if (problems[0]) return `its template cannot be read: ${problems[0].message}`;
  return unsupported.length > 0 ? `its template uses ${unsupported.join(", ")}` : undefined;
}

/** They change nothing in the house, so that nothing about them is missing. */
const isHarmless = (action: string): boolean =>
  /^(notify|persistent_notification|tts|logbook|system_log)\./.test(action);

function innerOf(action: Action): (readonly [readonly Action[], string])[] {
  switch (action.kind) {
    case "choose":
      return [
        ...action.choices.map(({ sequence }, n) => [sequence, `choose/${n}/sequence`] as const),
        [action.default ?? [], "default"],
      ];
    case "if":
      return [
        [action.then, "then"],
        [action.else ?? [], "else"],
      ];
    case "repeat":
      return [[action.sequence, "repeat/sequence"]];
    case "sequence":
      return [[action.sequence, "sequence"]];
    case "parallel":
      return action.branches.map((branch, n) => [branch, `parallel/${n}`] as const);
    default:
      return [];
  }
}
