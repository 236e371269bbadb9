import type { JsonMap } from "#home/automation/automation.ts";
import { ELEVATIONS, moonOf, type SolarEvent, type Stage, type Sun } from "../stage/stage.ts";

interface Asked {
  readonly sun: Sun;
  readonly at: number;
  readonly options: JsonMap;
  readonly stage: Stage;
}

const { horizon, civil, nautical, astronomical } = ELEVATIONS;
const { goldenHourLow, goldenHourHigh, blueHourLow, blueHourHigh } = ELEVATIONS;

const BANDS: Readonly<Record<string, readonly [number, number]>> = {
  any: [astronomical, horizon],
  civil: [civil, horizon],
  nautical: [nautical, civil],
  astronomical: [astronomical, nautical],
};

const isBetween = ({ sun, at }: Asked, [low, high]: readonly [number, number]): boolean => {
  const elevation = sun.elevation(at);
  return low <= elevation && elevation <= high;
};

const isUp = ({ sun, at }: Asked): boolean =>
  (sun.next(at, "sunrise") ?? Number.POSITIVE_INFINITY) >
  (sun.next(at, "sunset") ?? Number.POSITIVE_INFINITY);

const isTwilight = (asked: Asked, isMorning: boolean): boolean =>
  asked.sun.isRising(asked.at) === isMorning &&
  isBetween(asked, BANDS[String(asked.options.type ?? "any")] ?? [astronomical, horizon]);

function isHour(asked: Asked, band: readonly [number, number]): boolean {
  if (!isBetween(asked, band)) return false;
  const { period } = asked.options;
  if (period === "morning") return asked.sun.isRising(asked.at);
  return period === "evening" ? !asked.sun.isRising(asked.at) : true;
}

const MOST_CANDIDATES = 4;

/** The sun's height at its last highest or lowest. */
function lastExtreme({ sun, at, stage }: Asked, event: "noon" | "midnight"): number {
  const first = stage.days.wallTime(at).day - 2; // earlier than `at` in any zone
  let latest = sun.on(first, event) ?? at;
  for (let n = 1; n <= MOST_CANDIDATES; n += 1) {
    const next = sun.on(first + n, event);
    if (next === undefined || next > at) break;
    latest = next;
  }
  return sun.elevation(latest);
}

const SUN_CONDITIONS: Readonly<Record<string, (asked: Asked) => boolean>> = {
  "sun.is_up": isUp,
  "sun.is_set": (asked) => !isUp(asked),
  "sun.is_ascending": ({ sun, at }) => sun.isRising(at),
  "sun.is_descending": ({ sun, at }) => !sun.isRising(at),
  "sun.is_night": ({ sun, at }) => sun.elevation(at) <= astronomical,
  "sun.is_morning_twilight": (asked) => isTwilight(asked, true),
  "sun.is_evening_twilight": (asked) => isTwilight(asked, false),
  "sun.is_golden_hour": (asked) => isHour(asked, [goldenHourLow, goldenHourHigh]),
  "sun.is_blue_hour": (asked) => isHour(asked, [blueHourLow, blueHourHigh]),
  "sun.is_midnight_sun": (asked) => lastExtreme(asked, "midnight") > horizon,
  "sun.is_polar_night": (asked) => lastExtreme(asked, "noon") < horizon,
};

const moonNow = (stage: Stage) => moonOf(stage.days.wallTime(stage.world.now).day);

const MOON_CONDITIONS: Readonly<Record<string, (stage: Stage, options: JsonMap) => boolean>> = {
  "moon.is_phase": (stage, { phase }) => moonNow(stage).phase === phase,
  "moon.is_waxing": (stage) => moonNow(stage).isWaxing,
  "moon.is_waning": (stage) => !moonNow(stage).isWaxing,
};

/** Whether a condition on the sun or the moon holds; absent when the key is none. Home Assistant 2026.11. */
export function isSkyMet(key: string, options: JsonMap, stage: Stage): boolean | undefined {
  const { sun } = stage;
  const moon = MOON_CONDITIONS[key];
  if (moon) return moon(stage, options);
  return sun && SUN_CONDITIONS[key]?.({ ...{ sun, options, stage }, at: stage.world.now });
}

interface Timed {
  readonly offsetMs: number;
  readonly options: JsonMap;
  readonly stage: Stage;
}

/** The next moment after `after`, moved by an offset; absent when there is none. */
type Next = (sun: Sun, asked: Timed & { readonly after: number }) => number | undefined;

const event =
  (name: SolarEvent): Next =>
  (sun, { after, offsetMs }) =>
    sun.next(after, name, { offsetMs });

const TWILIGHTS: Readonly<Record<string, number>> = { civil, nautical, astronomical };

const twilight =
  (name: "dawn" | "dusk"): Next =>
  (sun, { after, offsetMs, options }) => {
    const elevation = TWILIGHTS[String(options.type ?? "civil")] ?? civil;
    return sun.next(after, name, { offsetMs, elevation });
  };

/** The sun passes one height in the morning and another in the evening. */
const hour =
  (rising: number, setting: number): Next =>
  (sun, { after, offsetMs, options }) => {
    const { period = "any" } = options;
    const found = [
      ...(period === "evening" ? [] : [sun.next(after, "dawn", { offsetMs, elevation: rising })]),
      ...(period === "morning" ? [] : [sun.next(after, "dusk", { offsetMs, elevation: setting })]),
    ].filter((one) => one !== undefined);
    return found.length === 0 ? undefined : Math.min(...found);
  };

const LEAST_POLAR_LATITUDE = 65; // south of it the sun rises and sets every day
const POLAR_DAYS = 400; // the next one of the year, from any day

/** The day from which the sun's lowest or highest is above the horizon, or below it. */
const polar =
  (extreme: "noon" | "midnight", isAbove: boolean): Next =>
  (sun, { after, offsetMs, stage }) => {
    if (Math.abs(sun.latitude) < LEAST_POLAR_LATITUDE) return undefined;
    const first = stage.days.wallTime(after - offsetMs).day - 2;
    let wasAbove: boolean | undefined;
    for (let n = 0; n < POLAR_DAYS; n += 1) {
      const at = sun.on(first + n, extreme);
      if (at === undefined) continue;
      const is = sun.elevation(at) > horizon;
      const turns = wasAbove !== undefined && is === isAbove && is !== wasAbove;
      if (turns && at + offsetMs > after) return at + offsetMs;
      wasAbove = is;
    }
    return undefined;
  };

const SUN_TRIGGERS: Readonly<Record<string, Next>> = {
  "sun.sunrise": event("sunrise"),
  "sun.sunset": event("sunset"),
  "sun.solar_noon": event("noon"),
  "sun.solar_midnight": event("midnight"),
  "sun.dawn": twilight("dawn"),
  "sun.dusk": twilight("dusk"),
  "sun.golden_hour_started": hour(goldenHourLow, goldenHourHigh),
  "sun.golden_hour_ended": hour(goldenHourHigh, goldenHourLow),
  "sun.blue_hour_started": hour(blueHourLow, blueHourHigh),
  "sun.blue_hour_ended": hour(blueHourHigh, blueHourLow),
  "sun.midnight_sun_started": polar("midnight", true),
  "sun.midnight_sun_ended": polar("midnight", false),
  "sun.polar_night_started": polar("noon", false),
  "sun.polar_night_ended": polar("noon", true),
};

/** When a trigger of the sun fires next; absent when the key is none. */
export function nextOfSky(
  key: string,
  asked: Timed,
): ((after: number) => number | undefined) | undefined {
  const find = SUN_TRIGGERS[key];
  const { sun } = asked.stage;
  return find && sun && ((after) => find(sun, { ...asked, after }));
}

export const isSkyKey = (key: string): boolean =>
  key in SUN_CONDITIONS || key in MOON_CONDITIONS || key in SUN_TRIGGERS;
