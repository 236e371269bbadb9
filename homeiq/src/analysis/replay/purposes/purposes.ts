import type { JsonMap, PurposeCondition, Target } from "#home/automation/automation.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import type { WorldState } from "../past/past.ts";
import { isFailure, type Stage, toPeriodMs } from "../stage/stage.ts";
import { CONDITION_RULES } from "./condition-table.ts";
import { kindOf, type Rule, TRIGGER_RULES } from "./table.ts";
import { entitiesOf } from "./targets.ts";
import { isPastThreshold } from "./threshold.ts";

export { deviceAction, deviceCondition, deviceTrigger } from "./device.ts";
export type { Rule } from "./table.ts";
export { entitiesOf, toIds } from "./targets.ts";
export { thresholdWords } from "./threshold.ts";

/** A purpose-specific trigger or condition, with the entities it is about. */
export interface Purpose {
  readonly rule: Rule;
  readonly options: JsonMap;
  readonly entityIds: readonly string[];
  /** Whether the entity is as wanted; absent while it says nothing (`unavailable`, `unknown`, no number). */
  isMet(state: WorldState): boolean | undefined;
  /** The value that the rule looks at. */
  seenIn(state: WorldState): unknown;
}

type Role = "trigger" | "condition";

const SUN = new Set(["sun.sunrise", "sun.sunset", "sun.is_up", "sun.is_set", "sun.is_night"]);

/** Why it cannot be replayed; absent when it can. */
export function purposeProblem(key: string, role: Role): string | undefined {
  const rules = role === "trigger" ? TRIGGER_RULES : CONDITION_RULES;
  if (rules.has(key) || SUN.has(key) || ZONES.has(key)) return undefined;
  return `what ${key} looks at is not in the recorded history`;
}

const ZONES = new Set(["zone.entered", "zone.left", "zone.in_zone", "zone.not_in_zone"]);

interface Wanted {
  readonly key: string;
  readonly target?: Target;
  readonly options: JsonMap;
}

export function purposeOf(
  { key, target, options }: Wanted,
  stage: Stage,
  role: Role,
): Purpose | undefined {
  const rule = (role === "trigger" ? TRIGGER_RULES : CONDITION_RULES).get(key);
  if (!rule) return undefined;
  const classOf = (entityId: string, state: WorldState | undefined): string | undefined => {
    const own = state?.attributes.device_class;
    return typeof own === "string" ? own : stage.house.entities.get(entityId)?.deviceClass;
  };
  const kindFor = (state: WorldState) => kindOf(rule, state, classOf(state.entityId, state));
  const seenIn = (state: WorldState): unknown => {
    const attribute = kindFor(state)?.attribute;
    return attribute === undefined ? state.state : state.attributes[attribute];
  };
  const numberOf = (state: WorldState): number | undefined => {
    const value = seenIn(state);
    const number = typeof value === "number" ? value : toNumber(String(value ?? ""));
    return number === undefined || rule.kind !== "number" ? number : number * (rule.scale ?? 1);
  };
  const isAbout = (entityId: string): boolean => {
    const state = stage.world.state(entityId) ?? unseen(entityId);
    return kindOf(rule, state, classOf(entityId, state)) !== undefined;
  };
  return {
    rule,
    options,
    entityIds: entitiesOf(target, { stage, primaryOnly: !key.startsWith("battery.") }).filter(
      isAbout,
    ),
    seenIn,
    isMet(state) {
      if (state.state === "unavailable" || state.state === "unknown") return undefined;
      if (rule.kind === "state") return rule.to.has(String(seenIn(state)));
      if (rule.kind === "number") {
        const number = numberOf(state);
        return number === undefined ? undefined : isPastThreshold(options, number, stage);
      }
      return isOption(rule, options, state, seenIn(state));
    },
  };
}

const unseen = (entityId: string): WorldState => ({
  entityId,
  state: "unknown",
  attributes: {},
  lastChangedAt: 0,
  lastUpdatedAt: 0,
});

function isOption(
  rule: Extract<Rule, { kind: "change" }>,
  options: JsonMap,
  state: WorldState,
  value: unknown,
): boolean {
  const wanted = rule.option === undefined ? undefined : options[rule.option];
  if (wanted === undefined) return true;
  const seen = rule.attribute === undefined ? value : state.attributes[rule.attribute];
  return toList(wanted).includes(seen);
}

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** Whether `light.is_on` and its like hold now; of several entities any, unless `behavior` says all. */
export function isPurposeMet(condition: PurposeCondition, stage: Stage): boolean {
  const { options, key } = condition;
  if (key.startsWith("sun.")) return isSunMet(key, stage);
  const purpose = purposeOf(condition, stage, "condition");
  if (!purpose) return false;
  const forMs = options.for === undefined ? 0 : toPeriodMs(options.for);
  const seen = purpose.entityIds.flatMap((id) => {
    const state = stage.world.state(id);
    const isMet = state && purpose.isMet(state);
    if (!state || isMet === undefined) return [];
    const since = stage.world.now - state.lastChangedAt;
    return [isMet && (isFailure(forMs) || since >= forMs)];
  });
  return options.behavior === "all" ? seen.every(Boolean) : seen.some(Boolean);
}

const CIVIL_TWILIGHT_DEGREES = -6;
const HORIZON_DEGREES = -0.833;

function isSunMet(key: string, stage: Stage): boolean {
  const elevation = stage.sun?.elevation(stage.world.now);
  if (elevation === undefined) return false;
  if (key === "sun.is_up") return elevation > HORIZON_DEGREES;
  if (key === "sun.is_night") return elevation < CIVIL_TWILIGHT_DEGREES;
  return elevation <= HORIZON_DEGREES;
}
