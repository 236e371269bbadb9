import type {
  CalendarTrigger,
  EventTrigger,
  JsonMap,
  PurposeTrigger,
} from "#home/automation/automation.ts";
import { entitiesOf, offsetOf } from "../purposes/purposes.ts";
import { type HeardEvent, isEqual, isFailure, type Transition } from "../stage/stage.ts";
import {
  type Attaching,
  changeValues,
  type Detach,
  nothingToDetach,
  together,
} from "./attaching.ts";
import { listenToStates } from "./told-by-states.ts";

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
  return together(
    trigger.eventTypes.flatMap((type) => [
      stage.listenForEvent(type, hear),
      ...(stage.recorded.has(type) ? [] : [listenToStates(type, { stage, data: wanted, hear })]),
    ]),
  );
}

const toList = (value: unknown): readonly unknown[] => {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

function isWithin(wanted: JsonMap, data: Readonly<Record<string, unknown>>): boolean {
  return Object.entries(wanted).every(([name, value]) => isEqual(value, data[name]));
}

/** `calendar.event_started` and `calendar.event_ended`, of each of their targets. */
export function attachCalendarPurpose(trigger: PurposeTrigger, attaching: Attaching): Detach {
  const { key, target, options } = trigger;
  const ms = offsetOf(options);
  if (isFailure(ms)) return nothingToDetach;
  const event = key === "calendar.event_started" ? "start" : "end";
  const ids = entitiesOf(target, { stage: attaching.stage, expandsGroups: false });
  const own: Attaching = {
    ...attaching,
    fire: (fired) => attaching.fire({ ...fired, platform: key }),
  };
  return together(
    ids
      .filter((id) => id.startsWith("calendar."))
      .map((entityId) =>
        attachCalendar({ kind: "calendar", entityId, event, offset: { ms } }, own),
      ),
  );
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
