import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { present } from "#foundation/absent.ts";
import { type DeviceSpent, spentBy, type Tariffs } from "./attribution.ts";
import { correlate, type DevicePower } from "./correlate.ts";
import { type Device, switchingsOf } from "./devices.ts";
import { flowOf, type HouseFlow } from "./house-flow.ts";
import { type OwnSensor, ownSensorOf } from "./own-sensor.ts";
import type { PowerSeries } from "./series.ts";
import { type BaseLoad, baseLoadOf, type Standby, standbyOf } from "./standby.ts";
import { measureSteps, type Step } from "./steps.ts";

export type { DeviceSpent, SlotValue, Spent, Tariffs } from "./attribution.ts";
export {
  correlate,
  type DevicePower,
  type Estimate,
  type Evidence,
  VERDICTS,
  type Verdict,
} from "./correlate.ts";
export { type Device, type DeviceChange, type Switching, switchingsOf } from "./devices.ts";
export { createEnergyAnalysis, type EnergyAnalysis, type StartWish } from "./energy-analysis.ts";
export type { EnergyCost } from "./energy-cost.ts";
export type { FoundStart } from "./energy-thread.ts";
export type { HouseFlow } from "./house-flow.ts";
export { findMeter } from "./meter-of-prefs.ts";
export type { OwnSensor } from "./own-sensor.ts";
export type { PowerSeries } from "./series.ts";
export type { BaseLoad, Standby } from "./standby.ts";
export { measureSteps, type Step } from "./steps.ts";

export interface EnergyQuestion extends Tariffs {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Without a meter nothing is said of devices without their own sensors. */
  readonly meter?: PowerSeries;
  readonly devices: readonly Device[];
  /** Measured before, while the meter's fine values were there; those of `meter` are added. */
  readonly steps?: readonly Step[];
  /** The meter in means of minutes, for what does not need its fine values. */
  readonly means?: PowerSeries;
  /** Of the panels, and out of the battery (below zero: into it); absent without such sensors. */
  readonly solar?: PowerSeries;
  readonly battery?: PowerSeries;
}

export interface EnergyOfDevice {
  readonly entityId: string;
  /** By the meter of the house. */
  readonly power?: DevicePower;
  /** By its own sensor. */
  readonly own?: OwnSensor;
  readonly standby?: Standby;
  readonly spent?: DeviceSpent;
}

export interface EnergyReport {
  readonly from: number;
  readonly to: number;
  /** The thirstiest first. */
  readonly devices: readonly EnergyOfDevice[];
  readonly base?: BaseLoad;
  /** Absent without a meter, and until it has measured a whole day. */
  readonly flow?: HouseFlow;
}

/** What every device draws and cost, as far as a meter or its own sensor tells; the same input gives the same answer. */
export function analyseEnergy(question: EnergyQuestion): EnergyReport {
  const { from, to, timeZone, meter, means = meter, devices, steps: known = [] } = question;
  const { solar, battery } = question;
  const days = createLocalDays(timeZone);
  const lastKnown = known.reduce((last, { until }) => Math.max(last, until), 0);
  const fresh = switchingsOf(devices).filter(({ at }) => at > lastKnown);
  const steps = meter ? [...known, ...measureSteps(meter, fresh)] : known;
  const powers = new Map(correlate(steps).map((power) => [power.entityId, power]));
  const found = devices.map((device): EnergyOfDevice => {
    const power = powers.get(device.entityId);
    return {
      entityId: device.entityId,
      ...present("power", power),
      ...present("own", ownSensorOf(device, power)),
      ...present("standby", standbyOf(device, to)),
      ...present("spent", spentBy(device, power, { ...question, days })),
    };
  });
  const standby = found.flatMap((one) => one.standby ?? []);
  return {
    from,
    to,
    devices: found.sort(
      (one, other) =>
        (other.spent?.kwh.value ?? -1) - (one.spent?.kwh.value ?? -1) ||
        (one.entityId < other.entityId ? -1 : 1),
    ),
    ...present("base", means && baseLoadOf(means, days, standby)),
    ...present(
      "flow",
      means &&
        flowOf({
          ...{ from, to, days, grid: means },
          ...present("solar", solar),
          ...present("battery", battery),
        }),
    ),
  };
}
