import type { PowerSeries } from "./series.ts";

/** One change of a device, as the history has it. */
export interface DeviceChange {
  readonly at: number;
  readonly isOn: boolean;
  /** 0 to 1: brightness, fan speed, position; absent where the device has none. */
  readonly level?: number;
  /** Kind of cause in the history: `automation`, `physical`. */
  readonly cause?: string;
  /** Entity id of the automation, script or scene. */
  readonly by?: string;
}

export interface Device {
  readonly entityId: string;
  /** Oldest first; the first one says what was before. */
  readonly changes: readonly DeviceChange[];
  /** Its own power sensor. */
  readonly ownPower?: PowerSeries;
}

/** A change that may move the meter. */
export interface Switching {
  readonly entityId: string;
  readonly at: number;
  /** 1 switched on, -1 off, 0 only another level. */
  readonly turned: number;
  readonly levelFrom: number;
  readonly levelTo: number;
  readonly cause?: string;
  readonly by?: string;
}

const LEAST_LEVEL = 0.02; // a dimmer's rounding is no change

/** Oldest first. Repeated states and changes of nothing that draws power are left out. */
export function switchingsOf(devices: readonly Device[]): Switching[] {
  return devices
    .flatMap(({ entityId, changes }) =>
      changes.slice(1).flatMap((change, index) => {
        const before = changes[index];
        if (!before) return [];
        const [levelFrom, levelTo] = [levelOf(before), levelOf(change)];
        const turned = Number(change.isOn) - Number(before.isOn);
        if (turned === 0 && Math.abs(levelTo - levelFrom) < LEAST_LEVEL) return [];
        const { at, cause, by } = change;
        return [
          {
            entityId,
            at,
            turned,
            levelFrom,
            levelTo,
            ...(cause ? { cause } : {}),
            ...(by ? { by } : {}),
          },
        ];
      }),
    )
    .sort((one, other) => one.at - other.at || (one.entityId < other.entityId ? -1 : 1));
}

const levelOf = ({ isOn, level }: DeviceChange): number => (isOn ? (level ?? 1) : 0);
