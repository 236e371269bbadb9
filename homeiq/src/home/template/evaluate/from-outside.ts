import { momentOf } from "../moment/moment.ts";
import type { Run } from "../run.ts";
import { stateOf } from "../state.ts";
import type { WorldState } from "../world.ts";

/** A value that came with the variables: a state among them is a state object, a `Date` a moment of local time. */
export function fromOutside(run: Run, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof Date) return momentOf(value.getTime(), run.world.timeZone);
  return isWorldState(value) ? stateOf(value) : value;
}

function isWorldState(value: object): value is WorldState {
  return "lastChangedAt" in value && "entityId" in value && "attributes" in value;
}
