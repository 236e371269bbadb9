import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import { type BatteryCourse, daysLeft } from "./battery-course.ts";
import type { Facts } from "./facts.ts";
import { all, classOf, domainOf } from "./house.ts";
import { localDay } from "./outside.ts";

const SOON_DAYS = 14;
const BEFORE_TRIP_MS = 14 * DAY_MS;

/** A battery will be empty within two weeks, by how it fell. */
export function batteryLow(facts: Facts, say: Say): Noticed[] {
  const { now } = facts;
  return facts.batteries
    .filter((one) => daysLeft(one).days <= SOON_DAYS)
    .map((one) => {
      const { entityId } = one;
      const { days, soonest, latest } = daysLeft(one);
      return {
        ...{ kind: "battery_low", subject: `battery_low:${entityId}`, isSafety: false },
        key: `battery_low:${entityId}:${Math.floor(now / (SOON_DAYS * DAY_MS))}`,
        oncePerMs: SOON_DAYS * DAY_MS,
        entityIds: [entityId],
        expiresAt: now + 7 * DAY_MS,
        title: say.say("agent.battery.title", { name: say.names([entityId]) }),
        text: say.say("agent.battery", {
          percent: say.percent(one.percent / 100),
          n: Math.max(1, Math.round(days)),
          ...{ low: Math.floor(soonest), high: Math.ceil(latest) },
        }),
        evidence: [courseEvidence(one, say)],
      };
    });
}

/** A trip comes, and batteries may be empty before its end. */
export function batteryBeforeTrip(facts: Facts, say: Say): Noticed[] {
  const { now, trips, batteries } = facts;
  const trip = trips.find(({ start }) => start > now && start <= now + BEFORE_TRIP_MS);
  if (!trip) return [];
  const awayDays = (trip.end - now) / DAY_MS;
  const weak = batteries.filter((one) => daysLeft(one).soonest <= awayDays);
  if (weak.length === 0) return [];
  const entityIds = weak.map(({ entityId }) => entityId);
  return [
    {
      ...{
        kind: "battery_before_trip",
        subject: "battery_before_trip",
        isSafety: false,
        entityIds,
      },
      key: `battery_before_trip:${trip.start}`,
      expiresAt: trip.start,
      title: say.say("agent.trip.title"),
      text: say.say("agent.trip", { day: say.day(trip.end), names: say.names(entityIds) }),
      evidence: [
        {
          text: say.say("agent.trip.evidence", { summary: trip.summary, day: say.day(trip.start) }),
          at: trip.start,
        },
        ...weak.map((one) => courseEvidence(one, say)),
      ],
    },
  ];
}

const courseEvidence = ({ entityId, perDay, days }: BatteryCourse, say: Say) => ({
  entityId,
  text: say.say("agent.battery.evidence", {
    ...{ name: say.names([entityId]), days },
    perDay: Number(perDay.toFixed(2)),
  }),
});

const UNNOTICED_MS = 30 * MINUTE_MS;
const STILL_MS = 6 * HOUR_MS; // by then it smells, or was emptied by somebody without a sensor

/** A wash ended half an hour ago, and its door was not opened since. */
export function laundryDone(facts: Facts, say: Say): Noticed[] {
  const { now, laundry, states } = facts;
  return laundry
    .filter(({ endedAt }) => now - endedAt >= UNNOTICED_MS && now - endedAt < STILL_MS)
    .map(({ entityId, startedAt, endedAt, mostW }) => ({
      ...{ kind: "laundry_done", subject: `laundry_done:${entityId}`, isSafety: false },
      key: `laundry_done:${entityId}:${Math.floor(startedAt / HOUR_MS)}`,
      oncePerMs: HOUR_MS,
      entityIds: [entityId],
      expiresAt: endedAt + STILL_MS,
      title: say.say("agent.laundry.title", { name: applianceName(states.get(entityId), say) }),
      text: say.say("agent.laundry", { time: say.time(endedAt, now) }),
      evidence: [
        {
          ...{ entityId, at: endedAt },
          text: say.say("agent.laundry.evidence", {
            watts: Math.round(mostW),
            n: Math.round((endedAt - startedAt) / MINUTE_MS),
          }),
        },
      ],
    }));
}

/** `Washing machine`, not `Washing machine power`. */
function applianceName(state: EntityState | undefined, say: Say): string {
  const name = state ? say.names([state.entityId]) : "";
  return name.replace(/\s+(power|leistung|consumption|vermogen|puissance)$/i, "");
}

const ALARMS = ["moisture", "smoke", "gas", "carbon_monoxide", "safety"] as const;
type Alarm = (typeof ALARMS)[number] | "triggered";
const ALARM_MS = 2 * HOUR_MS;

/** Water, smoke, gas or an alarm: told at once and at any hour. */
export function safetyAlarm(facts: Facts, say: Say): Noticed[] {
  const { now } = facts;
  return all(facts, (one) => alarmOf(one) !== undefined).map((one): Noticed => {
    const { entityId, lastChangedAt } = one;
    const what = alarmOf(one) ?? "safety";
    const valves = what === "moisture" ? openValves(facts) : [];
    const text = say.say("agent.alarm", {
      name: say.names([entityId]),
      time: say.time(lastChangedAt, now),
    });
    return {
      ...{ kind: "safety_alarm", subject: `safety_alarm:${entityId}`, isSafety: true },
      key: `safety_alarm:${entityId}:${Math.floor(lastChangedAt)}`,
      oncePerMs: 10 * MINUTE_MS, // a drop on a sensor says so again and again
      entityIds: [entityId],
      expiresAt: lastChangedAt + ALARM_MS,
      title: say.say(`agent.alarm.${what}`, { name: say.names([entityId]) }),
      text,
      evidence: [{ entityId, at: lastChangedAt, text }],
      ...(valves.length > 0
        ? {
            offer: {
              label: say.say("agent.valve.do", { names: say.names(valves) }),
              actions: [{ service: "valve.close_valve", entityIds: valves }],
            },
          }
        : {}),
    };
  });
}

function alarmOf(one: EntityState): Alarm | undefined {
  const domain = domainOf(one.entityId);
  if (domain === "alarm_control_panel") return one.state === "triggered" ? "triggered" : undefined;
  if (domain !== "binary_sensor" || one.state !== "on") return undefined;
  return ALARMS.find((kind) => kind === classOf(one));
}

const openValves = (facts: Facts) =>
  all(
    facts,
    (one) => domainOf(one.entityId) === "valve" && classOf(one) === "water" && one.state === "open",
  ).map(({ entityId }) => entityId);

/** Once a day at most: what there is to decide about. */
export function suggestionsReady(facts: Facts, say: Say): Noticed[] {
  const { now, newSuggestions } = facts;
  if (newSuggestions.length === 0) return [];
  const shown = newSuggestions.slice(0, 3);
  const more = newSuggestions.length - shown.length;
  const names = more > 0 ? [...shown, say.say("agent.more", { n: more })] : shown;
  return [
    {
      ...{ kind: "suggestions_ready", subject: "suggestions_ready", isSafety: false },
      key: `suggestions_ready:${localDay(facts)}`,
      entityIds: [],
      expiresAt: now + DAY_MS,
      title: say.say("agent.suggestions.title"),
      text: say.say("agent.suggestions", { n: newSuggestions.length, names: say.list(names) }),
      evidence: shown.map((text) => ({ text })),
    },
  ];
}
