import type { Clock } from "#foundation/clock.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { EntityState, StateTransition } from "#home/states/states.ts";
import { changedAttributes } from "./attributes.ts";
import type { Causes } from "./cause.ts";
import { toNumber } from "./number.ts";
import type { Cause, ChangeKind, StateChange } from "./state-change.ts";

export { categoryOf, domainOf } from "./category.ts";
export { type Causes, createCauses } from "./cause.ts";
export { toNumber } from "./number.ts";
export { isOperable } from "./operable.ts";
export {
  CATEGORIES,
  CAUSE_KINDS,
  type Category,
  type Cause,
  type CauseKind,
  CHANGE_KINDS,
  type ChangeKind,
  type StateChange,
} from "./state-change.ts";

/** What was counted on the way, beside the change itself. */
export type Note = "timestamp_replaced" | "attributes_omitted" | "duration_negative";

const EARLIEST_MS = Date.UTC(2013, 8, 17); // Home Assistant's first commit; nothing can be older
const LATEST_AHEAD_MS = DAY_MS;
const NO_HUMAN_MEANING = new Set(["unavailable", "unknown"]);

interface Deps {
  readonly clock: Clock;
  readonly causes: Causes;
  /** True while the states that come in are those of a Home Assistant that has just started. */
  isRestartEcho(transition: StateTransition): boolean;
  onNote(note: Note): void;
}

/** Turns a transition into a `StateChange`, or into nothing when nothing worth keeping changed. */
export function createNormalizer({ clock, causes, isRestartEcho, onNote }: Deps) {
  return (transition: StateTransition): StateChange | undefined => {
    const { entityId, before, after } = transition;
    const attributes = diffAttributes(transition);
    const kind = kindOf(before, after, attributes !== undefined);
    if (!kind) return undefined;

    const last = after ?? before;
    if (!last) return undefined;
    const context = last.context;
    const states = {
      ...(before ? { oldState: before.state } : {}),
      ...(after ? { newState: after.state } : {}),
    };
    // The rules see every change, also where its answer is overruled: they learn from order.
    const judged = causes.classify({
      entityId,
      ...states,
      context,
      snapshot: transition.snapshot,
    });
    const value = after ? toNumber(after.state) : undefined;
    const unit = after?.attributes.unit_of_measurement;
    const heldMs = kind === "attributes" ? undefined : heldFor(before, after);
    return {
      entityId,
      at: momentOf(kind, transition),
      kind,
      ...states,
      ...(value === undefined ? {} : { value }),
      ...(typeof unit === "string" ? { unit } : {}),
      ...(heldMs === undefined ? {} : { heldMs }),
      context,
      ...(attributes === undefined ? {} : { changedAttributes: attributes }),
      cause: overrule(judged, kind, transition),
    };
  };

  function diffAttributes({ before, after, attributeNames }: StateTransition) {
    if (!before || !after) return undefined;
    if (attributeNames?.length === 0) return undefined;
    const { changed, omitted } = changedAttributes(
      before.attributes,
      after.attributes,
      attributeNames,
    );
    if (omitted) onNote("attributes_omitted");
    return changed;
  }

  function overrule(judged: Cause, kind: ChangeKind, transition: StateTransition): Cause {
    if (isRestartEcho(transition)) return { kind: "restart_echo", confidence: 0.95 };
    if (kind === "availability") return { kind: "integration", confidence: 0.9 };
    if (kind === "added" || kind === "removed") return { kind: "unknown", confidence: 1 };
    // A snapshot shows where it ended, not what happened on the way there.
    if (transition.snapshot) return { ...judged, confidence: Math.min(judged.confidence, 0.4) };
    return judged;
  }

  function momentOf(kind: ChangeKind, { before, after }: StateTransition): number {
    if (!after) return clock.now(); // a removal carries no time of its own
    const stateChanged = kind !== "attributes" && (!before || before.state !== after.state);
    const at = stateChanged ? after.lastChangedAt : after.lastUpdatedAt;
    if (Number.isFinite(at) && at >= EARLIEST_MS && at <= clock.now() + LATEST_AHEAD_MS) {
      return Math.round(at);
    }
    onNote("timestamp_replaced");
    return clock.now();
  }

  /** Time spent in the previous state. A clock that was set back gives 0, and is counted. */
  function heldFor(before: EntityState | undefined, after: EntityState | undefined) {
    if (!before || !after) return undefined;
    // Of whole milliseconds, as both moments are stored: then it is the difference of two stored moments.
    const heldMs = Math.round(after.lastChangedAt) - Math.round(before.lastChangedAt);
    if (!Number.isFinite(heldMs)) return undefined;
    if (heldMs >= 0) return heldMs;
    onNote("duration_negative");
    return 0;
  }
}

function kindOf(
  before: EntityState | undefined,
  after: EntityState | undefined,
  attributesChanged: boolean,
): ChangeKind | undefined {
  if (!after) return before ? "removed" : undefined;
  if (!before) return "added";
  if (before.state !== after.state) {
    const isEdge = NO_HUMAN_MEANING.has(before.state) || NO_HUMAN_MEANING.has(after.state);
    return isEdge ? "availability" : "state";
  }
  return attributesChanged ? "attributes" : undefined;
}
