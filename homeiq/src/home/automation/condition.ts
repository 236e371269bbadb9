import type { Bound, ClockTime, Common, Json, JsonMap, Period, Target, Weekday } from "./value.ts";

export interface StateCondition extends Common {
  readonly kind: "state";
  readonly entityIds: readonly string[];
  /** Texts; with an attribute anything. */
  readonly states: readonly Json[];
  readonly attribute?: string;
  readonly for?: Period;
  /** Of several entities; absent: all. */
  readonly match?: "all" | "any";
}

export interface NumericStateCondition extends Common {
  readonly kind: "numeric_state";
  readonly entityIds: readonly string[];
  readonly above?: Bound;
  readonly below?: Bound;
  readonly attribute?: string;
  readonly valueTemplate?: string;
}

export interface TemplateCondition extends Common {
  readonly kind: "template";
  readonly valueTemplate: string;
}

export interface TimeCondition extends Common {
  readonly kind: "time";
  /** After later than before spans midnight. */
  readonly after?: ClockTime;
  readonly before?: ClockTime;
  readonly weekdays?: readonly Weekday[];
}

export interface SunCondition extends Common {
  readonly kind: "sun";
  readonly after?: "sunrise" | "sunset";
  readonly before?: "sunrise" | "sunset";
  readonly afterOffset?: Period;
  readonly beforeOffset?: Period;
}

export interface ZoneCondition extends Common {
  readonly kind: "zone";
  readonly entityIds: readonly string[];
  readonly zones: readonly string[];
}

/** Whether the run was begun by one of these triggers. */
export interface TriggerCondition extends Common {
  readonly kind: "trigger";
  readonly ids: readonly string[];
}

export interface DeviceCondition extends Common {
  readonly kind: "device";
  readonly deviceId: string;
  readonly domain: string;
  readonly type?: string;
  readonly entityId?: string;
  readonly rest: JsonMap;
}

/** `not` holds when none of its conditions does. */
export interface GroupCondition extends Common {
  readonly kind: "and" | "or" | "not";
  readonly conditions: readonly Condition[];
}

/** `light.is_on` and its like. */
export interface PurposeCondition extends Common {
  readonly kind: "purpose";
  readonly key: string;
  readonly target?: Target;
  readonly options: JsonMap;
}

export type Condition =
  | StateCondition
  | NumericStateCondition
  | TemplateCondition
  | TimeCondition
  | SunCondition
  | ZoneCondition
  | TriggerCondition
  | DeviceCondition
  | GroupCondition
  | PurposeCondition;
