import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { toArray } from "./condition.ts";
import { minuteOf, periodMs } from "./period.ts";
import { checkTemplate, isTemplate } from "./template.ts";

type Config = Readonly<Record<string, unknown>>;

const TOP = new Set([
  ...["id", "alias", "description", "triggers", "conditions", "actions", "mode", "max"],
  ...["max_exceeded", "variables", "trigger_variables", "initial_state", "trace", "use_blueprint"],
]);
const MODES = ["parallel", "queued", "restart", "single"];
const TRIGGERS: Readonly<Record<string, readonly string[]>> = {
  state: ["entity_id"],
  numeric_state: ["entity_id"],
  event: ["event_type"],
  homeassistant: ["event"],
  time: ["at"],
  time_pattern: [],
  sun: ["event"],
  zone: ["entity_id", "zone"],
  template: ["value_template"],
  mqtt: ["topic"],
  webhook: ["webhook_id"],
  tag: ["tag_id"],
  calendar: ["entity_id"],
  conversation: ["command"],
  persistent_notification: [],
  geo_location: ["source", "zone"],
  device: ["device_id", "domain", "type"],
};
const CONDITIONS: Readonly<Record<string, readonly string[]>> = {
  state: ["entity_id", "state"],
  numeric_state: ["entity_id"],
  template: ["value_template"],
  time: [],
  sun: [],
  zone: ["entity_id", "zone"],
  trigger: ["id"],
  device: ["device_id", "domain", "type"],
  and: ["conditions"],
  or: ["conditions"],
  not: ["conditions"],
};
const ACTION_KEYS = [
  ...["delay", "wait_template", "condition", "and", "or", "not", "event", "device_id", "scene"],
  ...["repeat", "choose", "wait_for_trigger", "variables", "if", "action", "service", "stop"],
  ...["parallel", "sequence", "set_conversation_response"],
];
const OLD_NAMES = { trigger: "triggers", condition: "conditions", action: "actions" } as const;

function fail(message: string): never {
  throw new HomeAssistantError("invalid_format", message);
}

/** Throws the first thing that is wrong with an automation, in Home Assistant's words. */
export function validateAutomation(config: Config): void {
  for (const [old, now] of Object.entries(OLD_NAMES)) {
    if (old in config && now in config) {
      fail(`Cannot specify both '${old}' and '${now}'. Please use '${now}' only.`);
    }
  }
  const renamed = renameKeys(config);
  for (const key of Object.keys(renamed)) {
    if (!TOP.has(key)) fail(`extra keys not allowed @ data['${key}']`);
  }
  if (renamed.use_blueprint !== undefined) return;
  for (const key of ["triggers", "actions"]) {
    if (renamed[key] === undefined) fail(`required key not provided @ data['${key}']`);
  }
  for (const key of ["id", "alias", "description"]) {
    const value = renamed[key];
    if (value !== undefined && value !== null && typeof value !== "string") {
      fail(`expected str for dictionary value @ data['${key}']`);
    }
  }
  const { mode, max } = renamed;
  if (mode !== undefined && !MODES.includes(String(mode))) {
    fail(`value must be one of ['${MODES.join("', '")}'] @ data['mode']`);
  }
  if (max !== undefined && Number(max) < 2) fail("value must be at least 2 @ data['max']");
  validateTriggers(renamed.triggers);
  validateConditions(renamed.conditions ?? []);
  validateActions(renamed.actions, "data['actions']");
}

/** The outer keys by their new names; in actions `service` becomes `action`. */
export function renameKeys(config: Config): Config {
  const renamed = Object.entries(config).map(([key, value]): [string, unknown] => {
    const now = Object.hasOwn(OLD_NAMES, key) ? OLD_NAMES[key as keyof typeof OLD_NAMES] : key;
    return [now, now === "actions" || now === "sequence" ? renameService(value) : value];
  });
  return Object.fromEntries(renamed);
}

function renameService(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(renameService);
  if (typeof value !== "object" || value === null) return value;
  const isCall = "service" in value && !("action" in value);
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const opaque = key === "data" || key === "target" || key === "event_data";
      const name = isCall && key === "service" ? "action" : key;
      return [name, opaque ? inner : renameService(inner)];
    }),
  );
}

export function validateTriggers(triggers: unknown): void {
  for (const [index, one] of toArray(triggers).entries()) {
    const config: Config = Object(one);
    if (Array.isArray(config.triggers)) {
      validateTriggers(config.triggers);
      continue;
    }
    if ("platform" in config && "trigger" in config) {
      fail("Cannot specify both 'platform' and 'trigger'. Please use 'trigger' only.");
    }
    const kind = config.trigger ?? config.platform;
    if (kind === undefined)
      fail(`required key not provided @ data['triggers'][${index}]['trigger']`);
    const required = TRIGGERS[String(kind)];
    if (required === undefined && !/^[a-z_]+\.[a-z_]+$/u.test(String(kind))) {
      fail(`Invalid trigger '${String(kind)}' specified`);
    }
    need(config, required ?? []);
    checkValues(config, String(kind));
  }
}

export function validateConditions(conditions: unknown): void {
  for (const one of toArray(conditions)) {
    if (isTemplate(one)) {
      checkTemplate(one);
      continue;
    }
    const config: Config = Object(one);
    const short = ["and", "or", "not"].find((word) => config[word] !== undefined);
    if (short !== undefined) {
      validateConditions(config[short]);
      continue;
    }
    const kind = config.condition;
    if (Array.isArray(kind)) {
      validateConditions(kind);
      continue;
    }
    const required = CONDITIONS[String(kind)];
    if (required === undefined && !/^[a-z_]+\.[a-z_]+$/u.test(String(kind))) {
      const got = typeof one === "string" ? one : String(kind);
      const text = "Expected a condition, a list of conditions or a valid template";
      fail(`Unexpected value for condition: '${got}'. ${text}`);
    }
    need(config, required ?? []);
    checkValues(config, String(kind));
    if (config.conditions !== undefined) validateConditions(config.conditions);
  }
}

export function validateActions(actions: unknown, path = "data"): void {
  for (const [index, one] of toArray(actions).entries()) {
    const where = `${path}[${index}]`;
    const config: Config = Object(one);
    const key = ACTION_KEYS.find((name) => config[name] !== undefined);
    if (key === undefined) fail(`Unable to determine action @ ${where}`);
    if (key === "action" || key === "service") {
      const name = config[key];
      if (!isTemplate(name) && !/^[a-z0-9_]+\.[a-z0-9_]+$/u.test(String(name))) {
        fail(`Service ${String(name)} does not match format <domain>.<name> @ ${where}`);
      }
    }
    const isOpen = isTemplate(config.delay) || hasTemplate(config.delay);
    if (key === "delay" && !isOpen && periodMs(config.delay) === undefined) {
      fail(`offset ${String(config.delay)} should be format 'HH:MM', 'HH:MM:SS' or 'HH:MM:SS.F'`);
    }
    if (key === "condition") validateConditions(config);
    if (key === "wait_for_trigger") validateTriggers(config[key]);
    if (key === "if") {
      validateConditions(config.if);
      if (config.then === undefined) fail(`required key not provided @ ${where}['then']`);
      validateActions(config.then, `${where}['then']`);
      validateActions(config.else, `${where}['else']`);
    }
    if (key === "choose") {
      for (const option of toArray(config.choose)) {
        validateConditions(Object(option).conditions);
        validateActions(Object(option).sequence, `${where}['choose']`);
      }
      validateActions(config.default, `${where}['default']`);
    }
    if (key === "repeat") validateActions(Object(config.repeat).sequence, `${where}['repeat']`);
    if (key === "sequence") validateActions(config.sequence, `${where}['sequence']`);
    for (const text of deepTexts(config.data)) if (isTemplate(text)) checkTemplate(text);
  }
}

function need(config: Config, keys: readonly string[]) {
  for (const key of keys) {
    if (config[key] === undefined) fail(`required key not provided @ data['${key}']`);
  }
}

function checkValues(config: Config, kind: string) {
  for (const entityId of toArray(config.entity_id).flatMap((id) => String(id).split(","))) {
    const id = entityId.trim();
    if (/^[a-z0-9_]+\.[a-z0-9_]+$/u.test(id.toLowerCase()) || /^[0-9a-f]{32}$/u.test(id)) continue;
    fail(`Entity ${id} is neither a valid entity ID nor a valid UUID @ data['entity_id']`);
  }
  if (kind === "numeric_state") checkRange(config);
  if (kind === "time") {
    for (const at of toArray(config.at)) {
      const isTime =
        minuteOf(at) !== undefined || typeof at === "object" || String(at).includes(".");
      if (!isTime && !isTemplate(at)) fail(`Invalid time specified: ${String(at)}`);
    }
  }
  for (const key of ["value_template"]) {
    const template = config[key];
    if (typeof template === "string") checkTemplate(template);
  }
}

function checkRange({ above, below }: Config) {
  if (above === undefined && below === undefined)
    fail("must contain at least one of below, above.");
  if (Number(above) > Number(below)) {
    const text = "You probably want two different triggers.";
    fail(
      `A value can never be above ${String(above)} and below ${String(below)} at the same time. ${text}`,
    );
  }
}

function deepTexts(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(deepTexts);
}

function hasTemplate(value: unknown): boolean {
  return deepTexts(value).some(isTemplate);
}
