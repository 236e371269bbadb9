import type { JsonMap } from "#home/automation/automation.ts";
import { type Failure, toPeriodMs } from "../stage/stage.ts";

/** By how much a trigger is moved; before its event with a minus, or as it was said before 2026.11. Milliseconds. */
export function offsetOf({ offset, offset_type: type }: JsonMap): number | Failure {
  const ms = offset === undefined ? 0 : toPeriodMs(offset);
  return typeof ms === "number" && type === "before" ? -ms : ms;
}
