import { present } from "#foundation/absent.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Json, JsonMap, Path } from "#home/automation/automation.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { EntityState } from "#home/states/states.ts";
import { fieldValues, withValues } from "./fields.ts";
import { type Danger, type PlanDeps, planOf } from "./plan.ts";
import { type SceneEntity, sceneChanges } from "./scene-changes.ts";
import { actionOf, isMap, type StepKind, toArray } from "./steps.ts";

/** One step of what would happen. Nothing is done. */
export interface DryStep {
  readonly path: Path;
  readonly kind: StepKind;
  /** `light.turn_on` and its like, of a call. */
  readonly action?: string;
  /** What it would be aimed at, with areas and devices resolved to entities. */
  readonly entityIds: readonly string[];
  readonly data?: JsonMap;
  /** Entities that are named but do not exist. */
  readonly missing: readonly string[];
  /** Of a condition: whether it holds now. */
  readonly holds?: boolean;
  /** Why that cannot be told. */
  readonly untold?: string;
  /** The action as it is written, for those that are neither. */
  readonly written?: JsonMap;
}

export interface DryRun {
  /** The conditions of the automation itself, now. */
  readonly conditions: readonly DryStep[];
  readonly steps: readonly DryStep[];
  readonly entityIds: readonly string[];
  readonly dangers: readonly Danger[];
  /** Of a scene: what would change now, entity by entity. */
  readonly scene?: readonly SceneEntity[];
}

/** As if this had begun it. */
export interface Begun {
  /** A trigger, by its index. */
  readonly trigger?: number;
  /** What a script's fields are given, by name. */
  readonly fields?: JsonMap;
}

interface Deps extends PlanDeps {
  readonly house: Pick<AutomationConfig, "checks">;
  readonly states: ReadonlyMap<string, EntityState>;
}

/** Says step by step what would be called, and how each condition stands now. */
export function createDryRun({ house, states, ...deps }: Deps) {
  const exists = (entityId: string) => states.has(entityId);

  async function judge(
    condition: Json,
    variables: JsonMap | undefined,
  ): Promise<Pick<DryStep, "holds" | "untold">> {
    try {
      const holds = await house.checks.testCondition(condition, variables);
      return holds === undefined ? {} : { holds };
    } catch (error) {
      return { untold: toAppError(error).message };
    }
  }

  async function conditionsOf(config: JsonMap, variables: JsonMap | undefined): Promise<DryStep[]> {
    const key = "conditions" in config ? "conditions" : "condition";
    const written = toArray(config[key]);
    return Promise.all(
      written.map(async (condition, index) => ({
        path: [key, index],
        kind: "condition" as const,
        entityIds: [],
        missing: [],
        ...(isMap(condition) ? { written: condition } : {}),
        ...(await judge(condition, variables)),
      })),
    );
  }

  return async (written: JsonMap, { trigger, fields = {} }: Begun = {}): Promise<DryRun> => {
    const values = fieldValues(written, fields);
    const config = withValues(written, values) as JsonMap; // a mapping stays one
    const fired: JsonMap = trigger === undefined ? {} : { trigger: firedBy(config, trigger) };
    const known: JsonMap = { ...fired, ...values };
    const variables = Object.keys(known).length === 0 ? undefined : known;
    const plan = planOf(config, deps);
    const steps = plan.steps.map(async ({ path, kind, action, entityIds }): Promise<DryStep> => {
      const common = { path, kind, entityIds, missing: entityIds.filter((id) => !exists(id)) };
      if (kind === "call") {
        const data = isMap(action.data) ? { data: action.data } : {};
        return { ...common, action: actionOf(action), ...data };
      }
      if (kind !== "condition") return { ...common, written: action };
      const isShort = Object.keys(action).length === 1 && typeof action.condition === "string";
      const condition = isShort ? (action.condition as string) : action;
      return { ...common, written: action, ...(await judge(condition, variables)) };
    });
    return {
      conditions: await conditionsOf(config, variables),
      steps: await Promise.all(steps),
      entityIds: plan.entityIds,
      dangers: plan.dangers,
      ...present("scene", sceneChanges(config, states)),
    };
  };
}

/** What conditions and templates know of the trigger, as far as it can be said without its event. */
function firedBy(config: JsonMap, index: number): JsonMap {
  const trigger = toArray(config.triggers ?? config.trigger)[index];
  if (!isMap(trigger)) {
    throw new AppError("invalid", "automations.no_trigger", "It has no such trigger", {
      facts: { index },
    });
  }
  const { id, alias, entity_id } = trigger;
  return {
    id: id ?? String(index),
    idx: String(index),
    alias: alias ?? null,
    platform: trigger.trigger ?? trigger.platform ?? null,
    ...present("entity_id", toArray(entity_id)[0]),
  };
}
