import type { Condition } from "./condition.ts";
import type { Trigger } from "./trigger.ts";
import type { Common, Json, JsonMap, Period, Target, Template } from "./value.ts";

export interface ActionCommon extends Common {
  readonly continueOnError?: boolean | Template;
}

/** A call of `light.turn_on` and the like. Ids beside the call (old) are in the target here. */
export interface CallAction extends ActionCommon {
  readonly kind: "call";
  readonly action: string | Template;
  readonly target?: Target;
  readonly data?: JsonMap;
  /** The whole data is one template; it goes over `data`. */
  readonly dataTemplate?: string;
  readonly responseVariable?: string;
  /** What the interface keeps there; ignored by Home Assistant. */
  readonly metadata?: JsonMap;
}

export interface DelayAction extends ActionCommon {
  readonly kind: "delay";
  readonly delay: Period;
}

export interface WaitTemplateAction extends ActionCommon {
  readonly kind: "wait_template";
  readonly waitTemplate: string;
  readonly timeout?: Period;
  /** Absent: true. */
  readonly continueOnTimeout?: boolean | Template;
}

export interface WaitForTriggerAction extends ActionCommon {
  readonly kind: "wait_for_trigger";
  readonly triggers: readonly Trigger[];
  readonly timeout?: Period;
  readonly continueOnTimeout?: boolean | Template;
}

/** Ends the sequence when it does not hold. */
export interface ConditionAction extends ActionCommon {
  readonly kind: "condition";
  readonly condition: Condition;
}

export interface EventAction extends ActionCommon {
  readonly kind: "event";
  readonly event: string;
  readonly data?: JsonMap;
}

export interface DeviceAction extends ActionCommon {
  readonly kind: "device";
  readonly deviceId: string;
  readonly domain: string;
  readonly type?: string;
  readonly entityId?: string;
  readonly rest: JsonMap;
}

export interface SceneAction extends ActionCommon {
  readonly kind: "scene";
  readonly entityId: string;
}

export interface RepeatAction extends ActionCommon {
  readonly kind: "repeat";
  readonly until:
    | { readonly count: number | Template }
    | { readonly forEach: readonly Json[] | Template }
    | { readonly while: readonly Condition[] }
    | { readonly until: readonly Condition[] };
  readonly sequence: readonly Action[];
}

export interface Choice {
  readonly alias?: string;
  readonly extra?: JsonMap;
  readonly conditions: readonly Condition[];
  readonly sequence: readonly Action[];
}

export interface ChooseAction extends ActionCommon {
  readonly kind: "choose";
  readonly choices: readonly Choice[];
  readonly default?: readonly Action[];
}

export interface IfAction extends ActionCommon {
  readonly kind: "if";
  readonly conditions: readonly Condition[];
  readonly then: readonly Action[];
  readonly else?: readonly Action[];
}

export interface ParallelAction extends ActionCommon {
  readonly kind: "parallel";
  readonly branches: readonly (readonly Action[])[];
}

export interface SequenceAction extends ActionCommon {
  readonly kind: "sequence";
  readonly sequence: readonly Action[];
}

export interface VariablesAction extends ActionCommon {
  readonly kind: "variables";
  readonly variables: JsonMap;
}

export interface StopAction extends ActionCommon {
  readonly kind: "stop";
  readonly stop: string | null;
  readonly error?: boolean | Template;
  readonly responseVariable?: string;
}

export interface ConversationResponseAction extends ActionCommon {
  readonly kind: "set_conversation_response";
  readonly response: string | null;
}

export type Action =
  | CallAction
  | DelayAction
  | WaitTemplateAction
  | WaitForTriggerAction
  | ConditionAction
  | EventAction
  | DeviceAction
  | SceneAction
  | RepeatAction
  | ChooseAction
  | IfAction
  | ParallelAction
  | SequenceAction
  | VariablesAction
  | StopAction
  | ConversationResponseAction;
