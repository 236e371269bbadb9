import type { EntityState } from "#home/states/states.ts";

export interface LowBattery {
  readonly entityId: string;
  readonly name: string;
  /** Absent when the device only says "low". */
  readonly percent?: number;
}

export interface Alarm {
  readonly entityId: string;
  readonly name: string;
  readonly what: AlarmKind;
}

export type AlarmKind =
  | "smoke"
  | "gas"
  | "carbon_monoxide"
  | "moisture"
  | "safety"
  | "tamper"
  | "triggered";

const LOW_PERCENT = 15; // most sensors fail to report below about 10 %
const ALARM_CLASSES = new Set<string>([
  "smoke",
  "gas",
  "carbon_monoxide",
  "moisture",
  "safety",
  "tamper",
]);

/** The battery of an entity that needs a new one soon. */
export function batteryOf({
  entityId,
  state,
  attributes,
}: EntityState): { percent?: number } | undefined {
  if (attributes.device_class !== "battery") return undefined;
  if (entityId.startsWith("binary_sensor.")) return state === "on" ? {} : undefined;
  const percent = Number(state);
  if (!entityId.startsWith("sensor.") || state.trim() === "" || !Number.isFinite(percent))
    return undefined;
  return percent <= LOW_PERCENT ? { percent } : undefined;
}

/** What an entity warns of right now. */
export function alarmsOf({ entityId, state, attributes }: EntityState): AlarmKind[] {
  if (entityId.startsWith("alarm_control_panel.") && state === "triggered") return ["triggered"];
  const kind = attributes.device_class;
  if (!entityId.startsWith("binary_sensor.") || state !== "on") return [];
  return typeof kind === "string" && ALARM_CLASSES.has(kind) ? [kind as AlarmKind] : [];
}
