import type { JsonMap } from "#home/automation/automation.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import type { Stage } from "../stage/stage.ts";

/** Whether a value is where the `threshold` of the options wants it; what has no limit now is not. */
export function isPastThreshold(options: JsonMap, value: number, stage: Stage): boolean {
  const threshold = options.threshold as JsonMap | undefined;
  const limit = (name: string) => limitOf(threshold?.[name] as JsonMap | undefined, stage);
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

function limitOf(value: JsonMap | undefined, stage: Stage): number | undefined {
  if (typeof value === "number") return value;
  if (typeof value?.number === "number") return value.number;
  if (typeof value?.entity !== "string") return undefined;
  const state = stage.world.state(value.entity);
  return state && toNumber(state.state);
}

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
