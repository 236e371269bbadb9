import type { Action } from "./action.ts";
import type { Condition } from "./condition.ts";
import type { Automation, BlueprintUse, Scene, Script } from "./configuration.ts";
import { isEntityId, isRegistryId } from "./read-entity.ts";
import type { Trigger } from "./trigger.ts";
import {
  type Bound,
  type ClockTime,
  isTemplateText,
  type Json,
  type Target,
  type Template,
} from "./value.ts";
import { walk } from "./walk.ts";

export type ReferenceKind =
  | "entity"
  | "device"
  | "area"
  | "floor"
  | "label"
  | "action"
  | "event"
  | "scene"
  | "zone"
  | "blueprint";

/** Something of the house that a configuration names. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** In small letters where Home Assistant makes it so. A registry id where one is written. */
  readonly id: string;
  readonly use: "trigger" | "condition" | "target" | "data" | "template" | "bound";
  /** The trigger, condition or action, or the whole, that names it. */
  readonly node: object;
}

interface Options {
  /** The entities that a template names; absent: templates are not looked into. */
  readonly namesIn?: (template: string) => readonly string[];
}

/** All that a configuration names, in order of reading, each node's own once. */
export function referencesOf(
  whole: Automation | Script | Scene | BlueprintUse,
  { namesIn = () => [] }: Options = {},
): Reference[] {
  const found: Reference[] = [];
  const seen = new WeakMap<object, Set<string>>();
  const add: Add = (node, use, kind, ids) => {
    const own = seen.get(node) ?? new Set();
    seen.set(node, own);
    for (const id of ids) {
      if (typeof id !== "string" || own.has(`${kind} ${use} ${id}`)) continue;
      if (id.startsWith("!") || isTemplateText(id) || id === "all" || id === "none") continue;
      own.add(`${kind} ${use} ${id}`);
      found.push({ kind, id, use, node });
    }
  };
  if (whole.kind === "scene") {
    add(whole, "data", "entity", Object.keys(whole.entities));
    return found;
  }
  if (whole.kind === "blueprint_use") {
    add(whole, "data", "blueprint", [whole.path]);
    inData(whole.input, (kind, ids) => add(whole, "data", kind, ids));
    return found;
  }
  walk(whole, {
    trigger: (trigger) => ofTrigger(trigger, add),
    condition: (condition) => ofCondition(condition, add),
    action: (action) => ofAction(action, add),
    text(value, owner) {
      if (isTemplateText(value)) add(owner, "template", "entity", namesIn(value));
    },
  });
  return found;
}

type Ids = readonly (string | Template | undefined)[];
type Add = (node: object, use: Reference["use"], kind: ReferenceKind, ids: Ids) => void;

const boundIds = (...bounds: (Bound | ClockTime | undefined)[]): Ids =>
  bounds.map((bound) =>
    typeof bound === "object" && "entityId" in bound ? bound.entityId : undefined,
  );

function ofTrigger(trigger: Trigger, add: Add): void {
  const named = (kind: ReferenceKind, ids: Ids) => add(trigger, "trigger", kind, ids);
  switch (trigger.kind) {
    case "state":
      named("entity", trigger.entityIds);
      break;
    case "numeric_state":
      named("entity", trigger.entityIds);
      add(trigger, "bound", "entity", boundIds(trigger.above, trigger.below));
      break;
    case "event":
      named("event", trigger.eventTypes);
      inData(trigger.data ?? {}, named);
      break;
    case "time":
      named("entity", boundIds(...trigger.at));
      break;
    case "zone":
      named("entity", trigger.entityIds);
      named("zone", [trigger.zone]);
      break;
    case "calendar":
      named("entity", [trigger.entityId]);
      break;
    case "device":
      named("device", [trigger.deviceId]);
      named("entity", [trigger.entityId]);
      break;
    case "purpose":
      ofTarget(trigger.target, named);
      inData(trigger.options, (kind, ids) => add(trigger, "bound", kind, ids));
      break;
    case "other":
      inData(trigger.fields, named);
      break;
    default:
  }
}

function ofCondition(condition: Condition, add: Add): void {
  const named = (kind: ReferenceKind, ids: Ids) => add(condition, "condition", kind, ids);
  switch (condition.kind) {
    case "state": {
      named("entity", condition.entityIds);
      const helpers = condition.states.map((state) => (isHelper(state) ? state : undefined));
      add(condition, "bound", "entity", helpers);
      break;
    }
    case "numeric_state":
      named("entity", condition.entityIds);
      add(condition, "bound", "entity", boundIds(condition.above, condition.below));
      break;
    case "time":
      add(condition, "bound", "entity", boundIds(condition.after, condition.before));
      break;
    case "zone":
      named("entity", condition.entityIds);
      named("zone", condition.zones);
      break;
    case "device":
      named("device", [condition.deviceId]);
      named("entity", [condition.entityId]);
      break;
    case "purpose":
      ofTarget(condition.target, named);
      inData(condition.options, (kind, ids) => add(condition, "bound", kind, ids));
      break;
    default:
  }
}

const isHelper = (state: Json): state is string =>
  typeof state === "string" &&
  /^input_(select|text|number|boolean|datetime)\.[\da-z_]+$/.test(state);

function ofAction(action: Action, add: Add): void {
  switch (action.kind) {
    case "call":
      add(action, "target", "action", [action.action]);
      ofTarget(action.target, (kind, ids) => add(action, "target", kind, ids));
      inData(action.data ?? {}, (kind, ids) => add(action, "data", kind, ids));
      break;
    case "event":
      add(action, "target", "event", [action.event]);
      inData(action.data ?? {}, (kind, ids) => add(action, "data", kind, ids));
      break;
    case "scene":
      add(action, "target", "scene", [action.entityId]);
      break;
    case "device":
      add(action, "target", "device", [action.deviceId]);
      add(action, "target", "entity", [action.entityId]);
      break;
    case "variables":
      inData(action.variables, (kind, ids) => add(action, "data", kind, ids));
      break;
    default:
  }
}

function ofTarget(
  target: Target | undefined,
  named: (kind: ReferenceKind, ids: Ids) => void,
): void {
  if (!target) return;
  named("entity", target.entityIds);
  named("device", target.deviceIds);
  named("area", target.areaIds);
  named("floor", target.floorIds);
  named("label", target.labelIds);
}

const KEYS: Readonly<Record<string, ReferenceKind>> = {
  entity_id: "entity",
  entity: "entity",
  device_id: "device",
  area_id: "area",
  floor_id: "floor",
  label_id: "label",
  zone: "zone",
};

/** Ids under keys that hold ids, at any depth; entities are also the keys of `entities`. */
function inData(data: Json, named: (kind: ReferenceKind, ids: Ids) => void): void {
  if (typeof data !== "object" || data === null) return;
  if (Array.isArray(data)) {
    for (const item of data as readonly Json[]) inData(item, named);
    return;
  }
  for (const [key, value] of Object.entries(data)) {
    const kind = KEYS[key];
    if (kind) named(kind, idsIn(value, kind));
    if (
      key === "entities" &&
      typeof value === "object" &&
      value !== null &&
      !Array.isArray(value)
    ) {
      named("entity", Object.keys(value).filter(isEntityId));
    }
    inData(value as Json, named);
  }
}

function idsIn(value: unknown, kind: ReferenceKind): string[] {
  const texts = (Array.isArray(value) ? value : [value]).filter((item) => typeof item === "string");
  const ids =
    kind === "entity"
      ? texts.flatMap((text) => text.split(",").map((id) => id.trim().toLowerCase()))
      : texts;
  return kind === "entity" || kind === "zone"
    ? ids.filter((id) => isEntityId(id) || isRegistryId(id))
    : ids;
}
