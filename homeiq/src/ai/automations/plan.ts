import type { JsonMap, Path } from "#home/automation/automation.ts";
import {
  actionOf,
  actionsOf,
  isMap,
  isTemplate,
  stepsOf,
  targetOf,
  toArray,
  type WrittenStep,
} from "./steps.ts";

/** Why a person must say yes once more before this is done for real. */
export interface Danger {
  readonly path: Path;
  readonly kind:
    | "lock"
    | "alarm"
    | "opening"
    | "water"
    | "heating"
    | "siren"
    | "system"
    | "everything"
    | "unknown_target";
  readonly entityId?: string;
  readonly action?: string;
}

/** What the actions of a configuration would touch. */
export interface Plan {
  readonly steps: readonly PlannedStep[];
  /** Of all steps, each once. */
  readonly entityIds: readonly string[];
  readonly dangers: readonly Danger[];
}

export interface PlannedStep extends WrittenStep {
  readonly entityIds: readonly string[];
}

export interface PlanDeps {
  /** The entities behind ids of entities, devices, areas, floors and labels. */
  readonly expand: (target: JsonMap) => readonly string[];
  readonly deviceClassOf: (entityId: string) => string | undefined;
  /** What a scene sets. */
  readonly membersOf: (entityId: string) => readonly string[];
}

const BY_DOMAIN: Readonly<Record<string, Danger["kind"]>> = {
  lock: "lock",
  alarm_control_panel: "alarm",
  valve: "water",
  water_heater: "heating",
  climate: "heating",
  siren: "siren",
};
const OPENINGS = new Set(["garage", "gate", "door", "window"]);
const SYSTEM =
  /^(shell_command|python_script|hassio|homeassistant|recorder|update|backup|script_engine)\./;
/** What they touch is written elsewhere. */
const ELSEWHERE = /^(script\.|scene\.apply$|automation\.(trigger|toggle|turn_on|turn_off)$)/;
const HARMLESS = /^homeassistant\.(turn_on|turn_off|toggle|update_entity)$/;

/** Looks at what would be touched, without touching it. */
export function planOf(config: JsonMap, deps: PlanDeps): Plan {
  const steps = isMap(config.entities)
    ? [sceneStep(config.entities)]
    : [...stepsOf(...actionsOf(config))].map((step) => ({
        ...step,
        entityIds: entitiesOf(step, deps),
      }));
  const entityIds = [...new Set(steps.flatMap((step) => step.entityIds))];
  return { steps, entityIds, dangers: steps.flatMap((step) => dangersOf(step, deps)) };
}

/** A scene is one step: all of it at once. */
const sceneStep = (entities: JsonMap): PlannedStep => ({
  path: ["entities"],
  kind: "scene",
  action: { action: "scene.apply", data: { entities } },
  entityIds: Object.keys(entities),
});

function entitiesOf(step: WrittenStep, deps: PlanDeps): readonly string[] {
  const { kind, action } = step;
  if (kind === "scene") return deps.membersOf(String(action.scene));
  if (kind === "device") return ofDevice(action, deps);
  if (kind !== "call") return [];
  const target = targetOf(action);
  const named = { ...target, entity_id: idsIn(target) };
  const found = deps.expand(named).filter((id) => !isTemplate(id));
  const name = actionOf(action);
  if (name === "scene.turn_on") return found.flatMap(deps.membersOf);
  if (name.startsWith("scene.")) return []; // a scene has no state to bring back
  const domain = name.slice(0, name.indexOf("."));
  // An area holds all kinds of entities; an action is for those of its own domain.
  return domain === "homeassistant" ? found : found.filter((id) => id.startsWith(`${domain}.`));
}

/** A device's action says which of its entities it means; an old one may leave it out. */
function ofDevice(action: JsonMap, { expand }: PlanDeps): readonly string[] {
  const ids = idsIn(action);
  return expand(ids.length > 0 ? { entity_id: ids } : targetOf(action));
}

const NO_IDS = new Set(["all", "none"]);

const idsIn = ({ entity_id }: JsonMap): string[] =>
  toArray(entity_id)
    .flatMap((one) => String(one).split(","))
    .map((id) => id.trim())
    .filter((id) => !isTemplate(id) && !NO_IDS.has(id));

function dangersOf(step: PlannedStep, { deviceClassOf }: PlanDeps): Danger[] {
  const { path, kind, action, entityIds } = step;
  if (kind !== "call" && kind !== "device" && kind !== "scene") return [];
  const name = kind === "call" ? actionOf(action) : undefined;
  const common = { path, ...(name ? { action: name } : {}) };
  const dangers: Danger[] = [];
  if (name && SYSTEM.test(name) && !HARMLESS.test(name))
    dangers.push({ ...common, kind: "system" });
  const targets = Object.values(targetOf(action)).flatMap(toArray);
  if (targets.includes("all")) dangers.push({ ...common, kind: "everything" });
  if (isTemplate(name) || targets.some(isTemplate) || (name && ELSEWHERE.test(name)))
    dangers.push({ ...common, kind: "unknown_target" });
  for (const entityId of entityIds) {
    const domain = entityId.slice(0, entityId.indexOf("."));
    const isOpening = domain === "cover" && OPENINGS.has(deviceClassOf(entityId) ?? "");
    const danger = isOpening ? "opening" : BY_DOMAIN[domain];
    if (danger) dangers.push({ ...common, kind: danger, entityId });
  }
  return dangers;
}
