import type {
  CallAction,
  DeviceAction,
  DeviceCondition,
  DeviceTrigger,
  NumericStateTrigger,
  Period,
  StateCondition,
  StateTrigger,
  Target,
} from "#home/automation/automation.ts";
import { type Failure, isFailure, type Stage, toPeriodMs } from "../stage/stage.ts";

type DeviceThing = DeviceTrigger | DeviceCondition | DeviceAction;

const OPPOSITES: Readonly<Record<string, string>> = { on: "off", off: "on" };

/** Words of a binary sensor's device triggers that mean "on"; with `not_` or `no_` before them "off". */
const ON_WORDS =
  /^(bat_low|charging|co|cold|connected|gas|hot|light|locked|moist|motion|moving|occupied|opened|plugged_in|powered|present|problem|running|smoke|sound|tampered|unsafe|update|vibration|turned_on|on|open)$/;
const OFF_WORDS = /^(not_\w+|no_\w+|turned_off|off|closed|unplugged)$/;

const STATE_WORDS: Readonly<Record<string, string>> = {
  ...{ turned_on: "on", turned_off: "off", is_on: "on", is_off: "off" },
  ...{ opened: "open", closed: "closed", opening: "opening", closing: "closing" },
  ...{ is_open: "open", is_closed: "closed", is_opening: "opening", is_closing: "closing" },
  ...{
    locked: "locked",
    unlocked: "unlocked",
    jammed: "jammed",
    is_locked: "locked",
    is_unlocked: "unlocked",
  },
  ...{
    playing: "playing",
    paused: "paused",
    idle: "idle",
    is_playing: "playing",
    is_paused: "paused",
    is_idle: "idle",
  },
  ...{ cleaning: "cleaning", docked: "docked", is_cleaning: "cleaning", is_docked: "docked" },
  ...{
    disarmed: "disarmed",
    triggered: "triggered",
    is_disarmed: "disarmed",
    is_triggered: "triggered",
  },
  ...{
    armed_away: "armed_away",
    armed_home: "armed_home",
    armed_night: "armed_night",
    armed_vacation: "armed_vacation",
  },
};

/** A device trigger as the trigger on a state that it is; a failure for events that left no state. */
export function deviceTrigger(
  trigger: DeviceTrigger,
  stage: Stage,
): StateTrigger | NumericStateTrigger | Failure {
  const entityId = entityOf(trigger, stage);
  if (entityId === undefined) return eventless(trigger);
  const { alias, enabled, id, variables, type = "" } = trigger;
  const common = {
    ...(alias === undefined ? {} : { alias }),
    ...(enabled === undefined ? {} : { enabled }),
    ...(id === undefined ? {} : { id }),
    ...(variables === undefined ? {} : { variables }),
    entityIds: [entityId],
    ...forOf(trigger),
  };
  if (type === "changed_states") return { kind: "state", ...common, to: null };
  const { above, below } = trigger.rest;
  if (typeof above === "number" || typeof below === "number") {
    return {
      kind: "numeric_state",
      ...common,
      ...(typeof above === "number" ? { above } : {}),
      ...(typeof below === "number" ? { below } : {}),
      ...(type === "position" ? { attribute: "current_position" } : {}),
      ...(type === "current_temperature_changed" ? { attribute: "current_temperature" } : {}),
    };
  }
  const to = stateOf(trigger, type);
  if (to === undefined) return eventless(trigger);
  const from = OPPOSITES[to];
  return { kind: "state", ...common, to: [to], ...(from === undefined ? {} : { from: [from] }) };
}

export function deviceCondition(
  condition: DeviceCondition,
  stage: Stage,
): StateCondition | Failure {
  const entityId = entityOf(condition, stage);
  const state = stateOf(condition, (condition.type ?? "").replace(/^is_/, ""));
  if (entityId === undefined || state === undefined) return eventless(condition);
  return { kind: "state", entityIds: [entityId], states: [state], ...forOf(condition) };
}

/** `turn_on`, `turn_off`, `toggle` and the like of one entity. */
export function deviceAction(action: DeviceAction, stage: Stage): CallAction | Failure {
  const entityId = entityOf(action, stage);
  if (entityId === undefined || action.type === undefined) return eventless(action);
  const target: Target = {
    entityIds: [entityId],
    ...{ deviceIds: [], areaIds: [], floorIds: [], labelIds: [] },
  };
  const service = { open: "open_cover", close: "close_cover", stop: "stop_cover" }[action.type];
  return {
    kind: "call",
    action: `${action.domain}.${action.domain === "cover" ? (service ?? action.type) : action.type}`,
    target,
    data: action.rest,
  };
}

function entityOf({ entityId, deviceId, domain }: DeviceThing, stage: Stage): string | undefined {
  if (entityId !== undefined) {
    const found = stage.house.toEntityId(entityId);
    return found.includes(".") ? found : undefined;
  }
  const own = stage.house.ofDevice(deviceId).filter((one) => one.entityId.startsWith(`${domain}.`));
  return own.length === 1 ? own[0]?.entityId : undefined;
}

function stateOf({ domain }: DeviceThing, type: string): string | undefined {
  if (domain === "binary_sensor") {
    if (OFF_WORDS.test(type)) return "off";
    return ON_WORDS.test(type) ? "on" : undefined;
  }
  return STATE_WORDS[type] ?? STATE_WORDS[`is_${type}`];
}

function forOf({ rest }: DeviceThing): { for?: Period } {
  if (rest.for === undefined) return {};
  const ms = toPeriodMs(rest.for);
  return isFailure(ms) ? {} : { for: { ms } };
}

const eventless = ({ domain, type }: DeviceThing): Failure => ({
  error: `"${type ?? "this"}" of a device of ${domain} leaves nothing in the history to replay`,
});
