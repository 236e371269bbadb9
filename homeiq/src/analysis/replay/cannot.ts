import type { Action, Automation, CallAction, Condition } from "#home/automation/automation.ts";
import type { SceneStates } from "./actions/actions.ts";
import { isModelled } from "./effects/effects.ts";
import { deviceAction, deviceCondition, purposeProblem, toIds } from "./purposes/purposes.ts";
import type { Cannot } from "./run.ts";
import { isFailure, type Stage } from "./stage/stage.ts";
import { approximation, whyNot } from "./triggers/triggers.ts";

interface Where {
  readonly index: number;
  readonly stage: Stage;
  readonly hasEvents: boolean;
  readonly scenes: SceneStates;
}

/** Everything in an automation that history cannot tell, each with its place and in plain words. */
export function whatCannotBe(automation: Automation, where: Where): readonly Cannot[] {
  const found: Cannot[] = [];
  const say = (path: string, why: string | undefined) => {
    if (why !== undefined) found.push({ automation: where.index, path, why });
  };
  const { stage, scenes } = where;
  const made = scenesMadeBy(automation);
  const isKnown = (id: string) => scenes.has(id) || made.has(id);

  for (const [n, trigger] of automation.triggers.entries()) {
    if (trigger.enabled === false) continue;
    const why = whyNot(trigger, stage, where.hasEvents) ?? templatesProblem(trigger, stage);
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
      say(own, actionProblem(action, stage) ?? sceneProblem(action, isKnown));
      if (action.kind === "condition") ofConditions([action.condition], own);
      for (const [inner, at] of innerOf(action)) ofActions(inner, `${own}/${at}`);
    }
  }

  ofConditions(automation.conditions, "conditions");
  ofActions(automation.actions, "actions");
  say("variables", templatesProblem(automation.variables, stage));
  say("trigger_variables", templatesProblem(automation.triggerVariables, stage));
  return found;
}

function conditionProblem(condition: Condition, stage: Stage): string | undefined {
  if (condition.kind === "purpose") return purposeProblem(condition.key, "condition", stage);
  if (condition.kind === "sun") return stage.sun ? undefined : "nobody said where the house stands";
  if ("conditions" in condition) return templatesProblem(condition.enabled, stage);
  if (condition.kind !== "device") return templatesProblem(condition, stage);
  const found = deviceCondition(condition, stage);
  return isFailure(found) ? found.error : undefined;
}

function actionProblem(action: Action, stage: Stage): string | undefined {
  switch (action.kind) {
    case "call":
      return callProblem(action) ?? templatesProblem(action, stage);
    case "device": {
      const found = deviceAction(action, stage);
      return isFailure(found) ? found.error : templatesProblem(action, stage);
    }
    case "wait_for_trigger":
      return (
        action.triggers.map((trigger) => whyNot(trigger, stage, false)).find(isSaid) ??
        templatesProblem(action, stage)
      );
    case "repeat":
      return templatesProblem([action.until, action.enabled], stage);
    case "choose":
    case "if":
    case "sequence":
    case "parallel":
      return templatesProblem(action.enabled, stage); // what is within is looked at by itself
    case "condition":
      return undefined;
    default:
      return templatesProblem(action, stage);
  }
}

const isSaid = (why: string | undefined): why is string => why !== undefined;

function callProblem({ action, responseVariable }: CallAction): string | undefined {
  if (responseVariable !== undefined) return "what an action answers is not recorded";
  if (typeof action !== "string") return undefined;
  return isModelled(action) || isHarmless(action) || OF_SCENES.has(action)
    ? undefined
    : `what ${action} changes is not known`;
}

const OF_SCENES = new Set(["scene.apply", "scene.create", "scene.delete"]);

/** A scene of which nobody said what is in it. */
function sceneProblem(action: Action, isKnown: (id: string) => boolean): string | undefined {
  const unknown = scenesIn(action).find((id) => id.includes(".") && !isKnown(id));
  return unknown === undefined ? undefined : `what is in ${unknown} is not known`;
}

/** Those that it names itself, not by a template. */
function scenesIn(action: Action): string[] {
  if (action.kind === "scene") return [action.entityId];
  if (action.kind !== "call" || action.action !== "scene.turn_on") return [];
  const named = (action.target?.entityIds ?? []).filter((id) => typeof id === "string");
  return [...named, ...toIds(action.data?.entity_id ?? [])];
}

const MADE = /"scene_id":"([a-z0-9_]+)"/g;

const scenesMadeBy = (automation: Automation): ReadonlySet<string> =>
  new Set([...JSON.stringify(automation).matchAll(MADE)].map(([, name]) => `scene.${name}`));

const DRAWS = new Set(["random", "shuffle"]);

function templateProblem(text: string, stage: Stage): string | undefined {
  if (!HAS_TEMPLATE.test(text)) return undefined;
  const { problems, unsupported } = stage.texts.read(text);
  if (problems[0]) return `its template cannot be read: ${problems[0].message}`;
  if (unsupported.some((name) => DRAWS.has(name))) {
    return "its template draws at random, and would say something else each time";
  }
  return unsupported.length > 0 ? `its template uses ${unsupported.join(", ")}` : undefined;
}

const HAS_TEMPLATE = /\{[{%#]/;

/** What is wrong with the first template in something that cannot be rendered for another moment. */
function templatesProblem(value: unknown, stage: Stage): string | undefined {
  if (typeof value === "string") return templateProblem(value, stage);
  if (typeof value !== "object" || value === null) return undefined;
  for (const one of Object.values(value)) {
    const why = templatesProblem(one, stage);
    if (why !== undefined) return why;
  }
  return undefined;
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
