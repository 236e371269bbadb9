import type { Action, Choice, RepeatAction } from "./action.ts";
import type { Condition } from "./condition.ts";
import type { Automation, Script } from "./configuration.ts";
import type { Trigger } from "./trigger.ts";
import { isTagged, type Json, type Path } from "./value.ts";

/** Where a visitor is. */
export interface Place {
  /** As `printAutomation` writes it: `["actions", 0, "choose", 1, "sequence", 0]`. */
  readonly path: Path;
  /** From the outermost to the innermost: triggers, conditions, actions, choices around it. */
  readonly inside: readonly (Trigger | Condition | Action | Choice)[];
  /** Whether it, or something around it, is switched off for good. */
  readonly disabled: boolean;
}

export interface Visitor {
  trigger?(trigger: Trigger, place: Place): void;
  condition?(condition: Condition, place: Place): void;
  action?(action: Action, place: Place): void;
  /** Every text that may be a template, with the trigger, condition, action or whole that it belongs to. */
  text?(value: string, owner: object, place: Place): void;
}

/** Visits all of an automation or a script, depth first, in order of reading. */
export function walk(whole: Automation | Script, visit: Visitor): void {
  const top: Place = { path: [], inside: [], disabled: false };
  if (whole.kind === "script") {
    texts(whole.variables, whole, at(top, "variables"), visit);
    walkActions(whole.sequence, at(top, "sequence"), visit);
    return;
  }
  texts(whole.triggerVariables, whole, at(top, "trigger_variables"), visit);
  texts(whole.variables, whole, at(top, "variables"), visit);
  walkTriggers(whole.triggers, at(top, "triggers"), visit);
  walkConditions(whole.conditions, at(top, "conditions"), visit);
  walkActions(whole.actions, at(top, "actions"), visit);
}

const at = (place: Place, ...steps: Path): Place => ({ ...place, path: [...place.path, ...steps] });

function enter(place: Place, node: Trigger | Condition | Action | Choice): Place {
  const off = "enabled" in node && node.enabled === false;
  return { ...place, inside: [...place.inside, node], disabled: place.disabled || off };
}

const isOff = (place: Place, node: { readonly enabled?: unknown }): Place =>
  node.enabled === false ? { ...place, disabled: true } : place;

function walkTriggers(triggers: readonly Trigger[], place: Place, visit: Visitor): void {
  for (const [index, trigger] of triggers.entries()) {
    const here = isOff(at(place, index), trigger);
    visit.trigger?.(trigger, here);
    texts(ownFields(trigger), trigger, enter(here, trigger), visit);
  }
}

function walkConditions(conditions: readonly Condition[], place: Place, visit: Visitor): void {
  for (const [index, condition] of conditions.entries())
    walkCondition(condition, at(place, index), visit);
}

function walkCondition(condition: Condition, place: Place, visit: Visitor): void {
  const here = isOff(place, condition);
  visit.condition?.(condition, here);
  const inner = enter(here, condition);
  if ("conditions" in condition)
    walkConditions(condition.conditions, at(inner, "conditions"), visit);
  texts(ownFields(condition), condition, inner, visit);
}

function walkActions(actions: readonly Action[], place: Place, visit: Visitor): void {
  for (const [index, action] of actions.entries()) walkAction(action, at(place, index), visit);
}

function walkAction(action: Action, place: Place, visit: Visitor): void {
  const here = isOff(place, action);
  visit.action?.(action, here);
  const inner = enter(here, action);
  if (action.kind === "condition") {
    walkCondition(action.condition, inner, visit);
    return;
  }
  texts(ownFields(action), action, inner, visit);
  walkBlock(action, inner, visit);
}

function walkBlock(action: Action, place: Place, visit: Visitor): void {
  switch (action.kind) {
    case "choose":
      for (const [index, choice] of action.choices.entries()) {
        const inner = enter(at(place, "choose", index), choice);
        walkConditions(choice.conditions, at(inner, "conditions"), visit);
        walkActions(choice.sequence, at(inner, "sequence"), visit);
      }
      walkActions(action.default ?? [], at(place, "default"), visit);
      return;
    case "if":
      walkConditions(action.conditions, at(place, "if"), visit);
      walkActions(action.then, at(place, "then"), visit);
      walkActions(action.else ?? [], at(place, "else"), visit);
      return;
    case "repeat":
      walkRepeat(action, at(place, "repeat"), visit);
      return;
    case "parallel":
      for (const [index, branch] of action.branches.entries()) {
        const [only] = branch;
        if (branch.length === 1 && only) walkAction(only, at(place, "parallel", index), visit);
        else walkActions(branch, at(place, "parallel", index), visit);
      }
      return;
    case "sequence":
      walkActions(action.sequence, at(place, "sequence"), visit);
      return;
    case "wait_for_trigger":
      walkTriggers(action.triggers, at(place, "wait_for_trigger"), visit);
      return;
    default:
  }
}

function walkRepeat(action: RepeatAction, place: Place, visit: Visitor): void {
  const { until } = action;
  if ("while" in until) walkConditions(until.while, at(place, "while"), visit);
  walkActions(action.sequence, at(place, "sequence"), visit);
  if ("until" in until) walkConditions(until.until, at(place, "until"), visit);
}

/** What holds triggers, conditions and actions is walked by itself. */
const NESTED = new Set([
  "conditions",
  "condition",
  "choices",
  "default",
  "then",
  "else",
  "sequence",
  "branches",
  "triggers",
  "until",
  "kind",
  "extra",
  "metadata",
]);

function ownFields(node: Trigger | Condition | Action): Record<string, unknown> {
  const own = Object.entries(node).filter(([key]) => !NESTED.has(key));
  const until = "until" in node ? node.until : undefined;
  const end = until && ("count" in until || "forEach" in until) ? { until } : {};
  return { ...Object.fromEntries(own), ...end };
}

/** Any depth of a value: lists, maps, `{template}`. */
function texts(value: unknown, owner: object, place: Place, visit: Visitor): void {
  if (!visit.text || value === undefined || value === null) return;
  if (typeof value === "string") visit.text(value, owner, place);
  else if (Array.isArray(value)) {
    for (const item of value as Json[]) texts(item, owner, place, visit);
  } else if (typeof value === "object" && !isTagged(value)) {
    for (const item of Object.values(value)) texts(item, owner, place, visit);
  }
}
