import type { WeatherFacts, WeatherHour } from "#enrichment/provider.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Noticed } from "../proposals/proposals.ts";
import type { Say } from "../say.ts";
import type { Facts } from "./facts.ts";
import { all, classOf, domainOf, isOpen, isOpenWindow } from "./house.ts";

const AHEAD_MS = 2 * HOUR_MS; // sooner is too late to go home, later the forecast changes
const WET_MM = 0.2;
const LIKELY_PERCENT = 60;
const WET = new Set(["rainy", "pouring", "lightning-rainy", "snowy-rainy", "hail"]);
const ONCE_MS = 6 * HOUR_MS;

/** Rain comes, or has begun, while windows or awnings are open. */
export function rainWindowsOpen(facts: Facts, say: Say): Noticed[] {
  const { now, weather } = facts;
  const rain = weather && findRain(weather, now);
  if (!rain) return [];
  const open = all(facts, isOpenWindow);
  const out = all(
    facts,
    (one) => domainOf(one.entityId) === "cover" && classOf(one) === "awning" && isOpen(one),
  );
  const touched = [...open, ...out];
  if (touched.length === 0) return [];
  const entityIds = touched.map(({ entityId }) => entityId);
  const closable = entityIds.filter((id) => domainOf(id) === "cover");
  const isNow = rain.start <= now;
  return [
    {
      ...{ kind: "rain_windows_open", subject: "rain_windows_open", isSafety: false, entityIds },
      key: `rain_windows_open:${Math.floor(rain.start / ONCE_MS)}`,
      oncePerMs: ONCE_MS,
      expiresAt: Math.max(rain.start, now) + 2 * HOUR_MS,
      title: say.say(isNow ? "agent.rain.title.now" : "agent.rain.title"),
      text: isNow
        ? say.say("agent.rain.now", { names: say.names(entityIds) })
        : say.say("agent.rain", {
            time: say.time(rain.start, now),
            names: say.names(entityIds),
          }),
      evidence: [
        { text: sayRain(rain, { now, say }), at: rain.start },
        ...touched.map(({ entityId, lastChangedAt }) => ({
          ...{ entityId, at: lastChangedAt },
          text: say.say("agent.open.evidence", {
            name: say.names([entityId]),
            time: say.time(lastChangedAt, now),
          }),
        })),
      ],
      ...(closable.length > 0
        ? {
            offer: {
              label: say.say("agent.close.do", { names: say.names(closable) }),
              actions: [{ service: "cover.close_cover", entityIds: closable }],
            },
          }
        : {}),
    },
  ];
}

function findRain({ now: current, hours }: WeatherFacts, now: number): WeatherHour | undefined {
  const isWetNow =
    now - current.at < HOUR_MS &&
    ((current.precipitationMm ?? 0) >= WET_MM || WET.has(current.condition ?? ""));
  const { precipitationMm, condition } = current;
  if (isWetNow) {
    return {
      ...{ start: current.at, end: current.at + HOUR_MS },
      ...(precipitationMm === undefined ? {} : { precipitationMm }),
      ...(condition === undefined ? {} : { condition }),
    };
  }
  return hours.find((hour) => hour.end > now && hour.start <= now + AHEAD_MS && isWet(hour));
}

/** By the amount where it is known; a likelihood alone must be high. */
function isWet({ precipitationMm, precipitationPercent, condition }: WeatherHour): boolean {
  if (precipitationMm !== undefined) {
    return precipitationMm >= WET_MM && (precipitationPercent ?? 100) >= LIKELY_PERCENT;
  }
  if (precipitationPercent !== undefined) return precipitationPercent >= LIKELY_PERCENT;
  return WET.has(condition ?? "");
}

function sayRain(hour: WeatherHour, { now, say }: { now: number; say: Say }): string {
  const time = say.time(hour.start, now);
  if (hour.precipitationMm !== undefined)
    return say.say("agent.rain.evidence", { time, mm: hour.precipitationMm });
  if (hour.precipitationPercent !== undefined) {
    const percent = say.percent(hour.precipitationPercent / 100);
    return say.say("agent.rain.evidence.percent", { time, percent });
  }
  return say.say("agent.rain.evidence.word", { time, word: hour.condition ?? "" });
}

const FREEZES_C = 0;
const FROM_HOUR = 15; // there is still time to do something
const MORNING_HOUR = 9;
const COVERS = new Set(["shutter", "blind", "shade", "curtain"]);

/** It freezes tonight, while windows are open, the heating is off or covers are open. */
export function freezingNight(facts: Facts, say: Say): Noticed[] {
  const { now, timeZone, weather } = facts;
  const wall = wallAt(timeZone, now);
  const midnight = Math.floor(wall / DAY_MS) * DAY_MS;
  if (!weather || wall - midnight < FROM_HOUR * HOUR_MS) return [];
  const morning = momentOfWall(timeZone, midnight + DAY_MS + MORNING_HOUR * HOUR_MS);
  const coldest = weather.hours
    .filter(
      ({ start, temperatureC }) => start >= now && start < morning && temperatureC !== undefined,
    )
    .sort((one, other) => (one.temperatureC ?? 0) - (other.temperatureC ?? 0))[0];
  if (coldest?.temperatureC === undefined || coldest.temperatureC > FREEZES_C) return [];
  const windows = ids(all(facts, isOpenWindow));
  const heating = ids(
    all(facts, (one) => domainOf(one.entityId) === "climate" && isHeatingOff(one)),
  );
  const covers = ids(
    all(
      facts,
      (one) => domainOf(one.entityId) === "cover" && COVERS.has(classOf(one)) && isOpen(one),
    ),
  );
  const entityIds = [...windows, ...heating, ...covers];
  if (entityIds.length === 0) return [];
  const temperature = say.temperature(coldest.temperatureC);
  const parts = [
    ["agent.freeze.windows", windows],
    ["agent.freeze.heating", heating],
    ["agent.freeze.covers", covers],
  ] as const;
  return [
    {
      ...{ kind: "freezing_night", subject: "freezing_night", isSafety: false, entityIds },
      key: `freezing_night:${midnight / DAY_MS}`,
      expiresAt: morning,
      title: say.say("agent.freeze.title", { temperature }),
      text: parts
        .filter(([, found]) => found.length > 0)
        .map(([key, found]) => say.say(key, { names: say.names(found) }))
        .join(" "),
      evidence: [
        {
          text: say.say("agent.freeze.evidence", {
            ...{ time: say.time(coldest.start + MINUTE_MS, now), temperature },
          }),
          at: coldest.start,
        },
      ],
      ...(covers.length > 0
        ? {
            offer: {
              label: say.say("agent.close.do", { names: say.names(covers) }),
              actions: [{ service: "cover.close_cover", entityIds: covers }],
            },
          }
        : {}),
    },
  ];
}

const ids = (states: readonly { readonly entityId: string }[]) =>
  states.map(({ entityId }) => entityId);

const isHeatingOff = ({ state, attributes }: EntityState) =>
  state === "off" && Array.isArray(attributes.hvac_modes) && attributes.hvac_modes.includes("heat");
