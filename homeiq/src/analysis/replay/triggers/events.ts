import type { CalendarTrigger, EventTrigger, JsonMap } from "#home/automation/automation.ts";
import { type HeardEvent, isEqual, isFailure, type Transition } from "../stage/stage.ts";
import {
  type Attaching,
  changeValues,
  type Detach,
  nothingToDetach,
  together,
} from "./attaching.ts";

export function attachEvent(trigger: EventTrigger, attaching: Attaching): Detach {
  const { stage, variables, fire } = attaching;
  const wanted = (stage.texts.deep(trigger.data ?? {}, variables) ?? {}) as JsonMap;
  const users = toList(trigger.context?.user_id);
  function hear(event: HeardEvent): void {
    if (!isWithin(wanted, event.data)) return;
    if (users.length > 0 && !users.includes(event.userId)) return;
    fire({
      platform: "event",
      description: `event '${event.type}'`,
      values: () => ({ event: { event_type: event.type, data: event.data } }),
    });
  }
  return together(trigger.eventTypes.map((type) => stage.listenForEvent(type, hear)));
}

const toList = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

function isWithin(wanted: JsonMap, data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([name, value]) => isEqual(value, data[name]));
}

/** Begin and end of a calendar's events, seen by its entity going on and off: one that follows another at once is not seen. */
export function attachCalendar(trigger: CalendarTrigger, attaching: Attaching): Detach {
  const { stage, fire, variables } = attaching;
  const offset = trigger.offset ? stage.texts.period(trigger.offset, variables) : 0;
  if (isFailure(offset) || offset < 0) return nothingToDetach;
  const state = trigger.event === "start" ? "on" : "off";
  return stage.world.listen(trigger.entityId, (transition: Transition) => {
    const { from, to } = transition;
    if (!to || to.state !== state || !from || from.state === state) return;
    if (from.state === "unavailable" || from.state === "unknown") return;
    const act = () =>
      fire({
        platform: "calendar",
        description: `calendar event ${trigger.event}`,
        entityId: trigger.entityId,
        values: () =>
          changeValues(transition, {
            event: trigger.event,
            offset: offset / 1000,
            calendar_event: calendarEvent((trigger.event === "start" ? to : from).attributes),
          }),
      });
    if (offset === 0) act();
    else stage.timers.set(stage.world.now + offset, act);
  });
}

const calendarEvent = ({
  message,
  start_time,
  end_time,
  location,
  description,
  all_day,
}: Readonly<Record<string, unknown>>) => ({
  ...{ summary: message, start: start_time, end: end_time, location, description, all_day },
});
