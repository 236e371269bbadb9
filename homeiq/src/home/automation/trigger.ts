import type { Bound, ClockTime, Common, Json, JsonMap, Period, Target, Weekday } from "./value.ts";

/**
 * Which states a change must lead to or come from: `null` for any, as long as the state itself changes.
 * Texts; with an attribute anything.
 */
export type StateMatch = readonly Json[] | null;

export interface TriggerCommon extends Common {
  /** What `trigger.id` says; absent: its index as text. */
  readonly id?: string;
  readonly variables?: JsonMap;
}

export interface StateTrigger extends TriggerCommon {
  readonly kind: "state";
  readonly entityIds: readonly string[];
  readonly to?: StateMatch;
  readonly notTo?: StateMatch;
  readonly from?: StateMatch;
  readonly notFrom?: StateMatch;
  readonly attribute?: string;
  readonly for?: Period;
}

export interface NumericStateTrigger extends TriggerCommon {
  readonly kind: "numeric_state";
  readonly entityIds: readonly string[];
  readonly above?: Bound;
  readonly below?: Bound;
  readonly attribute?: string;
  readonly valueTemplate?: string;
  readonly for?: Period;
}

export interface EventTrigger extends TriggerCommon {
  readonly kind: "event";
  readonly eventTypes: readonly string[];
  readonly data?: JsonMap;
  readonly context?: JsonMap;
}

export interface HomeAssistantTrigger extends TriggerCommon {
  readonly kind: "homeassistant";
  readonly event: "start" | "shutdown";
}

export interface TimeTrigger extends TriggerCommon {
  readonly kind: "time";
  readonly at: readonly ClockTime[];
  readonly weekdays?: readonly Weekday[];
}

export interface TimePatternTrigger extends TriggerCommon {
  readonly kind: "time_pattern";
  /** `"5"`, `"/5"` or `"*"`. */
  readonly hours?: string;
  readonly minutes?: string;
  readonly seconds?: string;
}

export interface SunTrigger extends TriggerCommon {
  readonly kind: "sun";
  readonly event: "sunrise" | "sunset";
  readonly offset?: Period;
}

export interface ZoneTrigger extends TriggerCommon {
  readonly kind: "zone";
  readonly entityIds: readonly string[];
  readonly zone: string;
  readonly event: "enter" | "leave";
}

export interface TemplateTrigger extends TriggerCommon {
  readonly kind: "template";
  readonly valueTemplate: string;
  readonly for?: Period;
}

export interface CalendarTrigger extends TriggerCommon {
  readonly kind: "calendar";
  readonly entityId: string;
  readonly event: "start" | "end";
  readonly offset?: Period;
}

/** Of one device, as its integration defines it; `entityId` may be a registry id. */
export interface DeviceTrigger extends TriggerCommon {
  readonly kind: "device";
  readonly deviceId: string;
  readonly domain: string;
  readonly type?: string;
  readonly entityId?: string;
  /** `subtype` and whatever else the integration wants. */
  readonly rest: JsonMap;
}

/** `light.turned_on` and its like, since Home Assistant 2026.7. */
export interface PurposeTrigger extends TriggerCommon {
  readonly kind: "purpose";
  readonly key: string;
  readonly target?: Target;
  readonly options: JsonMap;
}

export const OTHER_TRIGGERS = [
  "mqtt",
  "webhook",
  "tag",
  "conversation",
  "persistent_notification",
  "geo_location",
] as const;

/** Those that no history can drive, and those of integrations: their fields as they are. */
export interface OtherTrigger extends TriggerCommon {
  readonly kind: "other";
  readonly platform: string;
  readonly fields: JsonMap;
}

export type Trigger =
  | StateTrigger
  | NumericStateTrigger
  | EventTrigger
  | HomeAssistantTrigger
  | TimeTrigger
  | TimePatternTrigger
  | SunTrigger
  | ZoneTrigger
  | TemplateTrigger
  | CalendarTrigger
  | DeviceTrigger
  | PurposeTrigger
  | OtherTrigger;
