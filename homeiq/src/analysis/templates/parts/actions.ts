import type {
  Action,
  Condition,
  JsonMap,
  Trigger,
  WaitForTriggerAction,
} from "#home/automation/automation.ts";
import type { Recipient } from "../slot.ts";

type Ids = string | readonly string[];

const targetOf = (entityIds: readonly string[]) => ({
  entityIds,
  deviceIds: [],
  areaIds: [],
  floorIds: [],
  labelIds: [],
});

export const call = (action: string, ids: Ids, data?: JsonMap): Action => ({
  kind: "call",
  action,
  target: targetOf(typeof ids === "string" ? [ids] : ids),
  ...(data !== undefined && { data }),
});

/** One call for each domain: a fan may be a plug. */
const each = (ids: readonly string[], name: string): Action[] =>
  [...Map.groupBy(ids, (id) => id.split(".")[0] ?? "")].map(([domain, list]) =>
    call(`${domain}.${name}`, list),
  );

export const turnOn = (ids: readonly string[]): Action[] => each(ids, "turn_on");
export const turnOff = (ids: readonly string[]): Action[] => each(ids, "turn_off");

/** Lets water run, through a valve or a switch. */
export const openWater = (id: string): Action =>
  call(id.startsWith("valve.") ? "valve.open_valve" : "switch.turn_on", id);
export const closeWater = (ids: readonly string[]): Action[] =>
  [...Map.groupBy(ids, (id) => id.startsWith("valve."))].map(([isValve, list]) =>
    call(isValve ? "valve.close_valve" : "switch.turn_off", list),
  );

/** Rings through a phone that is silent. https://companion.home-assistant.io/docs/notifications/critical-notifications */
const URGENT: JsonMap = {
  ttl: 0,
  priority: "high",
  push: { "interruption-level": "time-sensitive" },
};

/** Tells everyone of these. */
export const tell = (recipients: readonly Recipient[], message: string): Action[] =>
  recipients.map((recipient) => toCall(recipient, { message }));

/** Tells everyone of these at once, also where the phone is silent. */
export const alarm = (recipients: readonly Recipient[], message: string): Action[] =>
  recipients.map((recipient) =>
    toCall(recipient, {
      message,
      ...(recipient.action.startsWith("notify.mobile_app_") && { data: URGENT }),
    }),
  );

const toCall = ({ action, entityId }: Recipient, data: JsonMap): Action =>
  entityId === undefined ? { kind: "call", action, data } : call(action, entityId, data);

export const delay = (ms: number): Action => ({ kind: "delay", delay: { ms } });

/** Goes on when it happens, and at the latest after `timeout` milliseconds. */
export const waitFor = (trigger: Trigger, timeout: number): WaitForTriggerAction => ({
  kind: "wait_for_trigger",
  triggers: [trigger],
  timeout: { ms: timeout },
});

/** Goes on when the template is true, and at the latest after `timeout` milliseconds. */
export const waitUntil = (waitTemplate: string, timeout: number): Action => ({
  kind: "wait_template",
  waitTemplate,
  timeout: { ms: timeout },
});

export const when = (
  conditions: readonly Condition[],
  then: readonly Action[],
  otherwise?: readonly Action[],
): Action => ({
  kind: "if",
  conditions,
  then,
  ...(otherwise && { else: otherwise }),
});

interface Choice {
  readonly conditions: readonly Condition[];
  readonly sequence: readonly Action[];
}

/** The first whose conditions hold. */
export const choose = (...choices: readonly Choice[]): Action => ({ kind: "choose", choices });
