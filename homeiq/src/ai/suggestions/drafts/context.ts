import type { Pattern } from "#analysis/patterns/patterns.ts";
import { parts } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Action, Condition, Trigger } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { dayConditions } from "./days.ts";
import { knowsPresence, waitOf } from "./when.ts";

type Context = Extract<Pattern, { kind: "contextual" }>["context"];
type Sun = Extract<Context, { of: "sun" }>;
type Weather = Extract<Context, { of: "weather" }>;
type Presence = Extract<Context, { of: "presence" }>;

/** What begins it, and what must be so. */
export interface Beginning {
  readonly triggers: readonly Trigger[];
  readonly conditions: readonly Condition[];
  /** Before anything is done. */
  readonly waits: readonly Action[];
}

const STEP_MINUTES = 5;
const TWILIGHT_DEGREES = -6; // civil dawn and dusk
const NEAR_TWILIGHT_MINUTES = 15;
const NOON = 480; // minutes of a habit's day; the sun is up on the same date

/** `undefined`: Home Assistant cannot tell it. */
export function beginningOf(context: Context, home: HomeSnapshot): Beginning | undefined {
  switch (context.of) {
    case "sun":
      return ofSun(context, home);
    case "weather":
      return ofWeather(context, home);
    case "presence":
      return ofPresence(context, home);
  }
}

function ofSun(context: Sun, home: HomeSnapshot): Beginning | undefined {
  const { event, offsetMinutes } = context;
  const trigger =
    event === "sunrise" || event === "sunset"
      ? parts.sun(event, Math.round(offsetMinutes / STEP_MINUTES) * STEP_MINUTES * MINUTE_MS)
      : twilight(event, offsetMinutes, home);
  if (!trigger) return undefined;
  return { triggers: [trigger], conditions: dayConditions(context.on, NOON, home), waits: [] };
}

function twilight(event: "dawn" | "dusk", offset: number, home: HomeSnapshot): Trigger | undefined {
  if (!home.entities.has("sun.sun") || Math.abs(offset) > NEAR_TWILIGHT_MINUTES) return undefined;
  const attribute = { attribute: "elevation" };
  return event === "dawn"
    ? parts.above("sun.sun", TWILIGHT_DEGREES, attribute)
    : parts.below("sun.sun", TWILIGHT_DEGREES, attribute);
}

function ofWeather({ signalId, when }: Weather, home: HomeSnapshot): Beginning | undefined {
  const trigger = "is" in when ? named(signalId, when.is, home) : measured(signalId, when, home);
  return trigger && { triggers: [trigger], conditions: [], waits: [] };
}

const named = (id: string, is: string, home: HomeSnapshot): Trigger | undefined =>
  home.entities.has(id) ? parts.turns(id, is) : undefined;

type Bound = Exclude<Weather["when"], { is: string }>;

function measured(id: string, bound: Bound, home: HomeSnapshot): Trigger | undefined {
  const entity = home.entities.get(id) ?? (/temperature/.test(id) ? weatherIn(home) : undefined);
  if (!entity) return undefined;
  const attribute = parts.temperatureOf(entity.entityId);
  const rounded = (value: number) => Math.round(value * 10) / 10;
  return "above" in bound
    ? parts.above(entity.entityId, rounded(bound.above), attribute)
    : parts.below(entity.entityId, rounded(bound.below), attribute);
}

const weatherIn = (home: HomeSnapshot) =>
  [...home.entities.values()].find(
    ({ domain, attributes }) => domain === "weather" && typeof attributes.temperature === "number",
  );

function ofPresence(context: Presence, home: HomeSnapshot): Beginning | undefined {
  const trigger = presence(context, home);
  // What is done before people go is done when they go.
  return (
    trigger && { triggers: [trigger], conditions: [], waits: waitOf(context.delayMinutes * 60) }
  );
}

function presence({ event, signalId }: Presence, home: HomeSnapshot): Trigger | undefined {
  if (event === "first_home" || event === "all_away") {
    if (!knowsPresence(home)) return undefined;
    return event === "first_home" ? parts.somebodyComes() : parts.everybodyLeaves();
  }
  const people =
    signalId === undefined
      ? [...home.entities.values()].filter(({ domain }) => domain === "person")
      : [home.entities.get(signalId)].filter((one) => one !== undefined);
  const ids = people.map(({ entityId }) => entityId);
  if (ids.length === 0) return undefined;
  if (event === "arriving") return parts.turns(ids, "home");
  return {
    kind: "state",
    entityIds: ids,
    from: ["home"],
    notTo: ["unavailable", "unknown"],
  };
}
