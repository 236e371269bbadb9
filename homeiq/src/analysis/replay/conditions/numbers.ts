import type { Bound, NumericStateTrigger } from "#home/automation/automation.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import type { WorldState } from "../past/past.ts";
import { type Failure, isFailure, type Stage, toVariable, type Variables } from "../stage/stage.ts";

type Range = Pick<NumericStateTrigger, "above" | "below" | "attribute" | "valueTemplate">;

interface Where {
  readonly stage: Stage;
  readonly variables: Variables;
}

const NO_VALUE = new Set<unknown>([undefined, null, "unavailable", "unknown"]);

/** Home Assistant's `async_numeric_state`, 2026.11: what has no value is outside, what is no number cannot be said. */
export function isInRange(
  range: Range,
  state: WorldState | undefined,
  where: Where,
): boolean | Failure {
  const value = valueIn(range, state, where);
  if (value === undefined || isFailure(value)) return value ?? false;
  const { above, below } = range;
  const least = boundOf(above, where.stage);
  const most = boundOf(below, where.stage);
  if (isFailure(least)) return least;
  if (isFailure(most)) return most;
  if (least === "no value" || most === "no value") return false;
  return (most === undefined || value < most) && (least === undefined || value > least);
}

/** Absent: there is no value now. */
export function valueIn(
  { attribute, valueTemplate }: Range,
  state: WorldState | undefined,
  { stage, variables }: Where,
): number | undefined | Failure {
  if (!state) return { error: "the entity is unknown" };
  if (attribute !== undefined && !(attribute in state.attributes)) return undefined;
  const own = attribute === undefined ? state.state : state.attributes[attribute];
  const value =
    valueTemplate === undefined
      ? own
      : stage.texts.render(valueTemplate, { ...variables, state: toVariable(state) });
  if (NO_VALUE.has(value)) return undefined;
  if (isFailure(value)) return value;
  const number = typeof value === "number" ? value : toNumber(String(value).trim());
  return number ?? { error: `"${String(value)}" is no number` };
}

export function boundOf(
  bound: Bound | undefined,
  stage: Stage,
): number | undefined | "no value" | Failure {
  if (typeof bound !== "object") return bound;
  const state = stage.world.state(bound.entityId);
  if (!state) return { error: `${bound.entityId} is unknown` };
  if (NO_VALUE.has(state.state)) return "no value";
  return toNumber(state.state) ?? { error: `${bound.entityId} is "${state.state}", no number` };
}

/** "above 20 and below 40". */
export function rangeWords({ above, below }: Range, stage: Stage): string {
  const say = (word: string, bound: Bound | undefined) => {
    if (bound === undefined) return [];
    if (typeof bound === "number") return [`${word} ${bound}`];
    const state = stage.world.state(bound.entityId)?.state ?? "unknown";
    return [`${word} ${bound.entityId} (${state})`];
  };
  return [...say("above", above), ...say("below", below)].join(" and ");
}

/** "sensor.hall_illuminance is 41". */
export function valueWords(
  range: Range,
  { entityId, state, where }: { entityId: string; state: WorldState | undefined; where: Where },
): string {
  const name = range.attribute === undefined ? entityId : `${range.attribute} of ${entityId}`;
  const value = valueIn(range, state, where);
  if (value === undefined) return `${name} has no value (${state?.state ?? "unknown"})`;
  return isFailure(value) ? `${name}: ${value.error}` : `${name} is ${value}`;
}
