import type {
  Action,
  Automation,
  Condition,
  Script,
  Trigger,
} from "#home/automation/automation.ts";

/** Everything of a configuration in one list each, in the order of reading. */
export interface Nodes {
  /** Those that begin a run. */
  readonly triggers: readonly Trigger[];
  /** Those that a run waits for. */
  readonly awaited: readonly Trigger[];
  readonly conditions: readonly Condition[];
  /** Lists of conditions that must all hold. */
  readonly conjunctions: readonly (readonly Condition[])[];
  readonly actions: readonly Action[];
  /** Lists of actions that run one after another. */
  readonly sequences: readonly (readonly Action[])[];
}

interface Gathered {
  awaited: Trigger[];
  conditions: Condition[];
  conjunctions: (readonly Condition[])[];
  actions: Action[];
  sequences: (readonly Action[])[];
}

/** All triggers, conditions and actions, however deep they stand. Those that are switched off are left out. */
export function nodesOf(subject: Automation | Script): Nodes {
  const found: Gathered = {
    awaited: [],
    conditions: [],
    conjunctions: [],
    actions: [],
    sequences: [],
  };
  if (subject.kind === "script") {
    addSequence(subject.sequence, found);
    return { triggers: [], ...found };
  }
  addAll(subject.conditions, found);
  addSequence(subject.actions, found);
  return { triggers: subject.triggers.filter(isOn), ...found };
}

export const isOn = ({ enabled }: { readonly enabled?: unknown }) => enabled !== false;

function addAll(conditions: readonly Condition[], found: Gathered): void {
  const live = conditions.filter(isOn);
  if (live.length > 0) found.conjunctions.push(live);
  for (const condition of live) addCondition(condition, found);
}

function addCondition(condition: Condition, found: Gathered): void {
  found.conditions.push(condition);
  if (condition.kind === "and") addAll(condition.conditions, found);
  else if (condition.kind === "or" || condition.kind === "not") {
    for (const one of condition.conditions.filter(isOn)) addCondition(one, found);
  }
}

function addSequence(actions: readonly Action[], found: Gathered): void {
  const live = actions.filter(isOn);
  found.sequences.push(live);
  for (const action of live) addAction(action, found);
}

function addAction(action: Action, found: Gathered): void {
  found.actions.push(action);
  if (action.kind === "condition") addCondition(action.condition, found);
  else if (action.kind === "wait_for_trigger") found.awaited.push(...action.triggers);
  else if (action.kind === "if") {
    addAll(action.conditions, found);
    addSequence(action.then, found);
    if (action.else) addSequence(action.else, found);
  } else if (action.kind === "choose") {
    for (const choice of action.choices) {
      addAll(choice.conditions, found);
      addSequence(choice.sequence, found);
    }
    if (action.default) addSequence(action.default, found);
  } else if (action.kind === "parallel") {
    for (const branch of action.branches) addSequence(branch, found);
  } else if (action.kind === "sequence") addSequence(action.sequence, found);
  else if (action.kind === "repeat") {
    if ("while" in action.until) addAll(action.until.while, found);
    if ("until" in action.until) addAll(action.until.until, found);
    addSequence(action.sequence, found);
  }
}
