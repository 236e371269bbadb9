import type {
  PurposeTrigger,
  StateMatch,
  StateTrigger,
  Trigger,
} from "#home/automation/automation.ts";
import { isInRange, rangeWords, valueWords } from "../conditions/conditions.ts";
import { nextOfSky, offsetOf, thresholdWords, triggerPurpose } from "../purposes/purposes.ts";
import { isFailure, type Stage } from "../stage/stage.ts";
import { clockText } from "./time.ts";

/** What a trigger sees at this moment, and what it waits for, in plain words with the values. */
export function triggerWords(trigger: Trigger, stage: Stage): string {
  const idOf = (id: string) => stage.house.toEntityId(id);
  switch (trigger.kind) {
    case "state":
      return trigger.entityIds.map((id) => stateWords(trigger, idOf(id), stage)).join("; ");
    case "numeric_state":
      return trigger.entityIds
        .map((id) => {
          const entityId = idOf(id);
          const state = stage.world.state(entityId);
          const where = { stage, variables: {} };
          const isInside = isInRange(trigger, state, where) === true;
          const wanted = rangeWords(trigger, stage);
          const is = valueWords(trigger, { entityId, state, where });
          return isInside
            ? `${is}: it is ${wanted} already, it fires when it has been outside and comes back`
            : `${is}, it fires when it gets ${wanted}`;
        })
        .join("; ");
    case "time":
      return `it fires at ${trigger.at
        .map((at) => {
          if ("ms" in at) return clockText(at.ms);
          if (!("entityId" in at)) return at.template;
          return `the time in ${at.entityId} (${stage.world.state(at.entityId)?.state ?? "unknown"})`;
        })
        .join(" and ")}${trigger.weekdays ? ` on ${trigger.weekdays.join(", ")}` : ""}`;
    case "time_pattern":
      return "it fires at the times of its pattern";
    case "sun": {
      const next = stage.sun?.next(stage.world.now, trigger.event);
      const at =
        next === undefined ? "" : `, next at ${clockText(stage.days.wallTime(next).msOfDay)}`;
      return `it fires at ${trigger.event}${at}`;
    }
    case "zone": {
      const verb = trigger.event === "enter" ? "enters" : "leaves";
      const are = trigger.entityIds.map(
        (id) => `${idOf(id)} is ${stage.world.state(idOf(id))?.state ?? "unknown"}`,
      );
      return `${are.join(", ")}; it fires when one of them ${verb} ${trigger.zone}`;
    }
    case "template": {
      const value = stage.texts.render(trigger.valueTemplate, {});
      return isFailure(value)
        ? value.error
        : `the template says ${JSON.stringify(value)}; it fires when it becomes true`;
    }
    case "purpose":
      return purposeWords(trigger, stage);
    case "event":
      return `it fires at the event ${trigger.eventTypes.join(" or ")}`;
    case "calendar":
      return `it fires at the ${trigger.event} of an event in ${trigger.entityId}`;
    case "homeassistant":
      return `it fires at the ${trigger.event} of Home Assistant`;
    case "device":
      return `it fires at "${trigger.type ?? "something"}" of a device`;
    case "other":
      return `it fires at ${trigger.platform}`;
  }
}

function purposeWords(trigger: PurposeTrigger, stage: Stage): string {
  const { key, options } = trigger;
  const purpose = triggerPurpose(trigger, stage);
  if (!purpose) return `it fires at ${key}${nextWords(trigger, stage)}`;
  const are = purpose.entityIds.map((id) => {
    const state = stage.world.state(id);
    return `${id} is ${String((state && purpose.seenIn(state)) ?? "unknown")}`;
  });
  const limit = purpose.isNumber ? `, ${thresholdWords(options)}` : "";
  return `${are.join(", ") || "it has no targets"}; it fires at ${key}${limit}`;
}

function nextWords({ key, options }: PurposeTrigger, stage: Stage): string {
  const offsetMs = offsetOf(options);
  if (isFailure(offsetMs)) return "";
  const next = nextOfSky(key, { offsetMs, options, stage })?.(stage.world.now);
  return next === undefined ? "" : `, next at ${clockText(stage.days.wallTime(next).msOfDay)}`;
}

function stateWords(trigger: StateTrigger, entityId: string, stage: Stage): string {
  const state = stage.world.state(entityId);
  const { attribute } = trigger;
  const value = attribute === undefined ? state?.state : state?.attributes[attribute];
  const name = attribute === undefined ? entityId : `${attribute} of ${entityId}`;
  const since = state
    ? ` since ${clockText(stage.days.wallTime(state.lastChangedAt).msOfDay)}`
    : "";
  const wanted = [
    ...say("goes to", trigger.to),
    ...say("goes to anything but", trigger.notTo),
    ...say("comes from", trigger.from),
    ...say("comes from anything but", trigger.notFrom),
  ].join(" and ");
  const time =
    trigger.for && "ms" in trigger.for ? ` and stays for ${trigger.for.ms / 1000} s` : "";
  return `${name} is ${String(value ?? "unknown")}${since}, it fires when it ${wanted || "changes"}${time}`;
}

const say = (verb: string, match: StateMatch | undefined): string[] => {
  if (match === undefined) return [];
  return [match === null ? "changes" : `${verb} ${match.join(" or ")}`];
};
