import type { JsonMap } from "#home/automation/automation.ts";
import type { Stage } from "../stage/stage.ts";
import { asNumber, type Measure } from "./measure.ts";
import { isSameUnit, toBase } from "./units.ts";

interface Compared {
  readonly value: number;
  readonly measure: Measure;
  readonly stage: Stage;
}

/** Whether a value is where the `threshold` of the options wants it; what has no limit now is not. */
export function isPastThreshold(options: JsonMap, { value, measure, stage }: Compared): boolean {
  const threshold = options.threshold as JsonMap | undefined;
  const limit = (name: string) =>
    limitOf(threshold?.[name] as JsonMap | undefined, { measure, stage });
  const type = threshold?.type;
  if (type === "any" || threshold === undefined) return true;
  if (type === "above" || type === "below") {
    const one = limit("value");
    if (one === undefined) return false;
    return type === "above" ? value > one : value < one;
  }
  const [low, high] = [limit("value_min"), limit("value_max")];
  if (low === undefined || high === undefined) return false;
  const isBetween = value >= low && value <= high;
  return type === "between" ? isBetween : !isBetween;
}

function limitOf(
  value: JsonMap | undefined,
  { measure: { unit, units }, stage }: Omit<Compared, "value">,
): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value?.number === "number") {
    return units
      ? toBase(value.number, asUnit(value.unit_of_measurement) ?? units.base, units)
      : value.number;
  }
  if (typeof value?.entity !== "string") return undefined;
  const state = stage.world.state(value.entity);
  const number = asNumber(state?.state);
  if (!state || number === undefined) return undefined;
  const own = asUnit(state.attributes.unit_of_measurement);
  if (units) return toBase(number, own, units);
  return unit === undefined || isSameUnit(own, unit) ? number : undefined;
}

const asUnit = (value: unknown) => (typeof value === "string" ? value : undefined);

/** "above 25", for a person. */
export function thresholdWords(options: JsonMap): string {
  const threshold = options.threshold as JsonMap | undefined;
  const say = (name: string) => {
    const value = threshold?.[name] as JsonMap | undefined;
    return String(value?.number ?? value?.entity ?? "");
  };
  const both = `${say("value_min")} and ${say("value_max")}`;
  const type = String(threshold?.type ?? "any value");
  return type === "between" || type === "outside" ? `${type} ${both}` : `${type} ${say("value")}`;
}
