import { entitiesOf, isOn, msOf, targetOf } from "#analysis/automation-check/automation-check.ts";
import type { Action, CallAction, DeviceAction, Json } from "#home/automation/automation.ts";
import { type Linted, type LintedHouse, readable } from "./rule.ts";

/** What an automation does to one entity. */
export interface Effect {
  readonly entityId: string;
  /** The state it ends in; `undefined`: it depends, as with toggle. */
  readonly to: string | undefined;
  readonly toggles: boolean;
  readonly action: string;
  /** After the trigger, by plain delays. Milliseconds. */
  readonly afterMs: number;
  /** Done only on some runs: in a choice, or after a condition. */
  readonly conditional: boolean;
  readonly node: Action;
  /** The scene or the script that does it. */
  readonly by?: string;
}

const MAX_DEPTH = 3; // scripts that call scripts

/** Everything that its actions set, also through scripts and scenes, in order. */
export function effectsOf(one: Linted, house: LintedHouse): Effect[] {
  const known = cache.get(house)?.get(one);
  if (known) return known;
  const configuration = readable(one);
  const found: Effect[] = [];
  if (configuration) {
    const actions =
      configuration.kind === "script" ? configuration.sequence : configuration.actions;
    walk(actions, { house, found, afterMs: 0, conditional: false, depth: 0 });
  }
  const byOne = cache.get(house) ?? new Map<Linted, Effect[]>();
  byOne.set(one, found);
  cache.set(house, byOne);
  return found;
}
const cache = new WeakMap<LintedHouse, Map<Linted, Effect[]>>();

interface Walk {
  readonly house: LintedHouse;
  readonly found: Effect[];
  readonly afterMs: number;
  readonly conditional: boolean;
  readonly depth: number;
  readonly by?: string;
}

/** Answers when the sequence is through. */
function walk(actions: readonly Action[], start: Walk): number {
  let { afterMs, conditional } = start;
  for (const action of actions.filter(isOn)) {
    const at = { ...start, afterMs, conditional };
    if (action.kind === "delay") afterMs += msOf(action.delay) ?? 0;
    else if (action.kind === "condition" || action.kind.startsWith("wait")) conditional = true;
    else if (action.kind === "call") addCall(action, at);
    else if (action.kind === "device") addDevice(action, at);
    else if (action.kind === "scene") addScene(action.entityId, { ...at, node: action });
    else if (action.kind === "sequence") afterMs = walk(action.sequence, at);
    else for (const branch of branchesOf(action)) walk(branch, { ...at, conditional: true });
  }
  return afterMs;
}

function branchesOf(action: Action): readonly (readonly Action[])[] {
  if (action.kind === "if") return [action.then, action.else ?? []];
  if (action.kind === "choose") {
    return [...action.choices.map((choice) => choice.sequence), action.default ?? []];
  }
  if (action.kind === "parallel") return action.branches;
  return action.kind === "repeat" ? [action.sequence] : [];
}

function addCall(node: CallAction, at: Walk): void {
  if (typeof node.action !== "string") return;
  const [domain = "", name = ""] = node.action.split(".");
  if (node.action === "scene.turn_on") {
    for (const id of targetOf(node).entityIds) {
      if (typeof id === "string") addScene(id, { ...at, node });
    }
    return;
  }
  if (domain === "script") addScripts(node, { domain, name, at });
  const { data } = node;
  const fields = data && !("template" in data && typeof data.template === "string") ? data : {};
  for (const { entityId } of entitiesOf(targetOf(node), at.house.home, domain)) {
    at.found.push({
      entityId,
      to: stateAfter({ domain: entityId.split(".")[0] ?? domain, name, fields }),
      toggles: /toggle|media_play_pause|select_next|increment|decrement/.test(name),
      action: node.action,
      afterMs: at.afterMs,
      conditional: at.conditional,
      node,
      ...(at.by !== undefined && { by: at.by }),
    });
  }
}

/** A device action names its entity, by its id or by the registry's. */
function addDevice(node: DeviceAction, at: Walk): void {
  const { entityId: id, type } = node;
  const entity =
    at.house.home.entities.get(id ?? "") ??
    [...at.house.home.entities.values()].find((one) => one.registryId === id && id !== undefined);
  if (!entity || type === undefined) return;
  at.found.push({
    entityId: entity.entityId,
    to: STATES[type],
    toggles: type === "toggle",
    action: `${node.domain}.${type}`,
    afterMs: at.afterMs,
    conditional: at.conditional,
    node,
    ...(at.by !== undefined && { by: at.by }),
  });
}

function addScripts(
  node: CallAction,
  { domain, name, at }: { domain: string; name: string; at: Walk },
): void {
  if (at.depth >= MAX_DEPTH) return;
  const byTarget = ["turn_on", "toggle"].includes(name)
    ? targetOf(node).entityIds.filter((id) => typeof id === "string")
    : [`${domain}.${name}`];
  for (const id of byTarget) {
    const script = at.house.scripts.find((one) => one.entityId === id);
    const configuration = script && readable(script);
    if (configuration?.kind !== "script") continue;
    walk(configuration.sequence, { ...at, depth: at.depth + 1, by: id });
  }
}

function addScene(entityId: string, at: Walk & { node: Action }): void {
  const found = at.house.scenes.find((one) => one.entityId === entityId);
  for (const [target, { state }] of Object.entries(found?.scene.entities ?? {})) {
    at.found.push({
      entityId: target,
      to: toText(state),
      toggles: false,
      action: "scene.turn_on",
      afterMs: at.afterMs,
      conditional: at.conditional,
      node: at.node,
      by: entityId,
    });
  }
}

function toText(state: Json | undefined): string | undefined {
  if (typeof state === "boolean") return state ? "on" : "off";
  return typeof state === "string" ? state : undefined;
}

const STATES: Readonly<Record<string, string>> = {
  turn_on: "on",
  turn_off: "off",
  open_cover: "open",
  close_cover: "closed",
  open_valve: "open",
  close_valve: "closed",
  lock: "locked",
  unlock: "unlocked",
  open: "open",
  alarm_disarm: "disarmed",
  alarm_arm_home: "armed_home",
  alarm_arm_away: "armed_away",
  alarm_arm_night: "armed_night",
  alarm_arm_vacation: "armed_vacation",
  start: "cleaning",
  return_to_base: "docked",
  media_play: "playing",
  media_pause: "paused",
};
const FIELDS: Readonly<Record<string, string>> = {
  set_hvac_mode: "hvac_mode",
  select_option: "option",
  set_value: "value",
  set_cover_position: "position",
};

function stateAfter({
  domain,
  name,
  fields,
}: {
  domain: string;
  name: string;
  fields: Readonly<Record<string, unknown>>;
}): string | undefined {
  const field = FIELDS[name];
  if (field !== undefined) {
    const value = fields[field];
    if (field === "position" && typeof value === "number") return value === 0 ? "closed" : "open";
    return value === undefined || /\{[{%]/.test(String(value)) ? undefined : String(value);
  }
  if (name === "turn_on" && (domain === "cover" || domain === "valve")) return "open";
  if (name === "turn_off" && (domain === "cover" || domain === "valve")) return "closed";
  if (name === "turn_on" && ["climate", "media_player", "script", "scene"].includes(domain))
    return undefined;
  if (name === "turn_on" && fields.brightness_pct === 0) return "off";
  return STATES[name];
}
