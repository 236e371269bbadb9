import type { JsonMap, Trigger } from "#home/automation/automation.ts";
import { deviceTrigger, offsetOf, purposeProblem } from "../purposes/purposes.ts";
import { isFailure, type Stage } from "../stage/stage.ts";
import { type Attaching, type Detach, nothingToDetach } from "./attaching.ts";
import { attachCalendar, attachEvent } from "./events.ts";
import { attachNumericState } from "./numeric-state.ts";
import { attachPurpose } from "./purpose.ts";
import { attachState } from "./state.ts";
import { attachTemplate } from "./template.ts";
import { attachSun, attachTime, attachTimePattern } from "./time.ts";
import { isToldByStates } from "./told-by-states.ts";
import { attachZone } from "./zone.ts";

export type { Attaching, Detach, Fired } from "./attaching.ts";
export { hearsEverything, toMatch } from "./state.ts";
export { followTemplate } from "./template.ts";
export { toPattern } from "./time.ts";
export { triggerWords } from "./words.ts";

/** Home Assistant says this on its bus once it runs. */
export const STARTED_EVENT = "homeassistant_started";

/** It is about a start of Home Assistant. Automations do not listen yet when `homeassistant_start` comes. */
const asksForStarts = (trigger: Trigger): boolean =>
  (trigger.kind === "homeassistant" && trigger.event === "start") ||
  (trigger.kind === "event" && trigger.eventTypes.includes(STARTED_EVENT));

/** Lets a trigger listen. Answers how to stop; one that history cannot drive is never heard of. */
export function attach(trigger: Trigger, attaching: Attaching): Detach {
  switch (trigger.kind) {
    case "state":
      return attachState(trigger, attaching);
    case "numeric_state":
      return attachNumericState(trigger, attaching);
    case "template":
      return attachTemplate(trigger, attaching);
    case "time":
      return attachTime(trigger, attaching);
    case "time_pattern":
      return attachTimePattern(trigger, attaching);
    case "sun":
      return attachSun(trigger, attaching);
    case "zone":
      return attachZone(trigger, attaching);
    case "event":
      return attachEvent(trigger, attaching);
    case "calendar":
      return attachCalendar(trigger, attaching);
    case "purpose":
      return attachPurpose(trigger, attaching);
    case "device": {
      const found = deviceTrigger(trigger, attaching.stage);
      return isFailure(found) ? nothingToDetach : attach(found, asDevice(attaching));
    }
    case "homeassistant":
      if (trigger.event !== "start") return nothingToDetach;
      return attaching.stage.listenForEvent(STARTED_EVENT, () =>
        attaching.fire({
          platform: "homeassistant",
          description: "Home Assistant starting",
          values: () => ({ event: "start" }),
        }),
      );
    case "other":
      return nothingToDetach;
  }
}

const asDevice = (attaching: Attaching): Attaching => ({
  ...attaching,
  fire: (fired) => attaching.fire({ ...fired, platform: "device" }),
});

const isTold = (type: string): boolean => isToldByStates(type) || type === STARTED_EVENT;

const OTHERS: Readonly<Record<string, string>> = {
  mqtt: "messages of MQTT are not recorded",
  webhook: "calls of a webhook are not recorded",
  tag: "scans of a tag are not recorded",
  conversation: "sentences are not recorded",
  persistent_notification: "notifications are not recorded",
  geo_location: "places of geo location sources are not followed",
};

/** Why history cannot drive it, in plain words; absent when it can. */
export function whyNot(trigger: Trigger, stage: Stage, hasEvents: boolean): string | undefined {
  switch (trigger.kind) {
    case "other":
      return OTHERS[trigger.platform] ?? `what ${trigger.platform} hears is not recorded`;
    case "event":
      return hasEvents || trigger.eventTypes.every(isTold)
        ? undefined
        : `events such as ${trigger.eventTypes.find((type) => !isTold(type))} are not recorded, only states are`;
    case "homeassistant":
      return trigger.event === "shutdown"
        ? "when Home Assistant stopped is not recorded"
        : undefined;
    case "sun":
      return stage.sun ? undefined : "nobody said where the house stands";
    case "purpose":
      if (isOfCalendar(trigger.key) && isEarly(trigger.options)) return UNKNOWN_EVENTS;
      return purposeProblem(trigger.key, "trigger", stage);
    case "device": {
      const found = deviceTrigger(trigger, stage);
      return isFailure(found) ? found.error : undefined;
    }
    case "calendar":
      return trigger.offset && "ms" in trigger.offset && trigger.offset.ms < 0
        ? UNKNOWN_EVENTS
        : undefined;
    default:
      return undefined;
  }
}

const UNKNOWN_EVENTS = "what is to come in a calendar is not recorded";

/** Before an event of which only the beginning was recorded. */
function isEarly(options: JsonMap): boolean {
  const ms = offsetOf(options);
  return !isFailure(ms) && ms < 0;
}

const isOfCalendar = (key: string): boolean => key.startsWith("calendar.event_");

/** Said beside the result: it is replayed, but not exactly as it was. */
export function approximation(trigger: Trigger): string | undefined {
  if (trigger.kind === "calendar" || (trigger.kind === "purpose" && isOfCalendar(trigger.key))) {
    return "a calendar's events are seen by its entity going on and off: one that follows another at once is missed";
  }
  if (trigger.kind === "event" && trigger.eventTypes.some((type) => type.startsWith("timer."))) {
    return "events of timers are seen by what their states say";
  }
  if (asksForStarts(trigger)) {
    return "starts of Home Assistant are seen by what every entity reports after them";
  }
  return undefined;
}
