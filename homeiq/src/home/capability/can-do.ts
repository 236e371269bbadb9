import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { DOMAINS } from "./domains.ts";
import type { ActionCapability, FieldCapability } from "./fields.ts";
import { abilityOf, doing } from "./words.ts";

export interface Wish {
  readonly action: string;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Where another entity is looked for that can do it. */
  readonly home?: HomeSnapshot;
}

/** Why an entity will not do what is asked, and what comes nearest. */
export interface Obstacle {
  readonly code:
    | "capability.wrong_domain"
    | "capability.no_actions"
    | "capability.action_unsupported"
    | "capability.field_unsupported"
    | "capability.out_of_range"
    | "capability.not_an_option"
    | "capability.wrong_type"
    | "capability.unavailable";
  readonly message: string;
  readonly field?: string;
  /** What this entity can do instead: another action, or another field and value. */
  readonly nearest?: {
    readonly words: string;
    readonly action?: string;
    readonly field?: string;
    readonly value?: unknown;
  };
  /** Entities of the same area that can do exactly this. */
  readonly instead: readonly string[];
}

const MAX_INSTEAD = 3;
const GENERIC = new Set(["turn_on", "turn_off", "toggle"]);
const isTemplate = (value: unknown) => typeof value === "string" && /\{[{%#]/.test(value);

/** What keeps the entity from doing this; an empty list: nothing does. Domains we do not know can all. */
export function canDo(entity: HomeEntity, { action, data = {}, home }: Wish): Obstacle[] {
  const actionsOf = DOMAINS[entity.domain];
  if (!actionsOf) return [];
  const [domain = "", name = ""] = action.split(".");
  const capability = findCapability(entity, { domain, name });
  if (capability === "elsewhere") return [];
  const instead = () => alternatives(entity, { action, data, ...(home && { home }) });
  if (capability === undefined) return [unsupported(entity, action, instead())];
  const found: Obstacle[] = [];
  if (entity.state === "unavailable") {
    const message = `${entity.name} is unavailable now: it does nothing until it is back.`;
    found.push({ code: "capability.unavailable", message, instead: instead() });
  }
  for (const [field, value] of Object.entries(data)) {
    if (isTemplate(value)) continue;
    const obstacle = fieldObstacle(entity, { capability, field, value });
    if (obstacle) found.push({ ...obstacle, field, instead: instead() });
  }
  return found;
}

/** `elsewhere`: an integration's own action, of which the domain says nothing. */
function findCapability(
  entity: HomeEntity,
  { domain, name }: { domain: string; name: string },
): ActionCapability | "elsewhere" | undefined {
  const list = DOMAINS[entity.domain]?.(entity) ?? [];
  const own = list.findLast((one) => one.action === `${entity.domain}.${name}`);
  if (domain === entity.domain && domain !== "group") {
    return own ?? (isOfDomain(`${domain}.${name}`) ? undefined : "elsewhere");
  }
  // A group hands an action on to its members.
  if (entity.domain === "group") return "elsewhere";
  if (domain === "homeassistant" || domain === "group") {
    if (!GENERIC.has(name)) return "elsewhere";
    const turns = list.find((one) => one.action === `${entity.domain}.${name}`);
    return turns ?? genericTwin(entity, name);
  }
  return domain in DOMAINS ? undefined : "elsewhere";
}

/** What the generic action becomes for domains that have other words for it. */
function genericTwin(entity: HomeEntity, name: string): ActionCapability | undefined {
  const twins: Record<string, Record<string, string>> = {
    cover: { turn_on: "open_cover", turn_off: "close_cover", toggle: "toggle" },
    valve: { turn_on: "open_valve", turn_off: "close_valve", toggle: "toggle" },
    lock: { turn_on: "lock", turn_off: "unlock" },
  };
  const twin = twins[entity.domain]?.[name];
  return DOMAINS[entity.domain]?.(entity).find((one) => one.action === `${entity.domain}.${twin}`);
}

/** Whether any entity of the domain may know the action: features all set. */
function isOfDomain(action: string): boolean {
  const domain = action.split(".")[0] ?? "";
  const everything: HomeEntity = {
    entityId: `${domain}.any`,
    domain,
    name: "",
    attributes: { supported_features: 0xffff_ffff, hvac_modes: ["off"] },
    aliases: [],
    labels: [],
  };
  return DOMAINS[domain]?.(everything).some((one) => one.action === action) ?? false;
}

function unsupported(entity: HomeEntity, action: string, instead: readonly string[]): Obstacle {
  const list = DOMAINS[entity.domain]?.(entity) ?? [];
  const [domain = "", name = ""] = action.split(".");
  if (list.length === 0) {
    const message = `${entity.name} only tells something: there is nothing that can be done with it.`;
    return { code: "capability.no_actions", message, instead };
  }
  const near = nearestAction(list, name);
  const nearest = near && { words: `\`${near}\` works with it.`, action: near };
  if (domain !== entity.domain && domain !== "homeassistant") {
    const message = `\`${action}\` is for ${domain} entities; ${entity.name} is a ${entity.domain}, so nothing happens.`;
    return { code: "capability.wrong_domain", message, instead, ...(nearest && { nearest }) };
  }
  const message = `${entity.name} cannot ${doing(action)}.`;
  return { code: "capability.action_unsupported", message, instead, ...(nearest && { nearest }) };
}

const NEAR: Readonly<Record<string, readonly string[]>> = {
  turn_on: ["open_cover", "open_valve", "start", "press", "select_option", "lock"],
  turn_off: ["close_cover", "close_valve", "return_to_base", "unlock"],
  set_cover_position: ["open_cover", "close_cover"],
  set_cover_tilt_position: ["open_cover_tilt", "set_cover_position", "open_cover"],
  stop_cover: ["toggle"],
  set_valve_position: ["open_valve"],
  set_percentage: ["set_preset_mode", "turn_on"],
  set_preset_mode: ["set_percentage", "set_temperature", "turn_on"],
  volume_set: ["volume_up"],
  open: ["unlock"],
  select_option: ["set_value"],
  set_value: ["select_option"],
  alarm_arm_night: ["alarm_arm_home", "alarm_arm_away"],
  alarm_arm_vacation: ["alarm_arm_away"],
  alarm_arm_home: ["alarm_arm_night", "alarm_arm_away"],
  alarm_arm_custom_bypass: ["alarm_arm_away"],
  clean_spot: ["start"],
  set_temperature: ["set_hvac_mode", "set_preset_mode", "turn_on"],
};

function nearestAction(list: readonly ActionCapability[], name: string): string | undefined {
  for (const near of [name, ...(NEAR[name] ?? [])]) {
    const found = list.find((one) => one.action.endsWith(`.${near}`));
    if (found) return found.action;
  }
  return undefined;
}

function fieldObstacle(
  entity: HomeEntity,
  { capability, field, value }: { capability: ActionCapability; field: string; value: unknown },
): Omit<Obstacle, "instead"> | undefined {
  if (["entity_id", "device_id", "area_id", "floor_id", "label_id"].includes(field)) return;
  const known = capability.fields.find((one) => one.name === field);
  if (known) return valueObstacle(entity, known, value);
  const near = nearestField(capability, field);
  return {
    code: "capability.field_unsupported",
    message: `${entity.name} cannot ${abilityOf(field)}: \`${field}\` has no effect on it.`,
    ...(near && { nearest: { words: `\`${near}\` has an effect on it.`, field: near } }),
  };
}

const NEAR_FIELDS: Readonly<Record<string, readonly string[]>> = {
  color: ["color_temp_kelvin", "brightness_pct"],
  brightness: [],
  effect: ["color_name", "brightness_pct"],
  flash: ["brightness_pct"],
  temperature: ["target_temp_high", "target_temp_low"],
  target_temp_high: ["temperature"],
  target_temp_low: ["temperature"],
  preset_mode: ["percentage"],
  percentage: ["preset_mode"],
};

function nearestField(capability: ActionCapability, field: string): string | undefined {
  const group = /color|rgb|kelvin|white/.test(field) ? "color" : field;
  return NEAR_FIELDS[group]?.find((near) => capability.fields.some((one) => one.name === near));
}

function valueObstacle(
  entity: HomeEntity,
  field: FieldCapability,
  value: unknown,
): Omit<Obstacle, "instead"> | undefined {
  if (field.kind === "number") return numberObstacle(entity, field, value);
  if (field.kind !== "option" || !field.options || field.options.length === 0) return undefined;
  const texts = field.options;
  if (typeof value === "string" && texts.includes(value)) return undefined;
  const same = texts.find((one) => one.toLowerCase() === String(value).toLowerCase());
  return {
    code: "capability.not_an_option",
    message: `${entity.name} has no ${field.name.replaceAll("_", " ")} "${String(value)}". It has: ${texts.slice(0, 12).join(", ")}.`,
    ...(same !== undefined && {
      nearest: { words: `It is written "${same}".`, field: field.name, value: same },
    }),
  };
}

function numberObstacle(
  entity: HomeEntity,
  { name, min, max, unit = "" }: FieldCapability,
  value: unknown,
): Omit<Obstacle, "instead"> | undefined {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  const words = name.replaceAll("_", " ");
  if (typeof number !== "number" || Number.isNaN(number)) {
    const message = `${words} of ${entity.name} must be a number, not ${JSON.stringify(value)}.`;
    return { code: "capability.wrong_type", message };
  }
  const nearest = Math.min(Math.max(number, min ?? -Infinity), max ?? Infinity);
  if (nearest === number) return undefined;
  const range = `${min ?? "any"} to ${max ?? "any"}${unit}`;
  return {
    code: "capability.out_of_range",
    message: `${words} of ${entity.name} goes from ${range}; ${number} is outside.`,
    nearest: { words: `The nearest is ${nearest}.`, field: name, value: nearest },
  };
}

function alternatives(entity: HomeEntity, { action, data, home }: Wish): string[] {
  if (!home || !entity.areaId) return [];
  const domain = action.split(".")[0];
  const found: string[] = [];
  for (const other of home.entities.values()) {
    if (other.areaId !== entity.areaId || other.entityId === entity.entityId) continue;
    if (domain !== "homeassistant" && other.domain !== domain) continue;
    if (other.state === undefined || other.disabledBy || other.category) continue;
    if (canDo(other, { action, ...(data && { data }) }).length === 0) found.push(other.entityId);
    if (found.length === MAX_INSTEAD) break;
  }
  return found;
}
