import { present } from "#foundation/absent.ts";
import type { DevicePower } from "./correlate.ts";
import { type Device, switchingsOf } from "./devices.ts";
import { medianOf } from "./series.ts";
import { measureSteps } from "./steps.ts";

/** What a device's own sensor says of the same switchings. */
export interface OwnSensor {
  readonly watts: number;
  readonly n: number;
  /** By how much the meter's estimate is above it, in percent. */
  readonly differencePercent?: number;
}

const LEAST_STEPS = 3;
const LEAST_W = 1;

/** Absent without a sensor, or when it has hardly said anything. */
export function ownSensorOf(device: Device, power: DevicePower | undefined): OwnSensor | undefined {
  if (!device.ownPower) return undefined;
  const steps = measureSteps(device.ownPower, switchingsOf([device])).flatMap(
    ({ stepW, parts }) => {
      const turned = parts.reduce((sum, part) => sum + part.turned, 0);
      return turned === 0 ? [] : [stepW * turned];
    },
  );
  if (steps.length < LEAST_STEPS) return undefined;
  const watts = medianOf(steps);
  const estimate = power?.watts?.value;
  const difference =
    estimate === undefined || watts < LEAST_W ? undefined : 100 * (estimate / watts - 1);
  return { watts, n: steps.length, ...present("differencePercent", difference) };
}
