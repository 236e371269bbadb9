import type { JsonMap, PurposeCondition, Target } from "#home/automation/automation.ts";
import type { WorldState } from "../past/past.ts";
import { isFailure, type Stage, toPeriodMs } from "../stage/stage.ts";
import { CONDITION_RULES } from "./condition-rules.ts";
import type { Look } from "./rule.ts";
import { type EntityKind, type Seen, see } from "./seen.ts";
import { isSkyKey, isSkyMet } from "./sky.ts";
import { entitiesOf } from "./targets.ts";
import { TRIGGER_RULES } from "./trigger-rules.ts";

export { deviceAction, deviceCondition, deviceTrigger } from "./device.ts";
export { offsetOf } from "./offset.ts";
export { nextOfSky } from "./sky.ts";
export { entitiesOf, toIds } from "./targets.ts";
export { thresholdWords } from "./threshold.ts";

/** A purpose-specific trigger or condition, with the entities it is about. */
export interface Purpose {
  readonly isNumber: boolean;
  readonly entityIds: readonly string[];
  /** Whether the entity takes part: it says something, and can do what the rule asks for. */
  counts(state: WorldState): boolean;
  /** Whether an entity that takes part is as wanted. */
  isMet(state: WorldState): boolean;
  /** The value that the rule looks at. */
  seenIn(state: WorldState): unknown;
}

export interface TriggerPurpose extends Purpose {
  isTransition(from: WorldState, to: WorldState): boolean;
}

type Role = "trigger" | "condition";

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^todo\.item_/, "what is on a list is not recorded, only how many things are"],
  [/^homeassistant\./, "when Home Assistant was updated, or asks to be restarted, is not recorded"],
];

/** Followed by triggers of their own. */
const OTHERS = new Set([
  "moon.phase_changed",
  "timer.remaining_time_reached",
  "calendar.event_started",
  "calendar.event_ended",
]);

/** Why it cannot be replayed; absent when it can. */
export function purposeProblem(key: string, role: Role, stage: Stage): string | undefined {
  if (key.startsWith("sun.") && !stage.sun) return "nobody said where the house stands";
  const rules = role === "trigger" ? TRIGGER_RULES : CONDITION_RULES;
  if (rules.has(key) || isSkyKey(key)) return undefined;
  if (role === "trigger" && OTHERS.has(key)) return undefined;
  const [, why] = REASONS.find(([keys]) => keys.test(key)) ?? [];
  return why ?? `what ${key} looks at is not in the recorded history`;
}

interface Wanted {
  readonly key: string;
  readonly target?: Target;
  readonly options: JsonMap;
}

export function triggerPurpose(wanted: Wanted, stage: Stage): TriggerPurpose | undefined {
  const rule = TRIGGER_RULES.get(wanted.key);
  if (!rule) return undefined;
  const look = lookFor(rule, wanted, stage);
  const asked = { options: wanted.options, stage };
  const isNothing = (state: string) =>
    state === "unavailable" || (state === "unknown" && !rule.fromUnknown);
  return {
    ...look,
    isTransition: (from, to) =>
      !isNothing(from.state) && rule.isTransition(look.see(from), look.see(to), asked),
  };
}

export function conditionPurpose(wanted: Wanted, stage: Stage): Purpose | undefined {
  const look = CONDITION_RULES.get(wanted.key);
  return look && lookFor(look, wanted, stage);
}

function lookFor(look: Look, { target, options }: Wanted, stage: Stage) {
  const kinds = new Map<string, EntityKind>();
  const ids =
    look.entity === undefined
      ? entitiesOf(target, { stage, primaryOnly: !look.everyCategory, expandsGroups: false })
      : [typeof look.entity === "string" ? look.entity : String(options[look.entity.option])];
  const entityIds = ids.filter((entityId) => {
    const kind = kindOf(look, entityId, stage);
    if (kind) kinds.set(entityId, kind);
    return kind !== undefined;
  });
  const seen = (state: WorldState): Seen => see(state, kinds.get(state.entityId) as EntityKind);
  const asked = { options, stage };
  return {
    entityIds,
    isNumber: look.isNumber === true,
    see: seen,
    seenIn: (state: WorldState) => seen(state).value,
    counts: (state: WorldState) =>
      state.state !== "unavailable" &&
      state.state !== "unknown" &&
      (look.counts?.(seen(state)) ?? true),
    isMet: (state: WorldState) => look.isMet(seen(state), asked),
  };
}

/** Where a rule's value stands in this entity; absent when the rule is not about it. */
function kindOf({ of, feature }: Look, entityId: string, stage: Stage): EntityKind | undefined {
  const domain = entityId.slice(0, entityId.indexOf("."));
  const attributes = stage.world.state(entityId)?.attributes;
  const own = attributes?.device_class;
  const deviceClass =
    typeof own === "string" ? own : stage.house.entities.get(entityId)?.deviceClass;
  if (feature !== undefined && (Number(attributes?.supported_features ?? 0) & feature) === 0) {
    return undefined;
  }
  return of.find(
    (kind) =>
      kind.domain === domain &&
      (kind.deviceClass === undefined || kind.deviceClass === deviceClass),
  );
}

/** Whether `light.is_on` and its like hold now; of several entities any, unless `behavior` says all. */
export function isPurposeMet(condition: PurposeCondition, stage: Stage): boolean {
  const { options, key } = condition;
  const ofSky = isSkyMet(key, options, stage);
  if (ofSky !== undefined) return ofSky;
  const purpose = conditionPurpose(condition, stage);
  if (!purpose) return false;
  const forMs = forOf(condition);
  const seen = purpose.entityIds.flatMap((id) => {
    const state = stage.world.state(id);
    if (!state || !purpose.counts(state)) return [];
    if (!purpose.isMet(state)) return [false];
    if (forMs === 0) return [true];
    const since = stage.metSince.get(condition)?.(id) ?? state.lastChangedAt;
    return [stage.world.now - since >= forMs];
  });
  return options.behavior === "all" ? seen.every(Boolean) : seen.some(Boolean);
}

/** How long it must have been so. Milliseconds. */
function forOf({ options }: PurposeCondition): number {
  const ms = options.for === undefined ? 0 : toPeriodMs(options.for);
  return isFailure(ms) ? 0 : ms;
}

/**
 * Follows since when the entities of a condition have been as wanted, where their last change does not say it:
 * their attributes decide, or one of several states.
 */
export function followMet(condition: PurposeCondition, stage: Stage): void {
  const look = CONDITION_RULES.get(condition.key);
  if (forOf(condition) === 0 || !look || look.sinceChange) return;
  const { entityIds, counts, isMet } = lookFor(look, condition, stage);
  const since = new Map<string, number>();
  for (const entityId of entityIds) {
    const take = (now: WorldState | undefined) => {
      if (!now || !counts(now) || !isMet(now)) since.delete(entityId);
      else if (!since.has(entityId)) since.set(entityId, now.lastUpdatedAt);
    };
    take(stage.world.state(entityId));
    stage.world.listen(entityId, ({ to }) => take(to));
  }
  stage.metSince.set(condition, (entityId) => since.get(entityId));
}
