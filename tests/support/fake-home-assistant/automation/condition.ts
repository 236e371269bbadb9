import type { Core } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { nextSunCrossing } from "../model/sun-position.ts";
import { findTargets, toList } from "../model/targets.ts";
import type { Scope } from "./expression.ts";
import { minuteOf, periodMs } from "./period.ts";
import { isTemplate, render } from "./template.ts";

type Config = Readonly<Record<string, unknown>>;
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Whether one condition holds; throws `home_assistant_error` when it cannot be told. */
export function evaluate(condition: unknown, core: Core, variables: Scope = {}): boolean {
  if (isTemplate(condition)) return isYes(render(condition, core, variables));
  if (Array.isArray(condition)) return condition.every((one) => evaluate(one, core, variables));
  const config: Config = Object(condition);
  if (config.enabled === false) return true;
  for (const word of ["and", "or", "not"]) {
    if (config[word] !== undefined) return combine(word, toArray(config[word]), core, variables);
  }
  const kind = config.condition;
  if (Array.isArray(kind)) return kind.every((one) => evaluate(one, core, variables));
  switch (kind) {
    case "and":
    case "or":
    case "not":
      return combine(kind, toArray(config.conditions), core, variables);
    case "state":
      return stateHolds(config, core);
    case "numeric_state":
      return numberHolds(config, core, variables);
    case "template":
      return isYes(render(String(config.value_template), core, variables));
    case "time":
      return timeHolds(config, core);
    case "sun":
      return sunHolds(config, core);
    case "zone":
      return zoneHolds(config, core);
    case "trigger": {
      const trigger: Config = Object(variables.trigger);
      return toArray(config.id).map(String).includes(String(trigger.id));
    }
    default:
      return purposeHolds(String(kind), config, core);
  }
}

function combine(word: string, conditions: readonly unknown[], core: Core, variables: Scope) {
  const holds = (condition: unknown) => evaluate(condition, core, variables);
  if (word === "and") return conditions.every(holds);
  return word === "or" ? conditions.some(holds) : !conditions.some(holds);
}

export function toArray(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isYes(value: unknown): boolean {
  return value === true || /^(true|yes|on|enable|1)$/iu.test(String(value));
}

function stateOf(entityId: string, kind: string, core: Core) {
  const state = core.states.get(entityId);
  if (state !== undefined) return state;
  const message = `In '${kind}' condition: unknown entity ${entityId}`;
  throw new HomeAssistantError("home_assistant_error", message);
}

function stateHolds(config: Config, core: Core): boolean {
  const wanted = toArray(config.state);
  const attribute = config.attribute;
  const forMs = periodMs(config.for) ?? 0;
  const holds = (entityId: string) => {
    const state = stateOf(entityId, "state", core);
    const value = attribute === undefined ? state.state : state.attributes[String(attribute)];
    if (!wanted.some((one) => one === value || String(one) === value)) return false;
    return core.clock.now() - state.changedAt >= forMs;
  };
  const entities = toList(config.entity_id);
  return config.match === "any" ? entities.some(holds) : entities.every(holds);
}

function numberHolds(config: Config, core: Core, variables: Scope): boolean {
  const limit = (value: unknown): number | undefined => {
    if (value === undefined) return undefined;
    const entity = typeof value === "string" ? core.states.get(value) : undefined;
    return Number(entity?.state ?? value);
  };
  const [above, below] = [limit(config.above), limit(config.below)];
  return toList(config.entity_id).every((entityId) => {
    const state = stateOf(entityId, "numeric_state", core);
    const attribute = config.attribute;
    const template = config.value_template;
    const own = attribute === undefined ? state.state : state.attributes[String(attribute)];
    const raw =
      typeof template === "string" ? render(template, core, { ...variables, state }) : own;
    const value = raw === "" || raw === null ? Number.NaN : Number(raw);
    if (Number.isNaN(value)) {
      const text = `entity ${entityId} state '${String(raw)}' cannot be processed as a number`;
      throw new HomeAssistantError("home_assistant_error", `In 'numeric_state' condition: ${text}`);
    }
    return (above === undefined || value > above) && (below === undefined || value < below);
  });
}

function timeHolds(config: Config, { clock, calendar, states }: Core): boolean {
  const { minuteOfDay, weekday } = calendar.at(clock.now());
  const days = toArray(config.weekday);
  if (days.length > 0 && !days.includes(WEEKDAYS[weekday])) return false;
  const minute = (value: unknown) => {
    if (value === undefined) return undefined;
    return minuteOf(value) ?? minuteOf(states.get(String(value))?.state);
  };
  const [after, before] = [minute(config.after), minute(config.before)];
  const isAfter = after === undefined || minuteOfDay >= after;
  const isBefore = before === undefined || minuteOfDay < before;
  const spansMidnight = after !== undefined && before !== undefined && after > before;
  return spansMidnight ? isAfter || isBefore : isAfter && isBefore;
}

function sunHolds(given: Config, { clock, calendar, place }: Core): boolean {
  const config = { ...given, ...Object(given.options) };
  const midnight = calendar.momentOf(clock.now(), 0);
  const moment = (event: unknown, offset: unknown) =>
    nextSunCrossing(midnight, { ...place, rising: event === "sunrise" }) + (periodMs(offset) ?? 0);
  const after = config.after === undefined ? 0 : moment(config.after, config.after_offset);
  const before =
    config.before === undefined ? Infinity : moment(config.before, config.before_offset);
  const now = clock.now();
  // "after sunset, before sunrise" means the night, which both ends of the day belong to
  if (config.after === "sunset" && config.before === "sunrise") return now > after || now < before;
  return now > after && now < before;
}

function zoneHolds(given: Config, core: Core): boolean {
  const config: Config = { ...given, ...Object(given.options) };
  const zones = toList(config.zone).map((zone) => zone.replace(/^zone\./u, ""));
  return toList(config.entity_id).every((entityId) =>
    zones.includes(stateOf(entityId, "zone", core).state),
  );
}

function purposeHolds(kind: string, config: Config, core: Core): boolean {
  const [domain = "", test = ""] = kind.split(".");
  const wanted = PURPOSE_STATES[test];
  if (wanted === undefined) {
    throw new HomeAssistantError("invalid_format", `Invalid condition "${kind}" specified`);
  }
  const chosen = [...findTargets(Object(config.target), core)].filter((entityId) => {
    const state = core.states.get(entityId);
    return entityId.startsWith(`${domain}.`) || state?.attributes.device_class === domain;
  });
  const holds = (entityId: string) => core.states.get(entityId)?.state === wanted;
  const options: Config = Object(config.options);
  return options.behavior === "all" ? chosen.every(holds) : chosen.some(holds);
}

const PURPOSE_STATES: Readonly<Record<string, string>> = {
  is_on: "on",
  is_off: "off",
  is_detected: "on",
  is_not_detected: "off",
  is_open: "on",
  is_closed: "off",
  is_playing: "playing",
  is_locked: "locked",
  is_unlocked: "unlocked",
};
