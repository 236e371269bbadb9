import type { CalendarEvent, PriceSlot } from "#enrichment/provider.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";
import {
  classOf,
  daysLeft,
  domainOf,
  type Facts,
  isLeftOn,
  isOpenDoor,
  isOpenWindow,
} from "../noticing/noticing.ts";
import type { Say } from "../say.ts";

/** What a task can say, each from facts that are known; what is not known is left out. */
export const SECTIONS = [
  "weather_today",
  "calendar_today",
  "cheap_hours",
  "noticed",
  "suggestions",
  "open_now",
  "on_now",
  "alarms",
  "energy_week",
  "batteries",
  "unavailable",
] as const;
export type Section = (typeof SECTIONS)[number];

/** What tasks say beside what rules are told. */
export interface TaskFacts extends Facts {
  /** Titles of what was noticed and is open. */
  readonly noticed: readonly string[];
  readonly openSuggestions: number;
  /** Absent: there is no calendar. */
  readonly calendar?: readonly CalendarEvent[];
  /** Of the last seven whole days; absent without a meter. */
  readonly energyWeek?: {
    readonly importKwh: number;
    readonly exportKwh: number;
    readonly solarKwh?: number;
  };
}

/** One sentence; `isNews` where there is something to see to. */
export interface Said {
  readonly text: string;
  readonly isNews: boolean;
}

/** What one section says now; `undefined` where nothing is known of it. */
export const saySection = (section: Section, facts: TaskFacts, say: Say): Said | undefined =>
  SAYERS[section](facts, say);

const HIGH_HOURS_MS = 2 * HOUR_MS; // about what a machine takes
const FEW_DAYS = 30;
const LOW_PERCENT = 15;
const EPSILON = 1e-9;

const SAYERS: Readonly<Record<Section, (facts: TaskFacts, say: Say) => Said | undefined>> = {
  weather_today: sayWeather,
  calendar_today({ calendar, ...facts }, say) {
    if (!calendar) return undefined;
    const { start, end } = today(facts);
    const events = calendar
      .filter((event) => event.start < end && event.end > Math.max(start, facts.now))
      .map(({ summary, isAllDay, ...event }) =>
        isAllDay ? summary : `${say.time(event.start, facts.now)} ${summary}`,
      );
    if (events.length === 0) return plain(say.say("agent.section.calendar_none"));
    return news(say.say("agent.section.calendar", { events: say.list(events) }));
  },
  cheap_hours: sayCheap,
  noticed: ({ noticed }, say) =>
    noticed.length === 0
      ? undefined
      : news(say.say("agent.section.noticed", { names: say.list(noticed.slice(0, 5)) })),
  suggestions: ({ openSuggestions: n }, say) =>
    n === 0 ? undefined : news(say.say("agent.section.suggestions", { n })),
  open_now: listed("open", (one) => isOpenDoor(one) || isOpenWindow(one)),
  on_now: (facts, say) => listed("on", isLeftOn(facts))(facts, say),
  alarms: ({ states }, say) => {
    const on = [...states.values()].filter(
      (one) =>
        domainOf(one.entityId) === "binary_sensor" &&
        one.state === "on" &&
        ALARMS.has(classOf(one)),
    );
    return on.length === 0
      ? undefined
      : news(say.say("agent.section.alarms", { names: say.names(on.map(idOf)) }));
  },
  energy_week({ energyWeek }, say) {
    if (!energyWeek) return undefined;
    const { importKwh, exportKwh, solarKwh } = energyWeek;
    const parts = [
      say.say("agent.section.energy", { kwh: round(importKwh) }),
      ...(solarKwh === undefined
        ? []
        : [say.say("agent.section.energy_solar", { kwh: round(solarKwh) })]),
      ...(exportKwh > 0 ? [say.say("agent.section.energy_export", { kwh: round(exportKwh) })] : []),
    ];
    return news(parts.join(" "));
  },
  batteries({ batteries, states }, say) {
    const soon = batteries.filter((one) => daysLeft(one).days <= FEW_DAYS).map(idOf);
    const low = [...states.values()].filter(isLowBattery).map(idOf);
    const weak = [...new Set([...low, ...soon])];
    if (weak.length === 0) return plain(say.say("agent.section.batteries_none"));
    return news(say.say("agent.section.batteries", { names: say.names(weak) }));
  },
  unavailable: listed("unavailable", ({ state }) => state === "unavailable"),
};

const ALARMS = new Set(["moisture", "smoke", "gas", "carbon_monoxide", "safety"]);
type State = Facts["states"] extends ReadonlyMap<string, infer S> ? S : never;

const isLowBattery = (one: State) =>
  classOf(one) === "battery" &&
  (domainOf(one.entityId) === "binary_sensor"
    ? one.state === "on"
    : one.state.trim() !== "" && Number(one.state) <= LOW_PERCENT);

function listed(what: "open" | "on" | "unavailable", isIt: (one: State) => boolean) {
  return ({ states }: TaskFacts, say: Say): Said => {
    const found = [...states.values()].filter(isIt).map(idOf);
    if (found.length === 0) return plain(say.say(`agent.section.${what}_none`));
    return news(say.say(`agent.section.${what}`, { names: say.names(found) }));
  };
}

function sayWeather({ weather, ...facts }: TaskFacts, say: Say): Said | undefined {
  const { end } = today(facts);
  const hours = (weather?.hours ?? []).filter((hour) => hour.end > facts.now && hour.start < end);
  const degrees = hours.flatMap(({ temperatureC }) =>
    temperatureC === undefined ? [] : temperatureC,
  );
  if (degrees.length === 0) return undefined;
  const rain = hours.reduce((sum, { precipitationMm = 0 }) => sum + precipitationMm, 0);
  const range = say.say("agent.section.weather_today", {
    low: say.temperature(Math.min(...degrees)),
    high: say.temperature(Math.max(...degrees)),
  });
  if (rain < 0.1) return plain(range);
  return news(`${range} ${say.say("agent.section.weather_rain", { mm: round(rain) })}`);
}

/** The two hours that cost least until the end of what is known; nothing where all cost the same. */
function sayCheap({ price, now }: TaskFacts, say: Say): Said | undefined {
  const slots = (price?.slots ?? []).filter(({ end }) => end > now);
  const prices = slots.map((slot) => slot.price);
  if (!price || Math.max(...prices) - Math.min(...prices) < EPSILON) return undefined;
  const windows = slots.flatMap(({ start }, n) => {
    const whole = windowFrom(slots.slice(n), Math.max(start, now));
    return whole ? [whole] : [];
  });
  const best = windows.reduce<(typeof windows)[number] | undefined>(
    (least, one) => (!least || one.mean < least.mean - EPSILON ? one : least),
    undefined,
  );
  if (!best) return undefined;
  return news(
    say.say("agent.section.cheap", {
      ...{ time: say.time(best.start, now), end: say.time(best.start + HIGH_HOURS_MS, now) },
      price: say.price(best.mean, price.currency),
    }),
  );
}

function windowFrom(slots: readonly PriceSlot[], start: number) {
  const end = start + HIGH_HOURS_MS;
  let covered = 0;
  let cost = 0;
  for (const slot of slots) {
    const ms = Math.min(slot.end, end) - Math.max(slot.start, start);
    if (ms <= 0) break;
    covered += ms;
    cost += ms * slot.price;
  }
  return covered >= HIGH_HOURS_MS ? { start, mean: cost / covered } : undefined;
}

function today({ now, timeZone }: Pick<Facts, "now" | "timeZone">) {
  const midnight = Math.floor(wallAt(timeZone, now) / DAY_MS) * DAY_MS;
  return {
    start: momentOfWall(timeZone, midnight),
    end: momentOfWall(timeZone, midnight + DAY_MS),
  };
}

const idOf = ({ entityId }: { readonly entityId: string }) => entityId;
const round = (value: number) => Math.round(value * 10) / 10;
const news = (text: string): Said => ({ text, isNews: true });
const plain = (text: string): Said => ({ text, isNews: false });
